import { lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { earlierPath } from './sealedFile.ts';
import { sessionIdsIn, sessionPath, windowFilePath } from './sessionFiles.ts';
import type { FreeSession, WindowSets } from './windowSets.ts';

/** How long a project is kept after its tab was closed, or its window was used last. */
export const keptDays = 30;
const day = 24 * 60 * 60 * 1000;

/** Removes the projects of no open window that nobody came back to, and what ended programs left behind. */
export async function sweepSessions({ sets, now }: { sets: WindowSets; now: number }): Promise<void> {
  const isOld = (time: number) => now - time > keptDays * day;
  // The window that would come back at the next start is left alone, however long it has been.
  const [next] = await sets.candidates();
  const old = (await sets.free()).filter(
    (session) => isOld(lastUse(session)) && !(session.windowId === next && session.closedAt === null),
  );
  for (const { windowId, sessionId } of old) {
    await sets.borrow(windowId, async ({ folder }) => {
      // Somebody may have taken it into a window meanwhile.
      if (!(await sets.isFree(windowId, sessionId))) return;
      const path = sessionPath(folder, sessionId);
      await rm(path, { force: true });
      await rm(earlierPath(path), { force: true });
    });
  }
  for (const windowId of await sets.windowIds()) {
    if (sets.isHeld(windowId)) continue;
    await sets.borrow(windowId, ({ folder }) => tidyFolder(folder, isOld));
  }
}

function lastUse({ closedAt, usedAt, header }: FreeSession): number {
  if (closedAt !== null) return Date.parse(closedAt);
  return Math.max(Date.parse(usedAt) || 0, Date.parse(header.savedAt) || 0);
}

async function tidyFolder(folder: string, isOld: (time: number) => boolean): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    // Nobody writes here now: what was being written was cut short.
    const isLeft = name.endsWith('.tmp');
    const isKept = name.includes('.damaged-') && !isOld((await lstat(path)).mtimeMs);
    if (isLeft || (name.includes('.damaged-') && !isKept)) await rm(path, { force: true });
  }
  if ((await sessionIdsIn(folder)).length > 0) return;
  const path = windowFilePath(folder);
  await rm(earlierPath(path), { force: true });
  await rm(path, { force: true });
}
