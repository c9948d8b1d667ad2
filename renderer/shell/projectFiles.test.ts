// @vitest-environment jsdom

import { beforeEach, describe, expect, it } from 'vitest';

import type { TFunction } from 'i18next';

import type { Document } from '../../shared/document.ts';
import { findTemplate } from '../../shared/templates/index.ts';
import type { Host } from '../host/host.ts';
import { setName } from '../state/commands.ts';
import { resetSessions, useTabs } from '../state/sessions.ts';
import { isTabEdited, newTab, openInTab, switchTab } from '../state/tabs.ts';
import { createFakeCore } from '../testing/fakeCore.ts';
import { createFakeHost } from '../testing/fakeHost.ts';
import { saveAll } from './projectFiles.ts';

const lenet = findTemplate('lenet-5')!.document;
const t = ((key: string) => key) as TFunction;
const order = () => useTabs.getState().order;

let saved: string[];

function host(answer: (document: Document) => { fileToken: string; fileName: string } | null): Host {
  return {
    ...createFakeHost(createFakeCore()).host,
    saveProject(document) {
      const file = answer(document);
      if (file !== null) saved.push(document.name);
      return Promise.resolve(file);
    },
  };
}

function openEdited(name: string): void {
  openInTab(lenet);
  setName(name);
}

beforeEach(() => {
  resetSessions();
  saved = [];
});

describe('saving all projects before a window closes', () => {
  it.each([0, 1, 2, 3])('writes every edited one, whichever is on the screen: tab %i', async (shown) => {
    for (const name of ['one', 'two', 'three']) openEdited(name);
    newTab();
    switchTab(order()[shown] ?? '');
    const all = await saveAll(
      t,
      host(({ name }) => ({ fileToken: name, fileName: name })),
    );
    expect(all).toBe(true);
    expect([...saved].sort()).toEqual(['one', 'three', 'two']);
    expect(order().some(isTabEdited)).toBe(false);
  });

  it('ends where the user wants one nowhere, and shows that one', async () => {
    for (const name of ['one', 'two', 'three']) openEdited(name);
    const all = await saveAll(
      t,
      host(({ name }) => (name === 'two' ? null : { fileToken: name, fileName: name })),
    );
    expect(all).toBe(false);
    expect(saved).toEqual(['one']);
    expect(order().indexOf(useTabs.getState().active)).toBe(1);
    expect(order().map(isTabEdited)).toEqual([false, true, true]);
  });
});
