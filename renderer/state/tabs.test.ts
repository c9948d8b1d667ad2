// @vitest-environment jsdom

import { beforeEach, describe, expect, it } from 'vitest';

import { emptyDocument, type Document } from '../../shared/document.ts';
import { findTemplate } from '../../shared/templates/index.ts';
import { select, useApp } from './app.ts';
import { addLayer } from './addCommands.ts';
import { changeParams, openDocument, redo, restoreDocument, undo } from './commands.ts';
import { useDocument } from './document.ts';
import { savedAs, useFile } from './file.ts';
import { resetSessions } from './sessions.ts';
import {
  closeTab,
  documentOf,
  isTabEdited,
  moveTab,
  newTab,
  nextTab,
  openInTab,
  reopenTab,
  showFile,
  switchTab,
  tabSaved,
  useTabs,
} from './tabs.ts';

const lenet = findTemplate('lenet-5')!.document;
const mnist = findTemplate('mnist-cnn')!.document;
const current = () => useDocument.getState().document;
const firstTab = 'first';
const ids = () => useTabs.getState().order;
const active = () => useTabs.getState().active;
const names = () => ids().map((id) => documentOf(id)?.name);
const filters = () => current().nodes.find(({ id }) => id === 'conv2d_1')?.params['filters'];

beforeEach(() => {
  resetSessions(firstTab);
  restoreDocument(emptyDocument());
});

describe('opening', () => {
  it('takes the tab on the screen where that is empty, else one of its own beside it', () => {
    openInTab(lenet);
    expect(ids()).toEqual([firstTab]);
    openInTab(mnist);
    expect(names()).toEqual(['LeNet-5', 'MNIST CNN']);
    switchTab(firstTab);
    openInTab(emptyDocument('Third'));
    expect(names()).toEqual(['LeNet-5', 'Third', 'MNIST CNN']);
    expect(current().name).toBe('Third');
  });
});

describe('each tab', () => {
  it('has its own document, history, selection, view and file', () => {
    openInTab(lenet);
    changeParams('conv2d_1', { filters: 7 });
    savedAs(current(), 'token');
    select(['conv2d_1']);
    useApp.setState({ view: { x: 1, y: 2, zoom: 0.5 } });
    openInTab(mnist);
    changeParams('conv2d_1', { filters: 99 });
    expect(useFile.getState().fileToken).toBeNull();
    undo();

    switchTab(firstTab);
    expect(filters()).toBe(7);
    expect([...useApp.getState().selection]).toEqual(['conv2d_1']);
    expect(useFile.getState().fileToken).toBe('token');
    expect(useApp.getState().reveal?.what).toEqual({ x: 1, y: 2, zoom: 0.5 });
    undo();
    expect(filters()).toBe(6);

    nextTab(1);
    expect(current()).toBe(mnist);
    redo();
    expect(filters()).toBe(99);
  });

  it('is not changed by switching to it: there is no step', () => {
    openInTab(lenet);
    newTab();
    switchTab(firstTab);
    expect(useDocument.temporal.getState().pastStates).toHaveLength(1);
    addLayer('Dropout');
    undo();
    expect(current()).toBe(lenet);
  });

  it('says whether it is in a file', () => {
    openInTab(lenet);
    openInTab(mnist);
    changeParams('conv2d_1', { filters: 99 });
    expect(ids().map(isTabEdited)).toEqual([false, true]);
    switchTab(firstTab);
    expect(ids().map(isTabEdited)).toEqual([false, true]);
  });

  it('is told to be saved also after another came onto the screen', () => {
    openInTab(lenet);
    changeParams('conv2d_1', { filters: 9 });
    const [before, document] = [useFile.getState(), current()];
    newTab();
    tabSaved(firstTab, before, { fileToken: 'token', saved: document });
    expect(useFile.getState().fileToken).toBeNull();
    expect(showFile('token')).toBe(true);
    expect(active()).toBe(firstTab);
    expect(ids().map(isTabEdited)).toEqual([false, false]);
    expect(showFile('another')).toBe(false);
  });
});

describe('closing', () => {
  it('shows the neighbour, and the tab comes back as it was', () => {
    openInTab(lenet);
    changeParams('conv2d_1', { filters: 7 });
    openInTab(mnist);
    switchTab(firstTab);
    closeTab(firstTab);
    expect(names()).toEqual(['MNIST CNN']);
    expect(current()).toBe(mnist);
    reopenTab();
    expect(names()).toEqual(['MNIST CNN', 'LeNet-5']);
    expect(filters()).toBe(7);
    undo();
    expect(filters()).toBe(6);
  });

  it('of the last tab leaves an empty one', () => {
    openInTab(lenet);
    closeTab(firstTab);
    expect(ids()).toHaveLength(1);
    expect(current().nodes).toHaveLength(0);
    reopenTab();
    expect(current()).toBe(lenet);
  });

  it('of an empty tab leaves nothing to come back', () => {
    openInTab(lenet);
    newTab();
    closeTab(active());
    expect(useTabs.getState().closed).toHaveLength(0);
    reopenTab();
    expect(ids()).toEqual([firstTab]);
  });
});

it('tabs are put in another order', () => {
  openInTab(lenet);
  openInTab(mnist);
  moveTab(firstTab, 1);
  expect(names()).toEqual(['MNIST CNN', 'LeNet-5']);
  moveTab(firstTab, 99);
  expect(names()).toEqual(['MNIST CNN', 'LeNet-5']);
});

describe('a document that is opened', () => {
  /** LeNet-5 with its first convolutions in a linked block, and one whose layer was taken out of it. */
  const linked = (withBlock: boolean): Document => ({
    ...lenet,
    blocks: [
      { id: 'block_1', name: 'Part', position: { x: 0, y: 0 }, link: 'link_1' },
      { id: 'block_2', name: 'Part', position: { x: 0, y: 0 }, link: 'link_1' },
    ],
    nodes: lenet.nodes.map((node) =>
      node.id === 'conv2d_1'
        ? { ...node, block: 'block_1', part: 'a' }
        : node.id === 'conv2d_2' && withBlock
          ? { ...node, block: 'block_2', part: 'a' }
          : node,
    ),
  });

  it('is taken as it is, whatever was there before: it is not edited, and undo gives back what was there', () => {
    openDocument(linked(true));
    const before = current();
    const opened = linked(false);
    openDocument(opened);
    expect(current()).toBe(opened);
    expect(isTabEdited(active())).toBe(false);
    undo();
    expect(current()).toBe(before);
    redo();
    expect(current()).toBe(opened);
  });
});
