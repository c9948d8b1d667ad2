// @vitest-environment jsdom

import { beforeEach, expect, it, vi } from 'vitest';

import { emptyDocument, type Document } from '../../shared/document.ts';
import { findTemplate } from '../../shared/templates/index.ts';
import { changeParams, restoreDocument } from '../state/commands.ts';
import { useDocument } from '../state/document.ts';
import { closeTab, documentOf, firstTab, openInTab, useTabs } from '../state/tabs.ts';
import { createFakeCore, type FakeCore } from '../testing/fakeCore.ts';
import { createFakeHost } from '../testing/fakeHost.ts';
import { createTabDrafts } from './tabDrafts.ts';

const lenet = findTemplate('lenet-5')!.document;
const mnist = findTemplate('mnist-cnn')!.document;

let core: FakeCore;
let memory: Map<string, string>;

function page() {
  useTabs.setState({ tabs: [{ id: firstTab, parked: null }], active: firstTab, closed: [] });
  restoreDocument(emptyDocument());
  core.held.clear();
  const storage = {
    getItem: (key: string) => memory.get(key) ?? null,
    setItem: (key: string, value: string) => void memory.set(key, value),
  };
  return createTabDrafts(createFakeHost(core).host.client.drafts, storage, () => undefined);
}

beforeEach(() => {
  core = createFakeCore();
  memory = new Map();
});

const savedNames = () => [...core.drafts.values()].map((draft) => (draft as Document).name).sort();

it('keeps each tab in a draft of its own, and brings all of them back in a page that is loaded anew', async () => {
  const before = page();
  await before.connected();
  openInTab(lenet);
  openInTab(mnist);
  changeParams('conv2d_1', { filters: 5 });
  before.flush();
  await vi.waitFor(() => expect(savedNames()).toEqual(['LeNet-5', 'MNIST CNN']));
  before.stop();

  const after = page();
  await after.connected();
  expect(useTabs.getState().tabs.map(({ id }) => documentOf(id).name)).toEqual(['LeNet-5', 'MNIST CNN']);
  expect(useDocument.getState().document.nodes[1]?.params).toMatchObject({ filters: 5 });
  expect(after.status.getState()).toBe('saved');
  after.stop();
});

it('keeps a tab that was closed', async () => {
  const drafts = page();
  await drafts.connected();
  openInTab(lenet);
  openInTab(mnist);
  closeTab(firstTab);
  drafts.flush();
  await vi.waitFor(() => expect(savedNames()).toEqual(['LeNet-5', 'MNIST CNN']));
  drafts.stop();
});

it('gives a new tab nothing that another page left', async () => {
  core.drafts.set('theirs', lenet);
  memory.set('convas-draft', 'mine');
  const drafts = page();
  await drafts.connected();
  openInTab(mnist);
  openInTab(emptyDocument('New'));
  await vi.waitFor(() => expect(drafts.status.getState()).toBe('saved'));
  expect(useDocument.getState().document.name).toBe('New');
  drafts.stop();
});
