import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';
import { expect, it } from 'vitest';

import { atomicWrite } from './atomicWrite.ts';
import { createProcesses, type Processes } from './processes.ts';
import { createSessions, type Sessions } from './sessions.ts';

/** What must be there: written down without files, locks, or processes. */
interface Model {
  readonly windows: Map<string, { order: string[]; closed: string[]; active: string | null }>;
  /** What each project holds, and what it held before its last change. */
  readonly projects: Map<string, { window: string; now: number; before: number | null }>;
  /** Which window each page has. */
  readonly pages: Map<string, string>;
  isDiskFull: boolean;
}

interface Real {
  readonly folder: string;
  program: { sessions: Sessions; processes: Processes };
  readonly pages: Map<string, AbortController>;
  clock: number;
  isDiskFull: boolean;
}

type Command = fc.AsyncCommand<Model, Real>;
const pageNames = ['left', 'right'] as const;
const ids = ['a', 'b', 'c', 'd', 'e'] as const;
const ofPage = fc.constantFrom(...pageNames);
const ofProject = fc.constantFrom(...ids);
let change = 0;
/** How often each command ran: a model that is never asked proves nothing. */
const ran = new Map<string, number>();
const count = (name: string) => ran.set(name, (ran.get(name) ?? 0) + 1);

function start(real: Omit<Real, 'program' | 'pages'>) {
  const processes = createProcesses(real.folder);
  const write: typeof atomicWrite = (...args) =>
    real.isDiskFull
      ? Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' }))
      : atomicWrite(...args);
  const options = { dataFolder: real.folder, processes, write, now: () => real.clock };
  return { processes, sessions: createSessions(options) };
}

/** The set that a page has, with its window's id. */
function setOf(model: Model, page: string) {
  const windowId = model.pages.get(page);
  const set = windowId === undefined ? undefined : model.windows.get(windowId);
  if (windowId === undefined || set === undefined) throw new Error('A page has a window.');
  return { windowId, ...set };
}

const signalOf = (real: Real, page: string) => {
  const controller = real.pages.get(page);
  if (controller === undefined) throw new Error('A page has a connection.');
  return controller.signal;
};

function isFree(model: Model, id: string): boolean {
  const project = model.projects.get(id);
  if (project === undefined) return false;
  if (![...model.pages.values()].includes(project.window)) return true;
  const { order = [], closed = [] } = model.windows.get(project.window) ?? {};
  return !order.includes(id) && !closed.includes(id);
}

const freeIn = (model: Model) => [...model.projects.keys()].filter((id) => isFree(model, id)).sort();

/** A page asks for its window's set, here always by the window's name. */
const open = (page: string): Command => ({
  toString: () => `open(${page})`,
  check: (model) => !model.pages.has(page),
  async run(model, real) {
    count('open');
    const controller = new AbortController();
    const opened = await real.program.sessions.open(`window-${page}`, controller.signal);
    const set = model.windows.get(`window-${page}`) ?? { order: [], closed: [], active: null };
    expect(opened.windowId).toBe(`window-${page}`);
    expect(opened.problems).toEqual([]);
    expect(opened.sessions.map(({ sessionId, document }) => [sessionId, document])).toEqual(
      set.order.map((id) => [id, { value: model.projects.get(id)?.now }]),
    );
    expect(opened.closed.map(({ sessionId }) => sessionId)).toEqual(set.closed);
    if (set.active !== null) expect(opened.active).toBe(set.active);
    real.pages.set(page, controller);
    model.pages.set(page, opened.windowId);
    model.windows.set(opened.windowId, set);
  },
});

