import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { nanoid } from 'nanoid';
import { z } from 'zod';

import { atomicWrite } from './atomicWrite.ts';

/** An unsaved project as a page left it. */
export interface Draft {
  readonly draftId: string;
  readonly document: unknown;
  readonly savedAt: string | null;
}

export interface Drafts {
  /**
   * The draft that the page had, where no other open page holds it; else the newest that none holds; else a new,
   * empty one. Held until `signal` aborts.
   */
  open(draftId: string | null, signal: AbortSignal): Promise<Draft>;
  /** Gives when it was saved, ISO 8601. */
  save(draftId: string, document: unknown): Promise<string>;
  discard(draftId: string): Promise<void>;
}

const savedSchema = z.object({ savedAt: z.string(), document: z.unknown() });
/** A page that is loaded anew asks before its old connection is known to be closed. */
const patience = { steps: 10, milliseconds: 100 } as const;

/** Keeps every page's unsaved project in the data folder, so that closing a page, or a crash, loses nothing. */
export function createDrafts(dataFolder: string): Drafts {
  const folder = join(dataFolder, 'drafts');
  const held = new Set<string>();
  const lastWork = new Map<string, Promise<unknown>>();
  const pathOf = (draftId: string) => join(folder, `${draftId}.json`);

  /** One thing after the other for each draft: a save that takes long would bring back what was thrown away meanwhile. */
  function inTurn<T>(draftId: string, work: () => Promise<T>): Promise<T> {
    const done = (lastWork.get(draftId) ?? Promise.resolve()).then(work);
    const settled = done.then(
      () => undefined,
      () => undefined,
    );
    lastWork.set(draftId, settled);
    void settled.then(() => {
      if (lastWork.get(draftId) === settled) lastWork.delete(draftId);
    });
    return done;
  }

  function hold(draft: Draft, signal: AbortSignal): Draft {
    held.add(draft.draftId);
    signal.addEventListener('abort', () => held.delete(draft.draftId), { once: true });
    return draft;
  }

  async function read(draftId: string): Promise<Draft | undefined> {
    try {
      const parsed = savedSchema.safeParse(JSON.parse(await readFile(pathOf(draftId), 'utf8')));
      return parsed.success ? { draftId, ...parsed.data } : undefined;
    } catch {
      return undefined;
    }
  }

  async function newestFree(): Promise<Draft | undefined> {
    const names = await readdir(folder).catch(() => []);
    const ids = names.flatMap((name) =>
      /^[\w-]+\.json$/.test(name) ? [name.slice(0, -'.json'.length)] : [],
    );
    const drafts = await Promise.all(ids.filter((id) => !held.has(id)).map(read));
    return drafts
      .flatMap((draft) => draft ?? [])
      .sort((a, b) => (b.savedAt ?? '').localeCompare(a.savedAt ?? ''))
      .find(({ draftId }) => !held.has(draftId));
  }

  return {
    async open(draftId, signal) {
      if (draftId !== null) {
        for (let step = 0; held.has(draftId) && step < patience.steps; step += 1)
          await delay(patience.milliseconds);
        if (!held.has(draftId))
          return hold((await read(draftId)) ?? { draftId, document: null, savedAt: null }, signal);
      }
      return hold((await newestFree()) ?? { draftId: nanoid(), document: null, savedAt: null }, signal);
    },
    save: (draftId, document) =>
      inTurn(draftId, async () => {
        const savedAt = new Date().toISOString();
        await atomicWrite(pathOf(draftId), JSON.stringify({ savedAt, document }));
        return savedAt;
      }),
    discard: (draftId) => inTurn(draftId, () => rm(pathOf(draftId), { force: true })),
  };
}
