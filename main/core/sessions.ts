import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { failed, fine, problem, type Problem, type Result } from '../../shared/problem.ts';
import type {
  OpenedWindow,
  RecoverableSession,
  SavedSession,
  SessionFile,
} from '../../shared/rpc/sessions.ts';
import { atomicWrite } from './atomicWrite.ts';
import type { Processes } from './processes.ts';
import { earlierPath, readSealed, writeSealed, type Write } from './sealedFile.ts';
import {
  largestSession,
  layersOf,
  sessionPath,
  sessionText,
  stateLineIn,
  stateLineOf,
} from './sessionFiles.ts';
import { takeOverDrafts } from './sessionDrafts.ts';
import { sweepSessions } from './sessionSweep.ts';
import { createInTurn } from './inTurn.ts';
import { createWindowSets, readSession, type WindowSet } from './windowSets.ts';
import { diskProblem } from './writeProblem.ts';

/** A project as a page gives it to be kept. Without `state`, the one that is kept stays. */
export interface SessionToSave {
  readonly windowId: string;
  readonly sessionId: string;
  readonly name: string;
  readonly edited: boolean;
  readonly file: SessionFile | null;
  readonly document?: unknown;
  readonly state?: unknown;
}

export interface Arrangement {
  readonly windowId: string;
  readonly order: readonly string[];
  readonly active: string | null;
  readonly closed: readonly string[];
}

/** Open projects, kept in the data folder so that closing a page, a crash or a restart loses nothing. */
export interface Sessions {
  /** Gives a page a set of projects, which it holds until `signal` aborts; see the contract for which. */
  open(windowId: string | null, signal: AbortSignal): Promise<OpenedWindow>;
  /** Gives when it was saved, ISO 8601; what is refused changes nothing. `signal` is the one that it was opened with. */
  save(session: SessionToSave, signal: AbortSignal): Promise<Result<string>>;
  arrange(arrangement: Arrangement, signal: AbortSignal): Promise<Result<null>>;
  discard(sessionId: string, signal: AbortSignal): Promise<Result<null>>;
  recoverable(): Promise<RecoverableSession[]>;
  recover(windowId: string, sessionId: string, signal: AbortSignal): Promise<Result<RecoveredSession>>;
  forget(sessionId: string, signal: AbortSignal): Promise<Result<null>>;
  /** Closes a window's projects, all or those that are in no file: they are recoverable from now on. */
  putAway(windowId: string, which: 'all' | 'edited'): Promise<Result<null>>;
  /** Removes what nobody came back to for 30 days. */
  sweep(): Promise<void>;
  /** Ends regular sweeping; done when what is being written is on the disk. */
  close(): Promise<void>;
}

export type RecoveredSession = SavedSession & { problems: Problem[] };

export interface SessionsOptions {
  readonly dataFolder: string;
  readonly processes: Processes;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  readonly write?: Write;
}

/** A page that is loaded anew asks before its old connection is known to be closed. */
const patience = { steps: 10, milliseconds: 100 } as const;
const day = 24 * 60 * 60 * 1000;
/** Windows that come back at the start have done so by then. */
const firstSweep = 60_000;

