import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { atomicWrite } from './atomicWrite.ts';
import { createProcesses, type Processes } from './processes.ts';
import { createSessions, type Sessions, type SessionsOptions } from './sessions.ts';

let folder = '';
const started: { sessions: Sessions; processes: Processes }[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'convas-sessions-'));
});
afterEach(async () => {
  for (const { sessions, processes } of started.splice(0)) {
    await sessions.close();
    await processes.close();
  }
  await rm(folder, { recursive: true, force: true });
});

/** A program with this data folder. */
function start(options: Partial<SessionsOptions> = {}) {
  const processes = createProcesses(folder);
  const sessions = createSessions({ dataFolder: folder, processes, ...options });
  const program = { sessions, processes };
  started.push(program);
  return program;
}

const page = () => new AbortController();
const network = (name: string, layers = 1) => ({ name, nodes: Array.from({ length: layers }, () => ({})) });

async function save(
  sessions: Sessions,
  windowId: string,
  sessionId: string,
  { signal }: AbortController,
  more: { edited?: boolean; state?: unknown; name?: string } = {},
) {
  const { name = sessionId, edited = true } = more;
  const saved = await sessions.save(
    { ...{ windowId, sessionId, name, edited, file: null, document: network(name) }, ...more },
    signal,
  );
  if (!saved.ok) throw new Error(saved.problems[0]?.code);
  return saved.value;
}

async function openWith(sessions: Sessions, ids: readonly string[], controller = page()) {
  const { windowId } = await sessions.open(null, controller.signal);
  for (const id of ids) await save(sessions, windowId, id, controller);
  await sessions.arrange({ windowId, order: ids, active: ids.at(-1) ?? null, closed: [] }, controller.signal);
  return { windowId, controller };
}

const names = (list: readonly { readonly sessionId: string }[]) => list.map(({ sessionId }) => sessionId);
const five = ['a', 'b', 'c', 'd', 'e'];

describe('a window’s projects', () => {
  it('come back all, in their order, with which was active and what the page knew, after a kill', async () => {
    const first = start();
    const { windowId, controller } = await openWith(first.sessions, five);
    await save(first.sessions, windowId, 'b', controller, { state: { undo: [1, 2] }, edited: false });
    await save(first.sessions, windowId, 'b', controller, { name: 'B' });
    // Nothing was closed: to the next process it is as if this one had been killed.
    await first.processes.close();
    const { sessions } = start();
    const opened = await sessions.open(null, page().signal);
    expect(names(opened.sessions)).toEqual(five);
    expect(opened).toMatchObject({ windowId, active: 'e', closed: [], problems: [] });
    expect(opened.sessions[1]).toMatchObject({ name: 'B', document: { name: 'B' }, state: { undo: [1, 2] } });
  });

  it('that were saved by a page that ended before it could say where they stand come last', async () => {
    const { sessions } = start();
    const { windowId, controller } = await openWith(sessions, ['a']);
    await save(sessions, windowId, 'late', controller);
    controller.abort();
    expect(names((await sessions.open(windowId, page().signal)).sessions)).toEqual(['a', 'late']);
  });

  it('are waited for while a page that is loaded anew is still connected', async () => {
    const { sessions } = start();
    const { windowId, controller } = await openWith(sessions, ['a']);
    setTimeout(() => controller.abort(), 150);
    expect(await sessions.open(windowId, page().signal)).toMatchObject({ windowId });
  });

  it('are not shared: a second window and a duplicated page start empty', async () => {
    const { sessions } = start();
    const { windowId } = await openWith(sessions, five);
    for (const wanted of [null, windowId]) {
      const opened = await sessions.open(wanted, page().signal);
      expect(opened.windowId).not.toBe(windowId);
      expect(opened.sessions).toEqual([]);
    }
    expect(await sessions.recoverable()).toEqual([]);
  });

  it('are saved by who holds them alone', async () => {
    const { sessions } = start();
    const { windowId, controller } = await openWith(sessions, ['a']);
    await expect(save(sessions, windowId, 'a', page())).rejects.toThrow('window-not-held');
    controller.abort();
    // The last words of a page may come after its end, …
    await save(sessions, windowId, 'a', controller, { name: 'last words' });
    // … but not when somebody else has it.
    const next = await sessions.open(windowId, page().signal);
    expect(next.sessions[0]?.name).toBe('last words');
    await expect(save(sessions, windowId, 'a', controller)).rejects.toThrow('window-not-held');
  });

  it('that are thrown away while they are being saved do not come back', async () => {
    const { sessions } = start();
    const { windowId, controller } = await openWith(sessions, ['a']);
    const saving = save(sessions, windowId, 'new', controller);
    await sessions.discard('new', controller.signal);
    await saving;
    controller.abort();
    expect(names((await sessions.open(windowId, page().signal)).sessions)).toEqual(['a']);
  });

  it('are those used last, whatever the clock says', async () => {
    let clock = Date.parse('2026-05-05T12:00:00Z');
    const { sessions } = start({ now: () => clock });
    const first = await openWith(sessions, ['old']);
    first.controller.abort();
    clock -= 3_600_000;
    const controller = page();
    const { windowId } = await sessions.open('second', controller.signal);
    await save(sessions, windowId, 'new', controller);
    await sessions.arrange({ windowId, order: ['new'], active: 'new', closed: [] }, controller.signal);
    controller.abort();
    expect(names((await sessions.open(null, page().signal)).sessions)).toEqual(['new']);
    expect(names(await sessions.recoverable())).toEqual(['old']);
  });
});

