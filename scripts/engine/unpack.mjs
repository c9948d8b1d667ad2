import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openPromise } from 'yauzl';

/**
 * Unpacks the files of a zip archive (a wheel is one) that `place` wants.
 *
 * @param {string} archive
 * @param {(name: string) => string | undefined} place where an entry goes, as an absolute path; undefined leaves it
 * @param {import('./progress.mjs').Tell} [tell]
 * @returns {Promise<number>} how many files were written
 * @throws {Error} where the archive is damaged; yauzl itself refuses names that lead out of a folder
 */
export async function unpack(archive, place, tell) {
  const zip = await openPromise(archive, { lazyEntries: true, autoClose: false });
  try {
    /** @type {{ entry: import('yauzl').Entry, file: string }[]} */
    const wanted = [];
    for await (const entry of zip.eachEntry()) {
      const file = entry.fileName.endsWith('/') ? undefined : place(entry.fileName);
      if (file !== undefined) wanted.push({ entry, file });
    }
    const total = wanted.reduce((sum, { entry }) => sum + entry.uncompressedSize, 0);
    let done = 0;
    for (const { entry, file } of wanted) {
      await mkdir(dirname(file), { recursive: true });
      const source = await zip.openReadStreamPromise(entry);
      source.on('data', (/** @type {Buffer} */ chunk) => tell?.((done += chunk.length) / total));
      // Unix permissions lie in the upper half: some programs among the CUDA libraries must stay executable.
      const mode = (entry.externalFileAttributes >>> 16) & 0o111 ? 0o755 : 0o644;
      // Gathered to few large writes: a library comes out in some ten thousand small pieces.
      await pipeline(source, createWriteStream(file, { mode, highWaterMark: 1 << 22 }));
    }
    return wanted.length;
  } finally {
    zip.close();
  }
}
