// @vitest-environment jsdom

import { createRouterClient } from '@orpc/server';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { emptyDocument } from '../../shared/document.ts';
import { problem, type Problem } from '../../shared/problem.ts';
import { findTemplate } from '../../shared/templates/index.ts';
import { useApp } from '../state/app.ts';
import { changeParams, setName, undo } from '../state/commands.ts';
import { useDocument } from '../state/document.ts';
import { resetSessions, useTabs } from '../state/sessions.ts';
import { closeTab, documentOf, newTab, openInTab, reopenTab, switchTab } from '../state/tabs.ts';
import { createFakeCore, fakeRouter, type FakeCore } from '../testing/fakeCore.ts';
import { createSessionKeeper, type SessionKeeper } from './sessionKeeper.ts';

const lenet = findTemplate('lenet-5')!.document;
const mnist = findTemplate('mnist-cnn')!.document;

let core: FakeCore;
let memory: Map<string, string>;
let reported: Problem[];
let stop: () => void = () => undefined;

/** A page that is loaded; the one before is gone. */
async function load(): Promise<SessionKeeper> {
  stop();
  resetSessions();
  const keeper = createSessionKeeper({
    client: createRouterClient(fakeRouter(core)).sessions,
    memory: {
      getItem: (key) => memory.get(key) ?? null,
      setItem: (key, value) => void memory.set(key, value),
    },
    report: (problems) => reported.push(...problems),
  });
  stop = keeper.start();
  await keeper.connected();
  return keeper;
}

/** The connection of the page that was there ends. */
const leave = () => core.sessions.held.clear();
const names = () => useTabs.getState().order.map((id) => documentOf(id)?.name);
const saves = () => core.calls.filter((call) => call === 'sessions.save').length;
const keptNames = () =>
  [...core.sessions.kept.values()].map(({ saved }) => (saved.document as { name: string }).name).sort();

