import { readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { z } from 'zod';

import { sessionIdSchema } from '../../shared/rpc/sessions.ts';
import { readSmallFile } from './readFile.ts';
import { writeSealed, type Write } from './sealedFile.ts';
import { largestSession, layersOf, sessionPath, sessionText } from './sessionFiles.ts';
import type { WindowSets } from './windowSets.ts';

const draftSchema = z.object({ savedAt: z.string(), document: z.unknown() });
/** The window that no page ever has, whose projects are all recoverable. */
const windowId = 'earlier-drafts';

export interface TakeOverOptions {
  readonly dataFolder: string;
  readonly sets: WindowSets;
  readonly write: Write;
}

/** Takes over what versions before kept in `drafts`, one file each; what cannot be read stays where it is. */
export async function takeOverDrafts({ dataFolder, sets, write }: TakeOverOptions): Promise<void> {
  const folder = join(dataFolder, 'drafts');
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.json'));
  if (names.length === 0) return;
  const read = await Promise.all(names.map((name) => readDraft(join(folder, name))));
  const drafts = read.flatMap((draft) => draft ?? []).sort((a, b) => a.savedAt.localeCompare(b.savedAt));
  await sets.borrow(windowId, async (set) => {
    for (const { path, sessionId, savedAt, document } of drafts) {
      const name: unknown =
        typeof document === 'object' && document !== null && 'name' in document ? document.name : '';
      const header = {
        ...{ version: 1 as const, savedAt, counter: sets.nextCounter() },
        ...{ name: typeof name === 'string' ? name.slice(0, 256) : '', edited: true, file: null },
        layers: layersOf(document),
      };
      // An empty one never was anything.
      if (header.layers > 0)
        await writeSealed(sessionPath(set.folder, sessionId), sessionText(header, document, 'null'), write);
      await rm(path, { force: true });
    }
  });
  // From today on they are kept as long as what is closed today.
  await sets.putAway(windowId, 'all');
}

interface Draft {
  readonly path: string;
  readonly sessionId: string;
  readonly savedAt: string;
  readonly document: unknown;
}

async function readDraft(path: string): Promise<Draft | undefined> {
  const sessionId = basename(path, '.json');
  if (!sessionIdSchema.safeParse(sessionId).success) return undefined;
  try {
    const text = await readSmallFile(path, largestSession);
    const parsed = draftSchema.safeParse(JSON.parse(text ?? ''));
    return parsed.success ? { path, sessionId, ...parsed.data } : undefined;
  } catch {
    return undefined;
  }
}
