import { createRouterClient } from '@orpc/server';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { emptyDocument, type Document } from '../../shared/document.ts';
import type { Problem } from '../../shared/problem.ts';
import { createFakeCore, fakeRouter, type FakeCore } from '../testing/fakeCore.ts';
import { createDraftKeeper } from './draftKeeper.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A page with a document, on a core; `memory` is what its tab remembers. */
function createPage(core: FakeCore, memory = new Map<string, string>()) {
  let document: Document = emptyDocument();
  const reported: Problem[] = [];
  const keeper = createDraftKeeper({
    drafts: createRouterClient(fakeRouter(core)).drafts,
    memory: {
      getItem: (key) => memory.get(key) ?? null,
      setItem: (key, value) => void memory.set(key, value),
    },
    current: () => document,
    restore(restored) {
      document = restored;
    },
    report: (problems) => reported.push(...problems),
  });
  return {
    keeper,
    reported,
    memory,
    name: () => document.name,
    id: () => [...memory.values()][0] ?? '',
    draw(name: string) {
      document = emptyDocument(name);
      keeper.changed();
    },
  };
}
const saves = (core: FakeCore) => core.calls.filter((call) => call === 'drafts.save').length;
const savedName = (core: FakeCore, id: string) => (core.drafts.get(id) as Document | undefined)?.name;

describe('a page’s draft', () => {
  it('comes back after the page is closed', async () => {
    const core = createFakeCore();
    core.drafts.set('kept', emptyDocument('drawn yesterday'));
    const page = createPage(core);
    await page.keeper.connected();
    expect(page.name()).toBe('drawn yesterday');
    expect(page.keeper.status.getState()).toBe('saved');
    expect(saves(core)).toBe(0);
  });

  it('is saved 300 ms after the last change', async () => {
    const core = createFakeCore();
    const page = createPage(core);
    await page.keeper.connected();
    page.draw('one');
    await vi.advanceTimersByTimeAsync(200);
    page.draw('two');
    await vi.advanceTimersByTimeAsync(299);
    expect(saves(core)).toBe(0);
    expect(page.keeper.status.getState()).toBe('saving');
    await vi.advanceTimersByTimeAsync(1);
    expect(saves(core)).toBe(1);
    expect(savedName(core, page.id())).toBe('two');
    expect(page.keeper.status.getState()).toBe('saved');
  });

  it('is saved every second while changes do not pause', async () => {
    const core = createFakeCore();
    const page = createPage(core);
    await page.keeper.connected();
    for (let change = 0; change < 30; change += 1) {
      page.draw(`change ${String(change)}`);
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(saves(core)).toBeGreaterThanOrEqual(2);
  });

  it('is saved at once when the page is about to close', async () => {
    const core = createFakeCore();
    const page = createPage(core);
    await page.keeper.connected();
    page.draw('last words');
    await page.keeper.flush();
    expect(savedName(core, page.id())).toBe('last words');
  });

  it('includes what changed while it was being saved', async () => {
    const core = createFakeCore();
    const page = createPage(core);
    await page.keeper.connected();
    let release: () => void = () => undefined;
    core.hold = new Promise((resolve) => {
      release = resolve;
    });
    page.draw('one');
    const flushed = page.keeper.flush();
    page.draw('two');
    release();
    await flushed;
    expect(savedName(core, page.id())).toBe('two');
  });

  it('is kept for each of two pages apart', async () => {
    const core = createFakeCore();
    const pages = [createPage(core), createPage(core)] as const;
    for (const [index, page] of pages.entries()) {
      await page.keeper.connected();
      page.draw(`page ${String(index)}`);
      await page.keeper.flush();
    }
    expect(pages.map((page) => savedName(core, page.id()))).toEqual(['page 0', 'page 1']);
  });

  it('is kept on the screen while there is no connection, and saved when it is back', async () => {
    const core = createFakeCore();
    const page = createPage(core);
    await page.keeper.connected();
    core.refusal = [];
    page.draw('meanwhile');
    await vi.advanceTimersByTimeAsync(300);
    expect(page.keeper.status.getState()).toBe('offline');
    expect(page.name()).toBe('meanwhile');
    core.refusal = null;
    core.held.clear();
    const id = page.id();
    await page.keeper.connected();
    expect(page.id()).toBe(id);
    expect(savedName(core, id)).toBe('meanwhile');
    expect(page.keeper.status.getState()).toBe('saved');
  });

  it('does not write over a draft that another page took meanwhile', async () => {
    const core = createFakeCore();
    const page = createPage(core);
    await page.keeper.connected();
    page.draw('mine');
    await page.keeper.flush();
    const taken = page.id();
    core.drafts.set('older', emptyDocument('older'));
    page.draw('mine, changed');
    await page.keeper.connected();
    expect(page.id()).not.toBe(taken);
    expect(page.name()).toBe('mine, changed');
    expect(savedName(core, page.id())).toBe('mine, changed');
    expect(savedName(core, taken)).toBe('mine');
    expect(savedName(core, 'older')).toBe('older');
  });

  it('does not replace what was drawn before it came', async () => {
    const core = createFakeCore();
    core.drafts.set('kept', emptyDocument('drawn yesterday'));
    const page = createPage(core);
    page.draw('drawn at once');
    await page.keeper.connected();
    expect(page.name()).toBe('drawn at once');
    expect(savedName(core, page.id())).toBe('drawn at once');
    expect(savedName(core, 'kept')).toBe('drawn yesterday');
  });

  it('is left as it is when it cannot be read, and the reason is told', async () => {
    const core = createFakeCore();
    const strange = { ...emptyDocument('from the future'), version: 99 };
    core.drafts.set('kept', strange);
    const page = createPage(core);
    await page.keeper.connected();
    expect(page.reported).toMatchObject([{ code: 'newer-version' }]);
    page.draw('new');
    await page.keeper.flush();
    expect(core.drafts.get('kept')).toEqual(strange);
  });

  it('is gone when it is discarded, and does not come back by itself', async () => {
    const core = createFakeCore();
    const page = createPage(core);
    await page.keeper.connected();
    page.draw('unwanted');
    await page.keeper.flush();
    page.draw('');
    await page.keeper.discard();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(core.drafts.size).toBe(0);
  });
});
