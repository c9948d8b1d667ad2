import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

/** What stands in the place of a file and is none, or is larger than any of ours. */
export class NotOurs extends Error {}

/**
 * Reads a text file of the data folder: a regular file of at most so many bytes. A pipe, a folder or a device in its
 * place is never waited for.
 *
 * @returns its text, or null where there is none
 * @throws NotOurs where something else is there, or what the system says
 */
export async function readSmallFile(path: string, limit: number): Promise<string | null> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch((error: unknown) => {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return null;
    // A socket, for one.
    if (code === 'ENXIO') throw new NotOurs('not a file');
    throw error;
  });
  if (file === null) return null;
  try {
    const entry = await file.stat();
    if (!entry.isFile()) throw new NotOurs('not a file');
    if (entry.size > limit) throw new NotOurs('too large');
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}