beforeEach(() => {
  vi.useFakeTimers();
  core = createFakeCore();
  memory = new Map();
  reported = [];
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

describe('the projects of a page', () => {
  it('come back in order, with the active one, closed ones and the history', async () => {
    const page = await load();
    openInTab(lenet);
    changeParams('conv2d_1', { filters: 5 });
    openInTab(mnist);
    openInTab(emptyDocument('Third'));
    closeTab(useTabs.getState().active);
    const [first = ''] = useTabs.getState().order;
    switchTab(first);
    await page.flush();
    leave();

    await load();
    expect(names()).toEqual(['LeNet-5', 'MNIST CNN']);
    expect(useTabs.getState().active).toBe(first);
    expect(useDocument.getState().document.nodes[1]?.params).toMatchObject({ filters: 5 });
    undo();
    expect(useDocument.getState().document.nodes[1]?.params).toMatchObject({ filters: 6 });
    reopenTab();
    expect(names()).toEqual(['LeNet-5', 'MNIST CNN', 'Third']);
    expect(saves()).toBe(3);
  });

  it('leave nothing in the core where nothing was done', async () => {
    const page = await load();
    await page.flush();
    expect(core.sessions.kept.size).toBe(0);
    openInTab(lenet);
    newTab();
    await page.flush();
    expect(core.sessions.kept.size).toBe(2);
    closeTab(useTabs.getState().active);
    await page.flush();
    expect(keptNames()).toEqual(['LeNet-5']);
  });

  it('are not given to a second page, which starts empty', async () => {
    const page = await load();
    openInTab(lenet);
    await page.flush();
    // A duplicated page remembers the same window.
    await load();
    expect(names()).toEqual(['']);
    expect(keptNames()).toEqual(['LeNet-5']);
  });

  it('that another page has taken meanwhile are kept beside that one’s', async () => {
    const page = await load();
    openInTab(lenet);
    await page.flush();
    changeParams('conv2d_1', { filters: 99 });
    // The connection breaks, another page takes the window, and this one is connected again.
    await page.connected();
    expect(keptNames()).toEqual(['LeNet-5', 'LeNet-5']);
    expect(names()).toEqual(['LeNet-5']);
  });

  it('come before what was drawn while the page was connecting', async () => {
    const page = await load();
    openInTab(lenet);
    await page.flush();
    leave();
    const loading = load();
    openInTab(mnist);
    await loading;
    expect(names()).toEqual(['LeNet-5', 'MNIST CNN']);
    expect(useDocument.getState().document.name).toBe('MNIST CNN');
  });

  it('that cannot be read are said, and left as they are', async () => {
    const page = await load();
    openInTab(lenet);
    openInTab(mnist);
    await page.flush();
    leave();
    const [id, kept] = [...core.sessions.kept][0]!;
    core.sessions.kept.set(id, { ...kept, saved: { ...kept.saved, document: { ...lenet, version: 999 } } });
    await (await load()).flush();
    expect(names()).toEqual(['MNIST CNN']);
    expect(reported).toHaveLength(1);
    expect(core.sessions.kept.get(id)?.saved.document).toMatchObject({ version: 999 });
  });
});

describe('saving', () => {
  it('comes 300 ms after the last change, and every second while changes do not pause', async () => {
    await load();
    openInTab(lenet);
    await vi.advanceTimersByTimeAsync(200);
    setName('one');
    await vi.advanceTimersByTimeAsync(299);
    expect(saves()).toBe(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(saves()).toBe(1);
    for (let change = 0; change < 30; change += 1) {
      setName(`change ${String(change)}`);
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(saves()).toBeGreaterThanOrEqual(3);
  });

  it('of a view alone waits for the hand to rest', async () => {
    const page = await load();
    openInTab(lenet);
    await page.flush();
    useApp.setState({ view: { x: 1, y: 2, zoom: 1 } });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(saves()).toBe(1);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(saves()).toBe(2);
  });

  it('that is refused is tried again, says why, and goes on', async () => {
    const page = await load();
    core.refusal = [problem('empty-file')];
    openInTab(lenet);
    await vi.advanceTimersByTimeAsync(300);
    expect(page.keeping.getState()).toMatchObject({ status: 'refused', problem: { code: 'empty-file' } });
    await vi.advanceTimersByTimeAsync(60_000);
    const tries = saves();
    expect(tries).toBeGreaterThan(4);
    expect(tries).toBeLessThan(10);
    core.refusal = null;
    await vi.advanceTimersByTimeAsync(30_000);
    expect(page.keeping.getState().status).toBe('saved');
    expect(keptNames()).toEqual(['LeNet-5']);
    setName('later');
    await vi.advanceTimersByTimeAsync(300);
    expect(keptNames()).toEqual(['later']);
  });

  it('includes what changed while it was under way', async () => {
    const page = await load();
    openInTab(lenet);
    let release: () => void = () => undefined;
    core.hold = new Promise((resolve) => {
      release = resolve;
    });
    const flushed = page.flush();
    setName('later');
    core.hold = null;
    release();
    await flushed;
    expect(keptNames()).toEqual(['later']);
  });

  it('asked for once more while the order of the tabs is being told includes what changed since', async () => {
    const page = await load();
    openInTab(lenet);
    let release: () => void = () => undefined;
    void page.flush();
    while (!core.calls.includes('sessions.save')) await vi.advanceTimersByTimeAsync(0);
    core.hold = new Promise((resolve) => {
      release = resolve;
    });
    while (!core.calls.includes('sessions.arrange')) await vi.advanceTimersByTimeAsync(0);
    setName('later');
    const flushed = page.flush();
    core.hold = null;
    release();
    await flushed;
    expect(keptNames()).toEqual(['later']);
  });

  it('is not said to be over before the order of the tabs is kept too', async () => {
    const page = await load();
    openInTab(lenet);
    openInTab(mnist);
    closeTab(useTabs.getState().active);
    await page.flush();
    expect(page.keeping.getState().status).toBe('saved');
    reopenTab();
    expect(page.keeping.getState().status).toBe('saving');
    await vi.advanceTimersByTimeAsync(300);
    expect(page.keeping.getState().status).toBe('saved');
    leave();
    await load();
    expect(names()).toEqual(['LeNet-5', 'MNIST CNN']);
  });

  it('is not said to be over while something is left to save', async () => {
    const page = await load();
    openInTab(lenet);
    let release: () => void = () => undefined;
    const first = page.flush();
    while (!core.calls.includes('sessions.save')) await vi.advanceTimersByTimeAsync(0);
    core.hold = new Promise((resolve) => {
      release = resolve;
    });
    while (!core.calls.includes('sessions.arrange')) await vi.advanceTimersByTimeAsync(0);
    setName('later');
    core.hold = null;
    release();
    await first;
    expect(page.keeping.getState().status).toBe('saving');
    await vi.advanceTimersByTimeAsync(300);
    expect([page.keeping.getState().status, ...keptNames()]).toEqual(['saved', 'later']);
  });
});

describe('a project that no window has', () => {
  it('is taken into the page', async () => {
    const page = await load();
    openInTab(lenet);
    await page.flush();
    leave();
    memory.clear();
    core.sessions.windows.clear();
    const other = await load();
    expect(names()).toEqual(['']);
    const [id = ''] = core.sessions.kept.keys();
    await other.recover(id);
    expect(useDocument.getState().document.name).toBe('LeNet-5');
    await other.flush();
    leave();
    await load();
    expect(names()).toContain('LeNet-5');
  });
});
