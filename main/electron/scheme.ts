import { protocol } from 'electron';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';

import { pageHeaders } from '../core/pageHeaders.ts';

export const pageOrigin = 'app://bundle';
export const pageUrl = `${pageOrigin}/index.html`;

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

/** To be called before the app is ready, once. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/**
 * The files of the built page by the path that asks for them. Made once: no request touches the disk by a path of its
 * own, so that there is no path that leads out.
 */
export async function listPageFiles(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return new Map(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => {
        const path = join(entry.parentPath, entry.name);
        return [
          `/${path
            .slice(folder.length + 1)
            .split(sep)
            .join('/')}`,
          path,
        ];
      }),
  );
}

/** Answers a request for a file of the page; everything else is not found. */
export async function answerPageRequest(
  files: ReadonlyMap<string, string>,
  { url, method }: Pick<Request, 'url' | 'method'>,
): Promise<Response> {
  const { protocol: scheme, host, pathname } = new URL(url);
  const headers = pageHeaders();
  if (method !== 'GET' && method !== 'HEAD') return new Response(null, { status: 405, headers });
  const path = `${scheme}//${host}` === pageOrigin ? files.get(pathname) : undefined;
  if (path === undefined) return new Response(null, { status: 404, headers });
  const type = types[extname(path)] ?? 'application/octet-stream';
  return new Response(new Uint8Array(await readFile(path)), {
    headers: { ...headers, 'Content-Type': type },
  });
}

/** Serves the built page under `app://bundle/`. */
export async function setupPageScheme(pageFolder: string): Promise<void> {
  const files = await listPageFiles(pageFolder);
  protocol.handle('app', (request) => answerPageRequest(files, request));
}
