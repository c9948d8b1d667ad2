import { createStore, type StoreApi } from 'zustand/vanilla';

import type { Problem } from '../../shared/problem.ts';
import type { OpenedWindow, SavedSession } from '../../shared/rpc/sessions.ts';
import { reveal } from '../state/app.ts';
import { endGesture } from '../state/commands.ts';
import {
  activeSession,
  isNothing,
  useTabs,
  type DocumentSession,
  type SessionsState,
} from '../state/sessions.ts';
import { addTabs } from '../state/tabs.ts';
import type { Client } from './host.ts';
import { NotConnectedError, problemsOf } from './refusals.ts';
import { fromSaved, toSaved } from './savedSessions.ts';

/** How the projects of this page are kept. */
export interface Keeping {
  readonly status: 'loading' | 'saved' | 'saving' | 'offline' | 'refused';
  /** Why the core refused; it is asked again. */
  readonly problem: Problem | null;
  /** The window whose projects these are; null before the core has said so. */
  readonly windowId: string | null;
}

export interface SessionKeeperOptions {
  readonly client: Client['sessions'];
  /** Where the page remembers its window: it outlives a reload, and a duplicated page has it too. */
  readonly memory: Pick<Storage, 'getItem' | 'setItem'>;
  /** Tells of projects that could not be read, or not as they were. */
  report(problems: readonly Problem[]): void;
}

export interface SessionKeeper {
  readonly keeping: StoreApi<Keeping>;
  /** Fetches the window's projects, or, after a connection was lost, takes hold of them again and saves what was done. */
  connected(): Promise<void>;
  /** Saves now what is not saved yet. */
  flush(): Promise<void>;
  /** Takes a project that no open window has into this one, and shows it. */
  recover(sessionId: string): Promise<void>;
  /** Begins to hear of changes; gives back how to stop. */
  start(): () => void;
}

export const windowKey = 'convas-window';
/** A pause this long after a change lets it be saved, … */
const pause = 300;
/** … but it is saved this long after the first change even when there is no pause. */
const longestWait = 1_000;
/** The view and the selection change with every move of the hand. */
const pauseOfView = 1_500;
/** After a refusal it is tried again, with growing pauses. */
const firstRetry = 1_000;
const longestRetry = 30_000;