/** Edits a project of the page, or makes a new one, and tells where it stands. */
const edit = (page: string, id: string): Command => ({
  toString: () => `edit(${page}, ${id})`,
  check: (model) =>
    model.pages.has(page) && (!model.projects.has(id) || setOf(model, page).order.includes(id)),
  async run(model, real) {
    count('edit');
    const { windowId, order, closed } = setOf(model, page);
    const value = (change += 1);
    const session = { windowId, sessionId: id, name: id, edited: true, file: null, document: { value } };
    const saved = await real.program.sessions.save(session, signalOf(real, page));
    expect(saved.ok).toBe(!model.isDiskFull);
    if (!saved.ok) {
      expect(saved.problems[0]?.code).toBe('disk-full');
      return;
    }
    model.projects.set(id, { window: windowId, now: value, before: model.projects.get(id)?.now ?? null });
    const next = { order: order.includes(id) ? order : [...order, id], closed, active: id };
    const arranged = await real.program.sessions.arrange({ windowId, ...next }, signalOf(real, page));
    expect(arranged.ok).toBe(true);
    model.windows.set(windowId, next);
  },
});

/** Closes a tab; the page remembers the last two alone. */
const closeTab = (page: string, id: string): Command => ({
  toString: () => `closeTab(${page}, ${id})`,
  check: (model) => model.pages.has(page) && setOf(model, page).order.includes(id),
  async run(model, real) {
    count('closeTab');
    const { windowId, order, closed } = setOf(model, page);
    const left = order.filter((other) => other !== id);
    const next = { order: left, closed: [id, ...closed].slice(0, 2), active: left.at(-1) ?? null };
    const arranged = await real.program.sessions.arrange({ windowId, ...next }, signalOf(real, page));
    expect(arranged.ok).toBe(!model.isDiskFull);
    if (arranged.ok) model.windows.set(windowId, next);
  },
});

const recover = (page: string, id: string): Command => ({
  toString: () => `recover(${page}, ${id})`,
  check: (model) => model.pages.has(page) && model.projects.has(id) && !model.isDiskFull,
  async run(model, real) {
    count('recover');
    const { windowId, order, closed } = setOf(model, page);
    const project = model.projects.get(id);
    const isOwn = order.includes(id) || closed.includes(id);
    const taken = await real.program.sessions.recover(windowId, id, signalOf(real, page));
    expect(taken.ok).toBe(isOwn || isFree(model, id));
    if (!taken.ok || isOwn || project === undefined) return;
    expect(taken.value.document).toEqual({ value: project.now });
    for (const set of model.windows.values()) {
      set.order = set.order.filter((other) => other !== id);
      set.closed = set.closed.filter((other) => other !== id);
      if (set.active === id) set.active = null;
    }
    model.projects.set(id, { ...project, window: windowId });
    const next = { order: [...order, id], closed, active: id };
    const arranged = await real.program.sessions.arrange({ windowId, ...next }, signalOf(real, page));
    expect(arranged.ok).toBe(true);
    model.windows.set(windowId, next);
  },
});

/** Throws the first recoverable project away. */
const forget = (page: string): Command => ({
  toString: () => `forget(${page})`,
  check: (model) => model.pages.has(page) && freeIn(model).length > 0 && !model.isDiskFull,
  async run(model, real) {
    count('forget');
    const [id = ''] = freeIn(model);
    expect(await real.program.sessions.forget(id, signalOf(real, page))).toMatchObject({ ok: true });
    model.projects.delete(id);
    for (const set of model.windows.values()) {
      set.order = set.order.filter((other) => other !== id);
      set.closed = set.closed.filter((other) => other !== id);
      if (set.active === id) set.active = null;
    }
  },
});

const leave = (page: string): Command => ({
  toString: () => `leave(${page})`,
  check: (model) => model.pages.has(page),
  run(model, real) {
    count('leave');
    real.pages.get(page)?.abort();
    real.pages.delete(page);
    model.pages.delete(page);
    return Promise.resolve();
  },
});

/** The program ends without a word, and a new one starts: to it the old one's mark is a dead process's. */
const kill = (): Command => ({
  toString: () => 'kill()',
  check: () => true,
  async run(model, real) {
    count('kill');
    // A killed process writes no more: here, what it was writing is waited for.
    await real.program.sessions.close();
    await real.program.processes.close();
    real.pages.clear();
    model.pages.clear();
    real.program = start(real);
  },
});

const setClockBack = (): Command => ({
  toString: () => 'setClockBack()',
  check: () => true,
  run(_model, real) {
    count('setClockBack');
    real.clock -= 7 * 86_400_000;
    return Promise.resolve();
  },
});

