import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { makeFolder } from './makeFolder.ts';
import { processIdPattern, type Processes } from './processes.ts';

/**
 * `mine`: this process holds the folder, until it gives it up or ends. `theirs`: another living process does.
 * `unmarked`: the disk takes no mark, so that nobody can be told; reading does no harm.
 */
export type Claim = 'mine' | 'theirs' | 'unmarked';

const prefix = '.held-';
const tries = 5;

/**
 * Marks a folder as this process's. Each claimant first puts its mark there and then looks for others': of two at
 * once at least one sees the other, and gives way. Marks of the dead are removed.
 */
export async function claimFolder(folder: string, processes: Processes): Promise<Claim> {
  const id = await processes.own();
  if (id === null) return (await isHeldByOthers(folder, processes, null)) ? 'theirs' : 'unmarked';
  for (let attempt = 0; attempt < tries; attempt += 1) {
    try {
      await makeFolder(folder);
      await writeFile(join(folder, prefix + id), '', { mode: 0o600 });
    } catch (error) {
      // It was removed as an empty one meanwhile.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT' && attempt < tries - 1) continue;
      return (await isHeldByOthers(folder, processes, id)) ? 'theirs' : 'unmarked';
    }
    if (!(await isHeldByOthers(folder, processes, id))) return 'mine';
    await releaseFolder(folder, processes);
    // Both may have given way.
    await delay(5 + Math.random() * 20 * (attempt + 1));
  }
  return 'theirs';
}

export async function releaseFolder(folder: string, processes: Processes): Promise<void> {
  const id = await processes.own();
  if (id !== null) await rm(join(folder, prefix + id), { force: true }).catch(() => undefined);
}

/** Whether a living process other than this one holds a folder. */
export async function isHeldElsewhere(folder: string, processes: Processes): Promise<boolean> {
  return isHeldByOthers(folder, processes, await processes.own());
}

async function isHeldByOthers(folder: string, processes: Processes, own: string | null): Promise<boolean> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const id = name.slice(prefix.length);
    if (!name.startsWith(prefix) || !processIdPattern.test(id) || id === own) continue;
    if (await processes.isAlive(id)) return true;
    await rm(join(folder, name), { force: true }).catch(() => undefined);
  }
  return false;
}