/** Keeps every project of the page in the core, so that closing the page, a crash or a restart loses nothing. */
export function createSessionKeeper({ client, memory, report }: SessionKeeperOptions): SessionKeeper {
  const keeping = createStore<Keeping>()(() => ({ status: 'loading', problem: null, windowId: null }));
  let windowId = memory.getItem(windowKey);
  /** Each project as the core has it. */
  const kept = new Map<string, DocumentSession>();
  let arranged = '';
  let isOnScreen = false;
  let isOpen = false;
  let isOpening = false;
  let failures = 0;
  let saving: Promise<void> | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let firstChange: number | null = null;

  const show = (status: Keeping['status'], problem: Problem | null = null) =>
    keeping.setState({ status, problem, windowId });

  /** Those that are to be kept; a page in which nothing was done yet leaves nothing behind. */
  const toKeep = (state: SessionsState): DocumentSession[] => {
    const all = [...state.order, ...state.closed].flatMap((id) => state.sessions.get(id) ?? []);
    return all.length === 1 ? all.filter((session) => !isNothing(session) || kept.has(session.id)) : all;
  };
  const unsaved = () => toKeep(useTabs.getState()).filter((session) => kept.get(session.id) !== session);
  const arrangement = () => {
    const { order, active, closed } = useTabs.getState();
    return {
      order: order.filter((id) => kept.has(id)),
      active: kept.has(active) ? active : null,
      closed: closed.filter((id) => kept.has(id)),
    };
  };

  const isAllKept = () =>
    unsaved().length === 0 && (kept.size === 0 || JSON.stringify(arrangement()) === arranged);

  async function open(): Promise<void> {
    const answer = await client.open({ windowId });
    const isOther = answer.windowId !== windowId;
    windowId = answer.windowId;
    memory.setItem(windowKey, windowId);
    kept.clear();
    arranged = '';
    // Another page has taken this one's window while there was no connection: it has projects of the same names.
    if (isOnScreen && isOther) renameSessions();
    if (!isOnScreen) takeOver(answer);
    isOnScreen = true;
    isOpen = true;
  }

  /** Puts the projects that were there before this page into their tabs, before what was drawn meanwhile. */
  function takeOver(answer: OpenedWindow): void {
    const read = (saved: readonly SavedSession[]) => saved.flatMap((one) => readSaved(one) ?? []);
    const [opened, closed] = [read(answer.sessions), read(answer.closed)];
    if (answer.problems.length > 0) report(answer.problems);
    const restored = [...opened, ...closed];
    if (restored.length === 0) return;
    const present = useTabs.getState();
    const drawn = present.order.filter((id) => {
      const session = present.sessions.get(id);
      return session !== undefined && (!isNothing(session) || opened.length === 0);
    });
    const order = [...opened.map(({ id }) => id), ...drawn];
    const active = [present.active, answer.active].find((id) => id !== null && order.includes(id));
    endGesture();
    useTabs.setState({
      sessions: new Map([
        ...restored.map((session) => [session.id, session] as const),
        ...[...present.sessions].filter(([id]) => drawn.includes(id)),
      ]),
      order,
      active: active ?? order[0] ?? present.active,
      closed: [...present.closed, ...closed.map(({ id }) => id)],
    });
    for (const session of restored) kept.set(session.id, session);
    if (active !== present.active) reveal(activeSession().view ?? 'start');
    arranged = JSON.stringify(arrangement());
  }

  /** What cannot be read stays where it is, maybe for a newer Convas. */
  function readSaved(saved: SavedSession): DocumentSession | null {
    const session = fromSaved(saved);
    if (session.ok) return session.value;
    report(session.problems);
    return null;
  }

  async function saveOne(session: DocumentSession, to: string): Promise<void> {
    await client.save({ windowId: to, ...toSaved(session) });
    kept.set(session.id, session);
  }

  /** An empty tab that was closed is no project to come back. */
  async function forgetNothings(): Promise<void> {
    const { sessions } = useTabs.getState();
    for (const [id, session] of [...kept]) {
      if (sessions.has(id)) continue;
      if (isNothing(session)) await client.discard({ sessionId: id });
      kept.delete(id);
    }
  }

  async function arrange(to: string): Promise<void> {
    const now = arrangement();
    const text = JSON.stringify(now);
    if (text === arranged || (arranged === '' && kept.size === 0)) return;
    await client.arrange({ windowId: to, ...now });
    arranged = text;
  }

  /** Saves until nothing is left to save; one save at a time. What is refused does not keep the others from it. */
  async function saveAll(): Promise<void> {
    const refused = new Map<string, DocumentSession>();
    let error: unknown;
    while (windowId !== null && isOpen) {
      const next = unsaved().find((session) => refused.get(session.id) !== session);
      if (next === undefined) break;
      if (keeping.getState().status !== 'refused') show('saving');
      try {
        await saveOne(next, windowId);
      } catch (reason) {
        if (reason instanceof NotConnectedError) throw reason;
        refused.set(next.id, next);
        error = reason;
      }
    }
    if (windowId === null || !isOpen) return;
    await arrange(windowId);
    await forgetNothings();
    if (refused.size > 0) throw error;
  }

  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    firstChange = null;
    if (!isOpen) return Promise.resolve();
    // What changed after the save that is under way had looked is saved too.
    if (saving !== null) return saving.then(() => (failures === 0 ? flush() : undefined));
    saving = saveAll()
      .then(done, failed)
      .finally(() => {
        saving = null;
      });
    return saving;
  }

  function done(): void {
    failures = 0;
    // What changed after the save had looked waits for the next one.
    if (isOpen) show(isAllKept() ? 'saved' : 'saving');
    else show('offline');
  }

  function failed(error: unknown): void {
    if (error instanceof NotConnectedError) {
      isOpen = false;
      show('offline');
      return;
    }
    const [problem = null] = problemsOf(error);
    show('refused', problem);
    const wait = Math.min(longestRetry, firstRetry * 2 ** failures);
    failures += 1;
    clearTimeout(timer);
    timer = setTimeout(() => void (problem?.code === 'window-not-held' ? connected() : flush()), wait);
  }

  async function connected(): Promise<void> {
    if (isOpening) return;
    isOpening = true;
    try {
      await open();
    } catch (error) {
      if (error instanceof NotConnectedError) show(isOnScreen ? 'offline' : 'loading');
      else failedToOpen(error);
      return;
    } finally {
      isOpening = false;
    }
    await flush();
  }

  /** The core is there and has no answer: work goes on, and it is asked again. */
  function failedToOpen(error: unknown): void {
    const [problem = null] = problemsOf(error);
    show('refused', problem);
    clearTimeout(timer);
    timer = setTimeout(() => void connected(), Math.min(longestRetry, firstRetry * 2 ** failures));
    failures += 1;
  }

  /** Something changed: it is saved soon, or with the next try where the core refuses. */
  function changed(state: SessionsState, earlier: SessionsState): void {
    if (!isOnScreen || !isOpen || failures > 0) return;
    const isView = isViewOnly(state, earlier);
    if (!isView && !isAllKept()) show('saving');
    const now = Date.now();
    firstChange ??= now;
    const wait = isView ? pauseOfView : Math.min(pause, firstChange + longestWait - now);
    // A look around does not put off what was changed.
    if (isView && timer !== undefined) return;
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), Math.max(0, wait));
  }

  return {
    keeping,
    connected,
    flush,
    async recover(sessionId) {
      if (windowId === null) return;
      const { problems, ...saved } = await client.recover({ windowId, sessionId });
      const session = readSaved(saved);
      if (problems.length > 0) report(problems);
      if (session === null) return;
      kept.set(session.id, session);
      addTabs([session]);
    },
    start() {
      const stop = useTabs.subscribe(changed);
      return () => {
        clearTimeout(timer);
        stop();
      };
    },
  };
}

/** Gives all projects of the page new ids. */
function renameSessions(): void {
  const { sessions, order, active, closed } = useTabs.getState();
  const ids = new Map([...sessions.keys()].map((id) => [id, crypto.randomUUID() as string]));
  const renamed = (id: string) => ids.get(id) ?? id;
  useTabs.setState({
    sessions: new Map(
      [...sessions.values()].map((session) => [renamed(session.id), { ...session, id: renamed(session.id) }]),
    ),
    order: order.map(renamed),
    active: renamed(active),
    closed: closed.map(renamed),
  });
}

/** Whether nothing but views and selections changed. */
function isViewOnly(state: SessionsState, earlier: SessionsState): boolean {
  if (state.order !== earlier.order || state.closed !== earlier.closed || state.active !== earlier.active) {
    return false;
  }
  return [...state.sessions.values()].every((session) => {
    const before = earlier.sessions.get(session.id);
    return (
      before === session ||
      (before?.state === session.state && before.history === session.history && before.file === session.file)
    );
  });
}
