// @vitest-environment jsdom

import { createRouterClient } from '@orpc/server';
import type { TFunction } from 'i18next';
import fc from 'fast-check';
import { expect, it } from 'vitest';

import type { Document } from '../../shared/document.ts';
import { problem } from '../../shared/problem.ts';
import { findTemplate } from '../../shared/templates/index.ts';
import { saveAll, saveProject } from '../shell/projectFiles.ts';
import { endGesture, setName, undo } from '../state/commands.ts';
import { isSessionEdited } from '../state/file.ts';
import { resetSessions, sessionOf, useTabs } from '../state/sessions.ts';
import { closeTab, openInTab, reopenTab, switchTab } from '../state/tabs.ts';
import { createFakeCore, fakeRouter, type FakeCore } from '../testing/fakeCore.ts';
import { createFakeHost } from '../testing/fakeHost.ts';
import type { Host } from './host.ts';
import { createSessionKeeper, type SessionKeeper } from './sessionKeeper.ts';

const lenet = findTemplate('lenet-5')!.document;
const t = ((key: string) => key) as TFunction;

/** A project as it must be: every name that it had, where it stands among them, and the name that its file has. */
interface Project {
  readonly versions: string[];
  at: number;
  saved: string;
}

/** What must be there, whatever happened. */
interface Model {
  order: Project[];
  closed: Project[];
  active: number;
}

/** The page and the core under it. */
class Page {
  readonly core: FakeCore = createFakeCore();
  readonly memory = new Map<string, string>();
  keeper!: SessionKeeper;
  private stop: () => void = () => undefined;
  projects = 0;

  host(): Host {
    const host = createFakeHost(this.core).host;
    return {
      ...host,
      saveProject: (document: Document) =>
        Promise.resolve({ fileToken: `file-${document.name.replace(/\W/g, '')}`, fileName: document.name }),
    };
  }

  async load(): Promise<void> {
    this.stop();
    resetSessions();
    const { core, memory } = this;
    this.keeper = createSessionKeeper({
      client: createRouterClient(fakeRouter(core)).sessions,
      memory: {
        getItem: (key) => memory.get(key) ?? null,
        setItem: (key, value) => void memory.set(key, value),
      },
      report: (problems) => expect(problems).toEqual([]),
    });
    this.stop = this.keeper.start();
    await this.keeper.connected();
  }

  end(): void {
    this.stop();
  }
}

function check(model: Model): void {
  const { order, closed, active } = useTabs.getState();
  const seen = (ids: readonly string[]) =>
    ids.flatMap((id) => {
      const session = sessionOf(id);
      if (session === undefined || session.state.document.nodes.length === 0) return [];
      return [{ name: session.state.document.name, edited: isSessionEdited(session) }];
    });
  const wanted = (projects: readonly Project[]) =>
    projects.map(({ versions, at, saved }) => ({ name: versions[at], edited: versions[at] !== saved }));
  expect(seen(order)).toEqual(wanted(model.order));
  expect(seen(closed)).toEqual(wanted(model.closed));
  const shown = model.order[model.active];
  if (shown !== undefined) expect(sessionOf(active)?.state.document.name).toBe(shown.versions[shown.at]);
}

type Step = (model: Model, page: Page) => Promise<void> | void;

const steps: Readonly<Record<string, Step>> = {
  open(model, page) {
    const name = `P${String((page.projects += 1))}`;
    openInTab({ ...lenet, name });
    const at = model.order.length === 0 ? 0 : model.active + 1;
    model.order.splice(at, 0, { versions: [name], at: 0, saved: name });
    model.active = at;
  },
  edit(model, page) {
    const shown = model.order[model.active];
    if (shown === undefined) return;
    const name = `N${String((page.projects += 1))}`;
    setName(name);
    // The field is left: what comes next is a step of its own.
    endGesture();
    shown.versions.splice(shown.at + 1, Infinity, name);
    shown.at += 1;
  },
  undo(model) {
    const shown = model.order[model.active];
    // Behind the first version is what the tab was before something was opened in it.
    if (shown === undefined || shown.at === 0) return;
    undo();
    shown.at -= 1;
  },
  async save(model, page) {
    const shown = model.order[model.active];
    if (shown === undefined) return;
    await saveProject(t, page.host());
    shown.saved = shown.versions[shown.at] ?? '';
  },
  async saveAll(model, page) {
    expect(await saveAll(t, page.host())).toBe(true);
    const edited = model.order.filter(({ versions, at, saved }) => versions[at] !== saved);
    const last = edited.at(-1);
    for (const project of edited) project.saved = project.versions[project.at] ?? '';
    if (last !== undefined) model.active = model.order.indexOf(last);
  },
  switch(model) {
    if (model.order.length === 0) return;
    model.active = (model.active + 1) % model.order.length;
    const { order } = useTabs.getState();
    switchTab(order[model.active] ?? '');
  },
  close(model) {
    if (model.order.length === 0) return;
    closeTab(useTabs.getState().active);
    const [gone] = model.order.splice(model.active, 1);
    if (gone !== undefined) model.closed.unshift(gone);
    model.active = Math.max(0, Math.min(model.active, model.order.length - 1));
  },
  reopen(model) {
    const [back] = model.closed;
    if (back === undefined) return;
    model.closed.shift();
    // An empty tab that stands for none is in the way of nobody, but stays.
    reopenTab();
    model.order.push(back);
    model.active = model.order.length - 1;
    for (const id of useTabs.getState().order) {
      if (sessionOf(id)?.state.document.nodes.length === 0) closeTab(id);
    }
  },
  async reload(_model, page) {
    await page.keeper.flush();
    page.core.sessions.held.clear();
    await page.load();
  },
  /** The browser is gone, with all that it remembered for the page. */
  async kill(_model, page) {
    await page.keeper.flush();
    page.core.sessions.held.clear();
    page.memory.clear();
    await page.load();
  },
  /** The disk is full, and has room again. */
  async refusedOnce(_model, page) {
    page.core.refusal = [problem('disk-full', { path: 'x', free: 0, needed: 1 })];
    await page.keeper.flush();
    page.core.refusal = null;
  },
  async secondWindow(_model, page) {
    const other = createSessionKeeper({
      client: createRouterClient(fakeRouter(page.core)).sessions,
      memory: { getItem: () => null, setItem: () => undefined },
      report: () => undefined,
    });
    const before = useTabs.getState();
    await other.connected();
    // It is given nothing of this window's.
    expect(useTabs.getState()).toBe(before);
    const { windowId } = other.keeping.getState();
    expect(windowId).not.toBe(page.keeper.keeping.getState().windowId);
    page.core.sessions.windows.delete(windowId ?? '');
    page.core.sessions.held.delete(windowId ?? '');
  },
};

it('whatever is done with projects, all of them are there afterwards as they were left', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...Object.keys(steps)), { minLength: 5, maxLength: 40 }),
      async (names) => {
        const page = new Page();
        await page.load();
        const model: Model = { order: [], closed: [], active: 0 };
        for (const name of [...names, 'kill']) {
          await steps[name]?.(model, page);
          check(model);
        }
        page.end();
      },
    ),
    { numRuns: 200 },
  );
}, 60_000);
