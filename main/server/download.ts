import { stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { webPaths } from '../../shared/rpc/web.ts';
import { caching } from './headers.ts';
import { refuse } from './refusal.ts';
import { zipChunks, type ZipEntry } from './zip.ts';

/** Files that a page may take away, as one archive. */
export interface Download {
  /** The archive's name, with `.zip`. */
  readonly fileName: string;
  readonly entries: readonly ZipEntry[];
}

export type OpenDownload = (id: string, fileName: string) => Promise<Download | null>;

// Sizes and offsets of the plain zip format have 32 bits; a MiB is left for names and headers.
const largestZip = 2 ** 32 - 2 ** 20;

/**
 * Answers `GET /api/files/<id>/<name>.zip`.
 *
 * @param openDownload gives the files of an id, or null where there are none; the name is what the page asked for
 */
export function createDownloads(openDownload: OpenDownload) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method === 'POST') {
      refuse(response, {
        status: 405,
        sentence: 'A download can only be read.',
        headers: { Allow: 'GET, HEAD' },
      });
      return;
    }
    const asked = askedFor(request.url ?? '');
    const download = asked === undefined ? null : await openDownload(asked.id, asked.fileName);
    const size = download && (await totalSize(download.entries));
    if (download === null || size === null) {
      refuse(response, { status: 404, sentence: 'There are no files under this address (any more).' });
      return;
    }
    if (size > largestZip) {
      refuse(response, {
        status: 413,
        sentence: 'These files are more than one zip archive can hold (4 GiB).',
      });
      return;
    }
    response.writeHead(200, {
      'Cache-Control': caching.never,
      'Content-Disposition': contentDisposition(download.fileName),
      'Content-Type': 'application/zip',
    });
    if (request.method === 'HEAD') response.end();
    else await pipeline(Readable.from(zipChunks(download.entries)), response);
  };
}

function askedFor(url: string): { readonly id: string; readonly fileName: string } | undefined {
  const path = url.slice(webPaths.files.length).split('?')[0] ?? '';
  const [, id, name] = /^([\w-]{1,128})\/([^/]+\.zip)$/.exec(path) ?? [];
  if (id === undefined || name === undefined) return undefined;
  try {
    return { id, fileName: decodeURIComponent(name) };
  } catch {
    return undefined;
  }
}

/** In bytes; null when one of them is gone. */
async function totalSize(entries: readonly ZipEntry[]): Promise<number | null> {
  try {
    const sizes = await Promise.all(entries.map(async ({ path }) => (await stat(path)).size));
    return sizes.reduce((sum, size) => sum + size, 0);
  } catch {
    return null;
  }
}

/** RFC 6266: a plain name for old programs, the true one, encoded, for the others. */
function contentDisposition(fileName: string): string {
  const plain = fileName.replace(/[^\w. -]/g, '_');
  const encoded = encodeURIComponent(fileName.replace(/\p{Surrogate}/gu, '_')).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