export function createSessions({
  dataFolder,
  processes,
  now = Date.now,
  write = atomicWrite,
}: SessionsOptions): Sessions {
  const folder = join(dataFolder, 'sessions');
  const inTurn = createInTurn();
  const time = () => new Date(now()).toISOString();
  const sets = createWindowSets({ folder, processes, time, write, inTurn });
  let takenOver: Promise<void> | null = null;

  const timers = [setTimeout(() => void keepUp(), firstSweep), setInterval(() => void keepUp(), day)];
  for (const timer of timers) timer.unref();

  async function keepUp(): Promise<void> {
    await sets.touchHeld();
    await sweep();
  }

  async function sweep(): Promise<void> {
    await processes.tidy();
    await sweepSessions({ sets, now: now() });
  }

  async function refusal(error: unknown): Promise<Result<never>> {
    return failed(await diskProblem(error, folder));
  }

  /** A window's set, for a page that holds it, or held it last and comes too late to say goodbye. */
  function held(windowId: string, signal: AbortSignal): Result<WindowSet> {
    const set = sets.heldBy(windowId, signal);
    return set === undefined ? failed(problem('window-not-held')) : fine(set);
  }

  async function openNewest(signal: AbortSignal): Promise<WindowSet | undefined> {
    for (const windowId of await sets.candidates()) {
      const set = await sets.hold(windowId, signal);
      if (set !== undefined) return set;
    }
    return undefined;
  }

  async function removeFiles(windowFolder: string, sessionId: string): Promise<void> {
    const path = sessionPath(windowFolder, sessionId);
    await rm(earlierPath(path), { force: true });
    await rm(path, { force: true });
  }

  /** Removes a project that no open window has, or that is one of the page's own. */
  async function remove(sessionId: string, signal: AbortSignal): Promise<Result<null>> {
    try {
      let isElsewhere = false;
      // Its own windows also where the first save is still under way: what was thrown away does not come back.
      const places = new Set([...sets.windowsOf(signal), ...(await sets.windowsWith(sessionId))]);
      for (const windowId of places) {
        const own = sets.heldBy(windowId, signal);
        if (own === undefined && !(await sets.isFree(windowId, sessionId))) {
          isElsewhere = true;
          continue;
        }
        const isRemoved = await sets.borrow(windowId, async (set) => {
          await removeFiles(set.folder, sessionId);
          if (own !== undefined) await sets.drop(own, sessionId);
        });
        isElsewhere ||= !isRemoved;
      }
      return isElsewhere ? failed(problem('project-open-elsewhere')) : fine(null);
    } catch (error) {
      return refusal(error);
    }
  }

  return {
    async open(windowId, signal) {
      takenOver ??= takeOverDrafts({ dataFolder, sets, write }).catch(() => undefined);
      await takenOver;
      let set: WindowSet | undefined;
      for (let step = 0; windowId !== null && set === undefined && step <= patience.steps; step += 1) {
        if (step > 0) await delay(patience.milliseconds);
        set = await inTurn('open', () => sets.hold(windowId, signal));
      }
      // One page after the other, so that two at once do not both think that they are alone.
      set ??= await inTurn('open', async () => {
        const newest =
          windowId === null && !(await sets.isAnyHeld(signal)) ? await openNewest(signal) : undefined;
        return newest ?? sets.holdNew(signal);
      });
      return sets.load(set);
    },

    async save(session, signal) {
      const { windowId, sessionId, name, edited, file, document, state } = session;
      const found = held(windowId, signal);
      if (!found.ok) return found;
      const set = found.value;
      return inTurn(windowId, async () => {
        try {
          const path = sessionPath(set.folder, sessionId);
          const kept = state === undefined ? await readSealed(path, largestSession) : null;
          const stateLine = state === undefined ? stateLineIn(kept?.text ?? '') : stateLineOf(state);
          const savedAt = time();
          const header = {
            ...{ version: 1 as const, savedAt, counter: sets.nextCounter() },
            ...{ name, edited, file, layers: layersOf(document) },
          };
          const text = sessionText(header, document ?? null, stateLine);
          const size = Buffer.byteLength(text);
          if (size > largestSession) {
            const mebibytes = (bytes: number) => (bytes / 2 ** 20).toFixed(0);
            const values = { size: mebibytes(size), limit: mebibytes(largestSession) };
            return failed(problem('project-too-large', values));
          }
          await sets.mark(set);
          await writeSealed(path, text, write);
          set.known.add(sessionId);
          return fine(savedAt);
        } catch (error) {
          return refusal(error);
        }
      });
    },

    async arrange({ windowId, order, active, closed }, signal) {
      const found = held(windowId, signal);
      if (!found.ok) return found;
      try {
        await inTurn(windowId, () => sets.arrange(found.value, { order, active, closed }));
        return fine(null);
      } catch (error) {
        return refusal(error);
      }
    },

    discard: remove,
    forget: remove,

    recoverable: async () => {
      const all = await sets.free();
      return all
        .sort(
          (a, b) => b.header.counter - a.header.counter || b.header.savedAt.localeCompare(a.header.savedAt),
        )
        .map(({ sessionId, header, closedAt }) => ({
          ...{ sessionId, name: header.name, savedAt: header.savedAt },
          ...{ layers: header.layers, closedAt },
        }));
    },

    async recover(windowId, sessionId, signal) {
      const found = held(windowId, signal);
      if (!found.ok) return found;
      const target = found.value;
      try {
        const places = await sets.windowsWith(sessionId);
        if (!places.includes(windowId)) {
          const moved = await moveFrom(places, target, sessionId);
          if (!moved.ok) return moved;
        }
        const read = await inTurn(windowId, () => readSession(target.folder, sessionId));
        if (read.session === null) return { ok: false, problems: read.problems };
        target.known.add(sessionId);
        return fine({ ...read.session, problems: [...read.problems] });
      } catch (error) {
        return refusal(error);
      }
    },

    async putAway(windowId, which) {
      try {
        await inTurn(windowId, () => sets.putAway(windowId, which));
        return fine(null);
      } catch (error) {
        return refusal(error);
      }
    },

    sweep,
    async close() {
      for (const timer of timers) clearTimeout(timer);
      await inTurn.settled();
    },
  };

  async function moveFrom(
    places: readonly string[],
    target: WindowSet,
    sessionId: string,
  ): Promise<Result<null>> {
    let isElsewhere = false;
    for (const place of places) {
      if (!(await sets.isFree(place, sessionId))) {
        isElsewhere = true;
        continue;
      }
      await sets.mark(target);
      const isMoved = await sets.borrow(place, (source) =>
        moveFiles(source.folder, target.folder, sessionId),
      );
      if (isMoved) return fine(null);
      isElsewhere = true;
    }
    return failed(
      isElsewhere ? problem('project-open-elsewhere') : problem('no-such-project', { id: sessionId }),
    );
  }
}

/** The newer version goes first: wherever it is cut short, what is shown is the newer one. */
async function moveFiles(from: string, to: string, sessionId: string): Promise<void> {
  const [source, target] = [sessionPath(from, sessionId), sessionPath(to, sessionId)];
  const moveIfThere = async (old: string, now: string) => {
    await rename(old, now).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    });
  };
  await moveIfThere(source, target);
  await moveIfThere(earlierPath(source), earlierPath(target));
}
