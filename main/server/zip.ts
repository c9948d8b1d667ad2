import { Zip, ZipPassThrough } from 'fflate';
import { createReadStream } from 'node:fs';

export interface ZipEntry {
  /** The file's name inside the archive, with forward slashes. */
  readonly name: string;
  /** Where the file is. */
  readonly path: string;
}

/**
 * The bytes of a zip archive of these files, stored as they are: weights do not compress. Reads only as fast as
 * it is read from, and closes its file when reading stops early.
 *
 * @throws when a file cannot be read.
 */
export async function* zipChunks(entries: readonly ZipEntry[]): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = [];
  const archive = new Zip((error, chunk) => {
    if (error) throw error;
    ready.push(chunk);
  });
  for (const { name, path } of entries) {
    const file = new ZipPassThrough(name);
    archive.add(file);
    const bytes: AsyncIterable<Buffer> = createReadStream(path);
    for await (const chunk of bytes) {
      file.push(chunk);
      yield* ready.splice(0);
    }
    file.push(new Uint8Array(0), true);
    yield* ready.splice(0);
  }
  archive.end();
  yield* ready.splice(0);
}
