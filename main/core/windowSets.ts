import { readdir, rmdir } from 'node:fs/promises';
import { join } from 'node:path';

import { nanoid } from 'nanoid';

import { problem, type Problem } from '../../shared/problem.ts';
import { windowIdSchema, type OpenedWindow, type SavedSession } from '../../shared/rpc/sessions.ts';
import { claimFolder, isHeldElsewhere, releaseFolder } from './claims.ts';
import type { InTurn } from './inTurn.ts';
import type { Processes } from './processes.ts';
import { readSealed, writeSealed, type Damage, type Write } from './sealedFile.ts';
import {
  emptyWindow,
  largestSession,
  largestWindowFile,
  parseSession,
  parseWindow,
  readHeader,
  sessionIdsIn,
  sessionPath,
  windowFilePath,
  type SessionHeader,
  type WindowFile,
} from './sessionFiles.ts';
import { diskProblem } from './writeProblem.ts';

/** A window's projects, in a folder of their own: one project moves to another window by one rename. */
export interface WindowSet {
  readonly windowId: string;
  readonly folder: string;
  file: WindowFile;
  /** Those that the page was given or has saved: it alone can say that they are closed. */
  readonly known: Set<string>;
}

interface HeldSet extends WindowSet {
  readonly signal: AbortSignal;
  /** What was found damaged when it was read. */
  readonly problems: Problem[];
}

/** A kept project that no open window has. */
export interface FreeSession {
  readonly windowId: string;
  readonly sessionId: string;
  readonly header: SessionHeader;
  readonly closedAt: string | null;
  /** When its window was used last; ISO 8601. */
  readonly usedAt: string;
}

export interface WindowSetsOptions {
  /** One folder a window stands in it. */
  readonly folder: string;
  readonly processes: Processes;
  /** Now, ISO 8601. */
  readonly time: () => string;
  readonly write: Write;
  readonly inTurn: InTurn;
}

export type WindowSets = ReturnType<typeof createWindowSets>;