describe('recoverable projects', () => {
  it('are those of closed windows and of closed tabs that the page has forgotten', async () => {
    const { sessions } = start();
    const { windowId, controller } = await openWith(sessions, five);
    const rest = { windowId, active: 'c', order: ['c', 'd', 'e'] };
    await sessions.arrange({ ...rest, closed: ['a', 'b'] }, controller.signal);
    expect(await sessions.recoverable()).toEqual([]);
    await sessions.arrange({ ...rest, closed: ['a'] }, controller.signal);
    expect(await sessions.recoverable()).toMatchObject([{ sessionId: 'b', layers: 1, name: 'b' }]);
    controller.abort();
    const second = page();
    const other = await sessions.open('other', second.signal);
    const taken = await sessions.recover(other.windowId, 'b', second.signal);
    expect(taken).toMatchObject({
      ok: true,
      value: { sessionId: 'b', document: network('b'), problems: [] },
    });
    expect(names(await sessions.recoverable())).toEqual(['e', 'd', 'c', 'a']);
    expect((await sessions.open(windowId, page().signal)).closed).toMatchObject([{ sessionId: 'a' }]);
    second.abort();
    expect(names((await sessions.open('other', page().signal)).sessions)).toEqual(['b']);
  });

  it('are given to one of two who ask at once, and not while they are open', async () => {
    const { sessions } = start();
    const { controller } = await openWith(sessions, ['a']);
    const [one, two] = [page(), page()];
    await sessions.open('one', one.signal);
    await sessions.open('two', two.signal);
    expect(await sessions.recover('one', 'a', one.signal)).toMatchObject({
      problems: [{ code: 'project-open-elsewhere' }],
    });
    expect(await sessions.forget('a', one.signal)).toMatchObject({ ok: false });
    controller.abort();
    const both = await Promise.all([
      sessions.recover('one', 'a', one.signal),
      sessions.recover('two', 'a', two.signal),
    ]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it('can be thrown away', async () => {
    const { sessions } = start();
    const { controller } = await openWith(sessions, ['a', 'b']);
    controller.abort();
    expect(await sessions.forget('a', page().signal)).toMatchObject({ ok: true });
    expect(names(await sessions.recoverable())).toEqual(['b']);
  });

  it('are what is put away: the edited ones, or all', async () => {
    const { sessions } = start();
    const { windowId, controller } = await openWith(sessions, ['a', 'b']);
    await save(sessions, windowId, 'a', controller, { edited: false });
    await sessions.putAway(windowId, 'edited');
    controller.abort();
    const again = page();
    expect(names((await sessions.open(null, again.signal)).sessions)).toEqual(['a']);
    expect(await sessions.recoverable()).toMatchObject([
      { sessionId: 'b', closedAt: expect.any(String) as unknown },
    ]);
    again.abort();
    await sessions.putAway(windowId, 'all');
    expect((await sessions.open(null, page().signal)).sessions).toEqual([]);
  });

  it('stay 30 days, and those that would come back at the next start for longer', async () => {
    let clock = Date.parse('2026-05-05T12:00:00Z');
    const { sessions } = start({ now: () => clock });
    const { windowId, controller } = await openWith(sessions, ['stays', 'goes']);
    await sessions.arrange({ windowId, order: ['stays'], active: 'stays', closed: [] }, controller.signal);
    clock += 29 * 86_400_000;
    await sessions.sweep();
    expect(names(await sessions.recoverable())).toEqual(['goes']);
    controller.abort();
    clock += 40 * 86_400_000;
    await sessions.sweep();
    expect(names(await sessions.recoverable())).toEqual(['stays']);
  });

  it('are also the drafts of versions before, each once', async () => {
    await mkdir(join(folder, 'drafts'));
    const draft = (id: string, text: string) => writeFile(join(folder, 'drafts', `${id}.json`), text);
    const savedAt = '2020-01-01T00:00:00.000Z';
    await draft('old', JSON.stringify({ savedAt, document: network('mine', 3) }));
    await draft('empty', JSON.stringify({ savedAt, document: network('', 0) }));
    await draft('torn', '{"savedAt":"2020');
    execFileSync('mkfifo', [join(folder, 'drafts', 'pipe.json')]);
    const { sessions } = start();
    expect((await sessions.open(null, page().signal)).sessions).toEqual([]);
    await sessions.sweep();
    expect(await sessions.recoverable()).toMatchObject([{ sessionId: 'old', name: 'mine', layers: 3 }]);
    expect(await readdir(join(folder, 'drafts'))).toEqual(['pipe.json', 'torn.json']);
  });
});

describe('trouble with the disk', () => {
  it.each([
    ['ENOSPC', 'disk-full'],
    ['EROFS', 'no-write-rights'],
    ['EIO', 'unwritable-folder'],
  ])('is said (%s), changes nothing, and ends with its cause', async (code, expected) => {
    let isRefused = false;
    const write: typeof atomicWrite = (...args) =>
      isRefused ? Promise.reject(Object.assign(new Error(code), { code })) : atomicWrite(...args);
    const { sessions } = start({ write });
    const { windowId, controller } = await openWith(sessions, ['a']);
    isRefused = true;
    const change = { windowId, sessionId: 'a', name: 'x', edited: true, file: null, document: network('x') };
    expect(await sessions.save(change, controller.signal)).toMatchObject({ problems: [{ code: expected }] });
    const arranged = { windowId, order: [], active: null, closed: ['a'] };
    expect(await sessions.arrange(arranged, controller.signal)).toMatchObject({
      problems: [{ code: expected }],
    });
    controller.abort();
    const next = page();
    expect((await sessions.open(windowId, next.signal)).sessions).toMatchObject([{ name: 'a' }]);
    isRefused = false;
    await save(sessions, windowId, 'a', next, { name: 'again' });
  });

  it('that damaged a project leaves the version before, and the damaged file', async () => {
    const { sessions } = start();
    const { windowId, controller } = await openWith(sessions, ['a']);
    await save(sessions, windowId, 'a', controller, { name: 'newer' });
    controller.abort();
    const path = join(folder, 'sessions', windowId, 'a.session');
    const bytes = await readFile(path);
    bytes[bytes.length - 20]! ^= 1;
    await writeFile(path, bytes);
    const next = page();
    const opened = await sessions.open(windowId, next.signal);
    expect(opened).toMatchObject({ sessions: [{ name: 'a' }], problems: [{ code: 'project-damaged' }] });
    expect(await readFile(String(opened.problems[0]?.values['path']))).toEqual(bytes);
    // Both are damaged: nothing is shown, and nothing is written over.
    await save(sessions, windowId, 'a', next);
    next.abort();
    await writeFile(path, '');
    await writeFile(`${path}.previous`, '');
    expect(await sessions.open(windowId, page().signal)).toMatchObject({
      sessions: [],
      problems: [{ code: 'project-lost' }],
    });
  });

  it('that damaged the list of tabs leaves the one before', async () => {
    const first = start();
    const { windowId, controller } = await openWith(first.sessions, ['a', 'b']);
    await first.sessions.arrange({ windowId, order: ['b', 'a'], active: 'a', closed: [] }, controller.signal);
    controller.abort();
    await first.sessions.close();
    const { sessions } = start();
    const path = join(folder, 'sessions', windowId, 'window.json');
    await writeFile(path, 'torn');
    // Who only looks leaves it to be told of.
    await sessions.recoverable();
    const opened = await sessions.open(windowId, page().signal);
    expect(names(opened.sessions)).toEqual(['b', 'a']);
    expect(opened.problems).toMatchObject([{ code: 'tabs-damaged' }]);
  });

  it('or somebody who put a pipe in the place of a project makes nobody wait', async () => {
    const { sessions } = start();
    const { windowId, controller } = await openWith(sessions, ['a', 'b']);
    controller.abort();
    const path = join(folder, 'sessions', windowId, 'a.session');
    await rm(path);
    execFileSync('mkfifo', [path]);
    const opened = await sessions.open(windowId, page().signal);
    expect(names(opened.sessions)).toContain('b');
    expect(opened.problems[0]?.code).toMatch(/project-(lost|damaged)/);
  });
});

describe('two programs on one data folder', () => {
  it('do not take each other’s projects, nor sweep them, until the other ends', async () => {
    let clock = Date.now();
    const now = () => clock;
    const [first, second] = [start({ now }), start({ now })];
    const { windowId } = await openWith(first.sessions, five);
    for (const wanted of [null, windowId])
      expect((await second.sessions.open(wanted, page().signal)).sessions).toEqual([]);
    clock += 90 * 86_400_000;
    await second.sessions.sweep();
    expect(await second.sessions.recoverable()).toEqual([]);
    expect(await second.sessions.forget('a', page().signal)).toMatchObject({ ok: false });
    await first.processes.close();
    expect(names((await second.sessions.open(windowId, page().signal)).sessions)).toEqual(five);
  });

  it('that ask for one window at once do not both get it', async () => {
    const first = start();
    const { windowId, controller } = await openWith(first.sessions, ['a']);
    controller.abort();
    await first.sessions.close();
    await first.processes.close();
    for (let round = 0; round < 3; round += 1) {
      const programs = [start(), start(), start()];
      const opened = await Promise.all(
        programs.map(({ sessions }) => sessions.open(windowId, page().signal)),
      );
      expect(opened.filter((answer) => answer.windowId === windowId).length).toBe(1);
      for (const { sessions, processes } of programs) {
        await sessions.close();
        await processes.close();
      }
    }
  });

  it('are told apart where one of them is killed', async () => {
    const script = `
      import { runnerImport } from 'vite';
      const load = async (path) => (await runnerImport(path, { configFile: false, logLevel: 'error' })).module;
      const { createProcesses } = await load(${JSON.stringify(join(import.meta.dirname, 'processes.ts'))});
      const { createSessions } = await load(${JSON.stringify(join(import.meta.dirname, 'sessions.ts'))});
      const dataFolder = ${JSON.stringify(folder)};
      const sessions = createSessions({ dataFolder, processes: createProcesses(dataFolder) });
      const { signal } = new AbortController();
      const { windowId } = await sessions.open(null, signal);
      const order = ['a', 'b', 'c', 'd', 'e'];
      for (const sessionId of order)
        await sessions.save({ windowId, sessionId, name: sessionId, edited: true, file: null, document: {} }, signal);
      await sessions.arrange({ windowId, order, active: 'c', closed: [] }, signal);
      setInterval(() => undefined, 1000);
      console.log(windowId);
    `;
    const other = spawn(process.execPath, ['--input-type=module', '--no-warnings', '--eval', script]);
    const exited = once(other, 'exit');
    const [told] = (await once(other.stdout, 'data')) as [Buffer];
    const windowId = told.toString().trim();
    const { sessions } = start();
    expect((await sessions.open(windowId, page().signal)).sessions).toEqual([]);
    expect(await sessions.recoverable()).toEqual([]);
    other.kill('SIGKILL');
    await exited;
    const opened = await sessions.open(windowId, page().signal);
    expect(opened).toMatchObject({ windowId, active: 'c', problems: [] });
    expect(names(opened.sessions)).toEqual(five);
  }, 30_000);
});
