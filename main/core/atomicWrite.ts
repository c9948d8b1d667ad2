import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { makeFolder } from './makeFolder.ts';

/** On Windows a virus scanner or an indexer may hold a file for a moment. */
const retryAfter = [50, 100, 200, 400, 800];

/**
 * Writes a file such that any reader, any crash and a full disk leave either the old content or the new one: into a
 * file beside it, to the disk, then renamed over it. The folder is made where it is missing.
 *
 * @param beforeReplacing called when the new content is on the disk, while the old one is still in its place
 */
export async function atomicWrite(
  path: string,
  data: string | Uint8Array,
  mode = 0o600,
  beforeReplacing?: () => Promise<void>,
): Promise<void> {
  const folder = dirname(path);
  await makeFolder(folder);
  const temporary = join(folder, `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    const file = await open(temporary, 'wx', mode);
    try {
      // Not less than was asked for, whatever the process takes off new files.
      if (mode !== 0o600) await file.chmod(mode);
      await file.writeFile(data);
      await file.sync();
    } finally {
      await file.close();
    }
    await beforeReplacing?.();
    await renameOver(temporary, path);
    await syncFolder(folder);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function renameOver(from: string, to: string): Promise<void> {
  for (const wait of retryAfter) {
    try {
      await rename(from, to);
      return;
    } catch (error) {
      if (process.platform !== 'win32') throw error;
      await delay(wait);
    }
  }
  await rename(from, to);
}

/** A rename is only on the disk when its folder is. Windows cannot open folders, and does not need it. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    // Some file systems cannot, as folders that a virtual machine shares: the file is written all the same.
    await handle.sync().catch(() => undefined);
  } finally {
    await handle.close();
  }
}
