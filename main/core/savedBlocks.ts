import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { nanoid } from 'nanoid';
import { z } from 'zod';

import { atomicWrite } from './atomicWrite.ts';

/** A block that somebody saved to the palette: a project with that block alone in it. */
export interface SavedBlock {
  readonly blockId: string;
  readonly document: unknown;
  /** ISO 8601. */
  readonly savedAt: string;
}

export interface SavedBlocks {
  /** All of them, the oldest first. */
  list(): Promise<readonly SavedBlock[]>;
  /** Gives the id that it can be removed by. */
  save(document: unknown): Promise<string>;
  remove(blockId: string): Promise<void>;
}

const savedSchema = z.object({ savedAt: z.string(), document: z.unknown() });

/** Keeps blocks in the data folder, for all windows and the next start. */
export function createSavedBlocks(dataFolder: string): SavedBlocks {
  const folder = join(dataFolder, 'palette');
  const pathOf = (blockId: string) => join(folder, `${blockId}.json`);

  async function read(blockId: string): Promise<readonly SavedBlock[]> {
    try {
      const parsed = savedSchema.safeParse(JSON.parse(await readFile(pathOf(blockId), 'utf8')));
      return parsed.success ? [{ blockId, ...parsed.data }] : [];
    } catch {
      return [];
    }
  }

  return {
    async list() {
      const names = await readdir(folder).catch(() => []);
      const ids = names.flatMap((name) =>
        /^[\w-]+\.json$/.test(name) ? [name.slice(0, -'.json'.length)] : [],
      );
      const blocks = (await Promise.all(ids.map(read))).flat();
      return blocks.sort((a, b) => a.savedAt.localeCompare(b.savedAt) || a.blockId.localeCompare(b.blockId));
    },
    async save(document) {
      const blockId = nanoid();
      await atomicWrite(pathOf(blockId), JSON.stringify({ savedAt: new Date().toISOString(), document }));
      return blockId;
    },
    async remove(blockId) {
      await rm(pathOf(blockId), { force: true });
    },
  };
}