/** Which windows' sets are there, and who holds them: a page of this process, another process, or nobody. */
export function createWindowSets({ folder, processes, time, write, inTurn }: WindowSetsOptions) {
  const held = new Map<string, HeldSet>();
  /** What each page held last: its last words may come after its connection has ended. */
  const lastHeld = new WeakMap<AbortSignal, HeldSet>();
  let counter: number | null = null;
  const folderOf = (windowId: string) => join(folder, windowId);

  async function windowIds(): Promise<string[]> {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    return entries
      .filter((entry) => entry.isDirectory() && windowIdSchema.safeParse(entry.name).success)
      .map(({ name }) => name);
  }

  function seen(value: number): void {
    counter = Math.max(counter ?? 0, value);
  }

  function nextCounter(): number {
    counter = (counter ?? 0) + 1;
    return counter;
  }

  async function readWindow(
    windowId: string,
    onlyLook = true,
  ): Promise<{ file: WindowFile; damage: Damage | null }> {
    const sealed = await readSealed(windowFilePath(folderOf(windowId)), largestWindowFile, { onlyLook });
    return { file: parseWindow(sealed?.text ?? '') ?? emptyWindow, damage: sealed?.damage ?? null };
  }

  /** All sessions of a folder with what is said of them, and how new the newest is. */
  async function survey(windowId: string) {
    const { file } = await readWindow(windowId).catch(() => ({ file: emptyWindow }));
    const ids = await sessionIdsIn(folderOf(windowId));
    const sessions = await Promise.all(
      ids.map(async (sessionId) => ({
        sessionId,
        header: await readHeader(sessionPath(folderOf(windowId), sessionId)),
      })),
    );
    const newest = Math.max(file.counter, ...sessions.map(({ header }) => header?.counter ?? 0));
    seen(newest);
    return { windowId, file, newest, sessions };
  }

  async function surveyAll() {
    return Promise.all((await windowIds()).map(survey));
  }

  async function writeWindow(set: WindowSet, change: Partial<WindowFile>): Promise<void> {
    const file = { ...set.file, ...change, counter: nextCounter(), usedAt: time() };
    await writeSealed(windowFilePath(set.folder), JSON.stringify(file), write);
    set.file = file;
  }

  /** Gives a set up. What the page still had to say comes before, since everything of a window is in turn. */
  function release(set: HeldSet): void {
    if (held.get(set.windowId) === set) held.delete(set.windowId);
    void inTurn(set.windowId, async () => {
      // The page is there again.
      if (held.has(set.windowId)) return;
      const isUsed = set.file !== emptyWindow || set.known.size > 0;
      if (isUsed) await writeWindow(set, {}).catch(() => undefined);
      await leave(set.folder);
    });
  }

  async function leave(windowFolder: string): Promise<void> {
    await releaseFolder(windowFolder, processes);
    // One with something in it stays.
    await rmdir(windowFolder).catch(() => undefined);
  }

  /** Within the window's turn. */
  async function take(windowId: string, signal: AbortSignal): Promise<HeldSet | undefined> {
    if (counter === null) await surveyAll();
    const present = held.get(windowId);
    if (present !== undefined) return present.signal === signal ? present : undefined;
    if ((await claimFolder(folderOf(windowId), processes)) === 'theirs') return undefined;
    const problems: Problem[] = [];
    let file = emptyWindow;
    try {
      const read = await readWindow(windowId, false);
      file = read.file;
      if (read.damage !== null)
        problems.push(problem('tabs-damaged', { path: read.damage.keptAt }, { severity: 'warning' }));
    } catch (error) {
      problems.push(await diskProblem(error, folderOf(windowId)));
    }
    const set: HeldSet = {
      ...{ windowId, folder: folderOf(windowId), file, known: new Set<string>(), signal, problems },
    };
    lastHeld.set(signal, set);
    held.set(windowId, set);
    if (signal.aborted) release(set);
    else signal.addEventListener('abort', () => release(set), { once: true });
    return set;
  }

  /** Whether nobody has a project open, nor among the closed ones of an open window. */
  async function isFree(windowId: string, sessionId: string): Promise<boolean> {
    const holder = held.get(windowId);
    if (holder === undefined) return !(await isHeldElsewhere(folderOf(windowId), processes));
    const { order, closed, closedAt } = holder.file;
    return closedAt[sessionId] !== undefined && !order.includes(sessionId) && !closed.includes(sessionId);
  }

  return {
    nextCounter,
    isFree,
    /** Holds a window's set for a page; undefined where another page or process has it. */
    hold: (windowId: string, signal: AbortSignal) => inTurn(windowId, () => take(windowId, signal)),

    async holdNew(signal: AbortSignal): Promise<WindowSet> {
      for (;;) {
        const windowId = nanoid();
        const set = await inTurn(windowId, () => take(windowId, signal));
        if (set !== undefined) return set;
      }
    },

    heldBy(windowId: string, signal: AbortSignal): WindowSet | undefined {
      const present = held.get(windowId);
      if (present !== undefined) return present.signal === signal ? present : undefined;
      const last = lastHeld.get(signal);
      return last?.windowId === windowId ? last : undefined;
    },

    /** Whether any other page is there, of this process or another. */
    async isAnyHeld(signal: AbortSignal): Promise<boolean> {
      if ([...held.values()].some((set) => set.signal !== signal)) return true;
      for (const windowId of await windowIds())
        if (await isHeldElsewhere(folderOf(windowId), processes)) return true;
      return false;
    },

    /** Windows with projects that were open in them, the one used last first. */
    async candidates(): Promise<string[]> {
      const all = await surveyAll();
      return all
        .filter(({ file, sessions }) => sessions.some(({ sessionId }) => isOpenIn(file, sessionId)))
        .sort((a, b) => b.newest - a.newest || b.file.usedAt.localeCompare(a.file.usedAt))
        .map(({ windowId }) => windowId);
    },

    /** Marks a held window's folder again, where the disk took no mark before. */
    async mark(set: WindowSet): Promise<void> {
      if (held.get(set.windowId) === set) await claimFolder(set.folder, processes);
    },

    load: (set: WindowSet): Promise<OpenedWindow> => inTurn(set.windowId, () => readAll(set)),

    async arrange(
      set: WindowSet,
      { order, active, closed }: Pick<OpenedWindow, 'active'> & Record<'order' | 'closed', readonly string[]>,
    ): Promise<void> {
      const ids = new Set(await sessionIdsIn(set.folder));
      const now = time();
      // What the page was never given is not closed by its not naming it.
      const gone = [...ids].filter((id) => set.known.has(id) && !order.includes(id));
      const closedAt = Object.fromEntries(
        [...new Set([...Object.keys(set.file.closedAt), ...gone, ...closed])]
          .filter((id) => !order.includes(id) && (ids.has(id) || closed.includes(id)))
          .map((id) => [id, set.file.closedAt[id] ?? now]),
      );
      await writeWindow(set, { order: [...order], active, closed: [...closed], closedAt });
    },

    /** Takes a project that is no longer there off its window's lists. */
    async drop(set: WindowSet, sessionId: string): Promise<void> {
      set.known.delete(sessionId);
      const { order, active, closed } = set.file;
      if (!order.includes(sessionId) && !closed.includes(sessionId)) return;
      await writeWindow(set, {
        order: order.filter((id) => id !== sessionId),
        active: active === sessionId ? null : active,
        closed: closed.filter((id) => id !== sessionId),
      });
    },

    async putAway(windowId: string, which: 'all' | 'edited'): Promise<void> {
      const present = held.get(windowId);
      const set = present ?? {
        windowId,
        folder: folderOf(windowId),
        ...(await readWindow(windowId)),
        known: new Set<string>(),
      };
      const { sessions } = await survey(windowId);
      const away = sessions
        .filter(
          ({ sessionId, header }) =>
            isOpenIn(set.file, sessionId) && (which === 'all' || header?.edited !== false),
        )
        .map(({ sessionId }) => sessionId);
      if (away.length === 0) return;
      const { order, active, closedAt } = set.file;
      await writeWindow(set, {
        order: order.filter((id) => !away.includes(id)),
        active: active !== null && away.includes(active) ? null : active,
        closedAt: { ...closedAt, ...Object.fromEntries(away.map((id) => [id, time()])) },
      });
    },

    /** Where a project's file is. */
    async windowsWith(sessionId: string): Promise<string[]> {
      const all = await Promise.all(
        (await windowIds()).map(async (windowId) =>
          (await sessionIdsIn(folderOf(windowId))).includes(sessionId) ? [windowId] : [],
        ),
      );
      return all.flat();
    },

    /** Every project that no open window has. */
    async free(): Promise<FreeSession[]> {
      const all = await surveyAll();
      const found = await Promise.all(
        all.flatMap(({ windowId, file, sessions }) =>
          sessions.map(async ({ sessionId, header }): Promise<FreeSession[]> => {
            if (header === undefined || !(await isFree(windowId, sessionId))) return [];
            const closedAt = (held.get(windowId)?.file ?? file).closedAt[sessionId] ?? null;
            return [{ windowId, sessionId, header, closedAt, usedAt: file.usedAt }];
          }),
        ),
      );
      return found.flat();
    },

    /** Does something in a window's folder that nobody else may hold meanwhile; gives whether it was done. */
    borrow: (windowId: string, work: (set: WindowSet) => Promise<void>): Promise<boolean> =>
      inTurn(windowId, async () => {
        const present = held.get(windowId);
        if (present !== undefined) {
          await work(present);
          return true;
        }
        const windowFolder = folderOf(windowId);
        if ((await claimFolder(windowFolder, processes)) === 'theirs') return false;
        try {
          const file = (await readWindow(windowId).catch(() => undefined))?.file ?? emptyWindow;
          await work({ windowId, folder: windowFolder, file, known: new Set() });
        } finally {
          await leave(windowFolder);
        }
        return true;
      }),

    windowsOf: (signal: AbortSignal) =>
      [...held.values()].filter((set) => set.signal === signal).map(({ windowId }) => windowId),

    isHeld: (windowId: string) => held.has(windowId),
    windowIds,

    /** Says of windows that are open for days that they are in use. */
    async touchHeld(): Promise<void> {
      for (const set of [...held.values()])
        if (set.file !== emptyWindow)
          await inTurn(set.windowId, () => writeWindow(set, {})).catch(() => undefined);
    },
  };

  /** Within the window's turn. */
  async function readAll(set: WindowSet): Promise<OpenedWindow> {
    const problems = [...(held.get(set.windowId)?.problems ?? [])];
    const ids = await sessionIdsIn(set.folder);
    const read = new Map<string, { readonly session: SavedSession; readonly counter: number }>();
    const wanted = ids.filter((id) => isOpenIn(set.file, id) || set.file.closed.includes(id));
    for (const sessionId of wanted) {
      const { session, counter: written, problems: found } = await readSession(set.folder, sessionId);
      problems.push(...found);
      if (session === null) continue;
      read.set(sessionId, { session, counter: written });
      set.known.add(sessionId);
    }
    const { order, closed, active } = set.file;
    // Saved by a page that ended before it could say where they stand.
    const late = [...read]
      .filter(([id]) => !order.includes(id) && !closed.includes(id))
      .sort(([, a], [, b]) => a.counter - b.counter)
      .map(([id]) => id);
    const inOrder = (list: readonly string[]) => list.flatMap((id) => read.get(id)?.session ?? []);
    const sessions = inOrder([...order, ...late]);
    return {
      windowId: set.windowId,
      active: sessions.some(({ sessionId }) => sessionId === active)
        ? active
        : (sessions[0]?.sessionId ?? null),
      ...{ sessions, closed: inOrder(closed), problems },
    };
  }
}

/** Whether a project stands among a window's tabs: also one whose page ended before it could say so. */
function isOpenIn(file: WindowFile, sessionId: string): boolean {
  if (file.order.includes(sessionId)) return true;
  return !file.closed.includes(sessionId) && file.closedAt[sessionId] === undefined;
}

/** Reads one project, whatever was done to its file; what was done is said. */
export async function readSession(
  windowFolder: string,
  sessionId: string,
): Promise<{
  readonly session: SavedSession | null;
  readonly counter: number;
  readonly problems: readonly Problem[];
}> {
  const path = sessionPath(windowFolder, sessionId);
  try {
    const sealed = await readSealed(path, largestSession);
    if (sealed === null)
      return { session: null, counter: 0, problems: [problem('no-such-project', { id: sessionId })] };
    const parsed = parseSession(sessionId, sealed.text);
    const values = { path: sealed.damage?.keptAt ?? path };
    if (parsed === undefined)
      return { session: null, counter: 0, problems: [problem('project-lost', values)] };
    const problems =
      sealed.damage === null ? [] : [problem('project-damaged', values, { severity: 'warning' })];
    return { ...parsed, problems };
  } catch (error) {
    return { session: null, counter: 0, problems: [await diskProblem(error, windowFolder)] };
  }
}
