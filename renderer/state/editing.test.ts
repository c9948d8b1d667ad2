// @vitest-environment jsdom

import { beforeEach, describe, expect, it } from 'vitest';

import { layerBox } from '../../shared/graph/layerBox.ts';
import { fix } from '../../shared/problem.ts';
import { findTemplate } from '../../shared/templates/index.ts';
import { deepFreeze } from '../../shared/testing/networks.ts';
import { select, useApp } from './app.ts';
import {
  applyFix,
  arrangeLayers,
  changeParams,
  moveLayers,
  removeLayers,
  removeSelected,
  renameLayer,
  restoreDocument,
  travel,
  undo,
} from './commands.ts';
import { useDocument } from './document.ts';
import {
  alignSelected,
  bypassSelected,
  colorLayers,
  disconnectSelected,
  distributeSelected,
  dropIntoEdge,
  duplicateBy,
  jump,
  nudgeSelected,
  replaceLayer,
  selectAlong,
  selectInverted,
  selectSameKind,
  setComment,
  toggleLock,
} from './editing.ts';
import { movedByHand } from './history.ts';
import { useTalk } from './talk.ts';

const template = deepFreeze(findTemplate('lenet-5')!.document);
const current = () => useDocument.getState().document;
const steps = () => useDocument.temporal.getState().pastStates.length;
const selected = () => [...useApp.getState().selection];
const node = (id: string) => current().nodes.find((one) => one.id === id);
const saying = () => useTalk.getState().saying;
const conv = new Set(['conv2d_1']);

beforeEach(() => restoreDocument(template));

describe('a command', () => {
  it.each<[string, () => unknown]>([
    ['aligning', () => alignSelected('right', layerBox)],
    ['nudging', () => nudgeSelected({ x: 5, y: 0 })],
    ['commenting', () => setComment('conv2d_1', 'why')],
    ['colouring', () => colorLayers(conv, 'teal')],
    ['locking', () => toggleLock(conv)],
    ['replacing', () => replaceLayer('max_pooling2d_1', 'AveragePooling2D')],
    ['bypassing', bypassSelected],
    ['disconnecting', disconnectSelected],
    ['dragging a copy', () => duplicateBy(conv, { x: 0, y: 300 })],
    ['removing without closing the gap', () => removeSelected([], false)],
  ])('is one undo step, and is read out: %s', (_name, act) => {
    select(['conv2d_1', 'max_pooling2d_1', 'conv2d_2']);
    act();
    expect(current()).not.toBe(template);
    expect(steps()).toBe(1);
    expect(saying()?.type).toBe('done');
    undo();
    expect(current()).toBe(template);
    expect(saying()?.type).toBe('undone');
  });

  it('that changes nothing is no step', () => {
    // The first row of the template.
    select(['input_1', 'conv2d_1', 'max_pooling2d_1']);
    distributeSelected('horizontal');
    alignSelected('top', layerBox);
    expect(steps()).toBe(0);
  });

  it('puts a layer without wires into a wire', () => {
    select(['conv2d_1']);
    bypassSelected();
    const wire = current().edges.find(({ source }) => source === 'dense_1')!;
    dropIntoEdge('conv2d_1', { x: 7, y: 8 }, wire);
    expect(current().edges).toContainEqual({ source: 'dense_1', target: 'conv2d_1' });
    expect(node('conv2d_1')?.position).toEqual({ x: 7, y: 8 });
    expect(steps()).toBe(2);
  });

  it('of several nudges is one step', () => {
    select(['conv2d_1']);
    for (let times = 0; times < 3; times += 1) nudgeSelected({ x: 0, y: 5 });
    expect(steps()).toBe(1);
    expect(node('conv2d_1')?.position.y).toBe((template.nodes[1]?.position.y ?? 0) + 15);
  });
});

describe('a locked layer', () => {
  beforeEach(() => toggleLock(conv));

  it.each<[string, () => unknown]>([
    ['changed', () => changeParams('conv2d_1', { filters: 9 })],
    ['renamed', () => renameLayer('conv2d_1', 'Eyes')],
    ['moved', () => moveLayers(new Map([['conv2d_1', { x: 1, y: 1 }]]))],
    ['arranged', () => arrangeLayers(new Map([['conv2d_1', { x: 1, y: 1 }]]))],
    ['removed', () => removeLayers(new Set(['conv2d_1', 'conv2d_2']))],
    ['replaced', () => replaceLayer('conv2d_1', 'MaxPooling2D')],
    ['commented on', () => setComment('conv2d_1', 'why')],
    ['coloured', () => colorLayers(conv, 'rose')],
    [
      'mended',
      () => applyFix(fix('remove-layer', { type: 'removeNode', nodeId: 'conv2d_1' }, { layer: 'conv2d_1' })),
    ],
  ])('is not %s, and says so', (_name, act) => {
    const before = current();
    act();
    expect(current()).toBe(before);
    expect(saying()).toMatchObject({ type: 'refused', problem: { code: 'layer-locked' } });
  });

  it('stays while others are moved with it', () => {
    moveLayers(
      new Map([
        ['conv2d_1', { x: 1, y: 1 }],
        ['conv2d_2', { x: 2, y: 2 }],
      ]),
    );
    expect(node('conv2d_1')?.position).not.toEqual({ x: 1, y: 1 });
    expect(node('conv2d_2')?.position).toEqual({ x: 2, y: 2 });
  });

  it('is unlocked by the same command, which locks where only some are', () => {
    toggleLock(new Set(['conv2d_1', 'conv2d_2']));
    expect(node('conv2d_2')?.locked).toBe(true);
    toggleLock(new Set(['conv2d_1', 'conv2d_2']));
    expect(node('conv2d_1')?.locked).toBeUndefined();
  });
});

describe('the selection', () => {
  it('grows by kind and along the wires, and is turned round', () => {
    select(['conv2d_1']);
    selectSameKind();
    expect(selected()).toEqual(['conv2d_1', 'conv2d_2', 'conv2d_3']);
    select(['conv2d_1']);
    selectAlong('upstream');
    expect(new Set(selected())).toEqual(new Set(['conv2d_1', 'input_1']));
    selectInverted();
    expect(selected()).toHaveLength(7);
    expect(saying()).toEqual({ type: 'selected', count: 7 });
  });

  it('jumps along a wire, and says where there is none', () => {
    select(['conv2d_1']);
    expect(jump('output')).toBe('max_pooling2d_1');
    expect(selected()).toEqual(['max_pooling2d_1']);
    expect(jump('nextSibling')).toBeUndefined();
    expect(saying()?.type).toBe('noNeighbour');
  });
});

describe('the history', () => {
  it('is gone through by several steps at once, both ways, and no further than it reaches', () => {
    for (const filters of [7, 8, 9]) changeParams(`conv2d_${String(filters - 6)}`, { filters });
    const last = current();
    travel(-3);
    expect(current()).toBe(template);
    travel(2);
    expect(node('conv2d_2')?.params).toMatchObject({ filters: 8 });
    travel(99);
    expect(current()).toBe(last);
    travel(-99);
    expect(current()).toBe(template);
  });

  it('knows which layers were placed by hand, until they are arranged', () => {
    moveLayers(new Map([['conv2d_1', { x: 1, y: 1 }]]));
    expect([...movedByHand()]).toEqual(['conv2d_1']);
    arrangeLayers(new Map([['conv2d_1', { x: 9, y: 9 }]]));
    expect([...movedByHand()]).toEqual([]);
  });
});