const fillDisk = (isFull: boolean): Command => ({
  toString: () => `fillDisk(${String(isFull)})`,
  check: (model) => model.isDiskFull !== isFull,
  run(model, real) {
    count('fillDisk');
    model.isDiskFull = isFull;
    real.isDiskFull = isFull;
    return Promise.resolve();
  },
});

/** Flips a bit of a project that no page has open; the version before is there, or it is told that there is none. */
const damage = (id: string): Command => ({
  toString: () => `damage(${id})`,
  check: (model) => {
    const project = model.projects.get(id);
    return project?.before != null && !model.isDiskFull;
  },
  async run(model, real) {
    count('damage');
    const project = model.projects.get(id);
    if (project === undefined) throw new Error('It is there.');
    for (const page of [...model.pages.keys()]) await leave(page).run(model, real);
    const path = join(real.folder, 'sessions', project.window, `${id}.session`);
    const bytes = await readFile(path);
    bytes[bytes.length - 12] = (bytes[bytes.length - 12] ?? 0) ^ 4;
    await writeFile(path, bytes);
    const controller = new AbortController();
    const opened = await real.program.sessions.open(project.window, controller.signal);
    const { order = [], closed = [] } = model.windows.get(project.window) ?? {};
    const isShown = order.includes(id) || closed.includes(id);
    expect(opened.problems.map(({ code }) => code)).toEqual(isShown ? ['project-damaged'] : []);
    const shown = [...opened.sessions, ...opened.closed].find(({ sessionId }) => sessionId === id);
    if (isShown) expect(shown?.document).toEqual({ value: project.before });
    controller.abort();
    model.projects.set(id, { ...project, now: project.before ?? 0, before: null });
  },
});

const lookAtRecoverable = (): Command => ({
  toString: () => 'recoverable()',
  check: () => true,
  async run(model, real) {
    count('lookAtRecoverable');
    await real.program.sessions.sweep();
    const free = freeIn(model);
    const listed = await real.program.sessions.recoverable();
    expect(listed.map(({ sessionId }) => sessionId).sort()).toEqual(free);
  },
});

it('keeps what a model of it says, whatever happens', { timeout: 120_000 }, async () => {
  const onProject = (command: (page: string, id: string) => Command, weight: number) =>
    Array.from({ length: weight }, () => fc.tuple(ofPage, ofProject).map(([page, id]) => command(page, id)));
  const commands = [
    ...[open, open, open, leave].map((command) => ofPage.map(command)),
    ...[...onProject(edit, 8), ...onProject(closeTab, 4), ...onProject(recover, 4)],
    ...[ofPage.map(forget), ofPage.map(forget)],
    ...[kill(), setClockBack(), lookAtRecoverable()].map((command) => fc.constant(command)),
    ...[fillDisk(true), fillDisk(false), fillDisk(false)].map((command) => fc.constant(command)),
    ofProject.map(damage),
    ofProject.map(damage),
  ];
  await fc.assert(
    fc.asyncProperty(fc.commands(commands, { size: 'max', maxCommands: 120 }), async (sequence) => {
      const folder = await mkdtemp(join(tmpdir(), 'convas-model-'));
      const base = { folder, clock: Date.parse('2026-05-05T12:00:00Z'), isDiskFull: false };
      const real: Real = { ...base, program: start(base), pages: new Map() };
      // The program reads the clock and the disk of the sequence itself.
      real.program = start(real);
      const model: Model = { windows: new Map(), projects: new Map(), pages: new Map(), isDiskFull: false };
      try {
        await fc.asyncModelRun(() => ({ model, real }), sequence);
      } finally {
        await real.program.sessions.close();
        await real.program.processes.close();
        await rm(folder, { recursive: true, force: true });
      }
    }),
    { numRuns: 20, endOnFailure: false },
  );
  for (const name of ['open', 'edit', 'closeTab', 'recover', 'leave', 'kill', 'fillDisk'])
    expect(ran.get(name)).toBeGreaterThan(0);
});
