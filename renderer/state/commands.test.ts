// @vitest-environment jsdom

import { beforeEach, describe, expect, it } from 'vitest';

import { emptyDocument, type Document } from '../../shared/document.ts';
import { fix } from '../../shared/problem.ts';
import { findTemplate } from '../../shared/templates/index.ts';
import { deepFreeze } from '../../shared/testing/networks.ts';
import { select, selectEdges, useApp } from './app.ts';
import { addLayer, appendLayer, duplicateSelected } from './addCommands.ts';
import {
  applyFix,
  arrangeLayers,
  changeParams,
  connectLayers,
  disconnectLayers,
  endGesture,
  moveLayers,
  openDocument,
  reconnect,
  redo,
  removeLayers,
  removeSelected,
  renameLayer,
  restoreDocument,
  setDataset,
  setName,
  setTraining,
  undo,
} from './commands.ts';
import { useDocument } from './document.ts';
import { selectAll } from './editing.ts';

const template = deepFreeze(findTemplate('lenet-5')!.document);
const current = (): Document => useDocument.getState().document;
const step = () => useDocument.getState().step;
const steps = () => useDocument.temporal.getState().pastStates.length;
const selected = () => [...useApp.getState().selection];
const node = (id: string) => current().nodes.find((one) => one.id === id);
const to = (id: string, x: number, y: number) => new Map([[id, { x, y }]]);

beforeEach(() => restoreDocument(template));

describe('a gesture', () => {
  it.each<[string, () => unknown]>([
    ['adding a layer', () => appendLayer('Dropout')],
    ['adding a layer in an edge', () => addLayer('Dropout', { type: 'edge', edge: current().edges[0]! })],
    ['removing several layers', () => removeLayers(new Set(['conv2d_1', 'max_pooling2d_1']))],
    [
      'moving several layers',
      () => moveLayers(new Map(current().nodes.map(({ id }) => [id, { x: 1, y: 2 }]))),
    ],
    ['arranging', () => arrangeLayers(to('conv2d_1', 5, 5))],
    ['setting a parameter', () => changeParams('conv2d_1', { filters: 7 })],
    ['naming a layer', () => renameLayer('conv2d_1', 'Eyes')],
    ['naming the project', () => setName('Mine')],
    ['changing the training', () => setTraining({ epochs: 3 })],
    ['choosing no dataset', () => setDataset(null)],
    ['removing a connection', () => disconnectLayers(current().edges.slice(0, 1))],
    ['opening a document', () => openDocument(emptyDocument('Other'))],
    [
      'duplicating several layers',
      () => {
        select(['conv2d_1', 'conv2d_2']);
        duplicateSelected();
      },
    ],
  ])('is one undo step: %s', (_name, change) => {
    change();
    const after = current();
    expect(after).not.toEqual(template);
    expect(steps()).toBe(1);
    undo();
    expect(current()).toBe(template);
    redo();
    expect(current()).toBe(after);
  });

  it('that drops a block between two others moves and connects it in one step', () => {
    restoreDocument({ ...template, edges: template.edges.filter(({ source }) => source !== 'conv2d_1') });
    const [after] = template.edges.filter(({ source }) => source === 'conv2d_1');
    moveLayers(to('conv2d_1', 0, 900), { id: 'conv2d_1', target: after!.target });
    expect(steps()).toBe(1);
    expect(node('conv2d_1')?.position).toEqual({ x: 0, y: 900 });
    expect(current().edges).toContainEqual(after);
  });
});

describe('typing in one field', () => {
  it('is one step, that goes back to what stood there before', () => {
    for (const filters of [1, 12, 128]) changeParams('conv2d_1', { filters });
    expect(steps()).toBe(1);
    expect(node('conv2d_1')?.params['filters']).toBe(128);
    undo();
    expect(current()).toBe(template);
    redo();
    expect(node('conv2d_1')?.params['filters']).toBe(128);
  });

  it('ends where the field is left', () => {
    changeParams('conv2d_1', { filters: 1 });
    endGesture();
    changeParams('conv2d_1', { filters: 12 });
    expect(steps()).toBe(2);
    undo();
    expect(node('conv2d_1')?.params['filters']).toBe(1);
  });

  it('ends where another field is typed in', () => {
    changeParams('conv2d_1', { filters: 9 });
    changeParams('conv2d_1', { strides: [2, 2] });
    changeParams('conv2d_2', { filters: 9 });
    setTraining({ epochs: 7 });
    setTraining({ batchSize: 64 });
    expect(steps()).toBe(5);
  });

  it('ends with an undo: what is typed next is a step of its own', () => {
    setName('A');
    undo();
    setName('B');
    expect(steps()).toBe(1);
    undo();
    expect(current()).toBe(template);
  });

  it('forgets what could be redone, once', () => {
    appendLayer('Dropout');
    undo();
    setName('A');
    setName('AB');
    redo();
    expect(current().name).toBe('AB');
    expect(current().nodes).toBe(template.nodes);
  });
});

describe('a change that gives the same document', () => {
  it.each<[string, () => unknown]>([
    [
      'a move that ends where it began',
      () => moveLayers(to('conv2d_1', node('conv2d_1')!.position.x, node('conv2d_1')!.position.y)),
    ],
    ['the name that it has', () => setName(` ${template.name} `)],
    ['a layer’s missing name', () => renameLayer('conv2d_1', '  ')],
    ['the removal of nothing', () => removeLayers(new Set())],
    ['the removal of a layer that is not there', () => removeLayers(new Set(['gone_1']))],
    ['the removal of no connection', () => disconnectLayers([])],
    ['a connection that is there already', () => connectLayers(current().edges[0]!)],
    ['parameters of a layer that is not there', () => changeParams('gone_1', { filters: 1 })],
    ['a duplicate of nothing', () => duplicateSelected()],
  ])('is no step: %s', (_name, change) => {
    change();
    expect(current()).toBe(template);
    expect(steps()).toBe(0);
    expect(step()).toBeNull();
  });
});

describe('the label of a step', () => {
  it('says what was done to which layer, and to how many', () => {
    changeParams('conv2d_1', { filters: 9 });
    expect(step()).toEqual({ key: 'changeParams', values: { param: 'filters', layer: 'conv2d_1' } });
    removeLayers(new Set(['conv2d_1', 'conv2d_2']));
    expect(step()).toEqual({ key: 'removeLayers', values: { count: 2, layer: 'conv2d_1' } });
    appendLayer('Dropout');
    expect(step()).toEqual({ key: 'addLayer', values: { layer: 'Dropout' } });
  });

  it('follows undo and redo', () => {
    setName('Mine');
    appendLayer('Dropout');
    undo();
    expect(step()?.key).toBe('setName');
    undo();
    expect(step()).toBeNull();
    redo();
    expect(step()?.key).toBe('setName');
  });

  it('is the fix’s own where a fix was carried out', () => {
    const mend = fix(
      'set-param',
      { type: 'setParams', nodeId: 'dense_1', params: { units: 3 } },
      { param: 'units', value: 3 },
    );
    applyFix(mend);
    expect(node('dense_1')?.params['units']).toBe(3);
    expect(step()).toEqual({ key: 'fix', fix: mend });
    expect(steps()).toBe(1);
  });
});

describe('the selection', () => {
  it('is lost with its layer, and only with it', () => {
    select(['conv2d_1', 'conv2d_2']);
    removeLayers(new Set(['conv2d_1']));
    expect(selected()).toEqual(['conv2d_2']);
  });

  it('is lost where undo or a fix takes the layer away', () => {
    const id = appendLayer('Dropout');
    expect(selected()).toEqual([id]);
    undo();
    expect(selected()).toEqual([]);
    select(['conv2d_1']);
    applyFix(fix('remove-layer', { type: 'removeNode', nodeId: 'conv2d_1' }, { layer: 'conv2d_1' }));
    expect(selected()).toEqual([]);
  });

  it('is not undone', () => {
    setName('Mine');
    select(['conv2d_2']);
    undo();
    expect(selected()).toEqual(['conv2d_2']);
  });

  it('says behind which layer the next one goes, where there is just one', () => {
    select(['conv2d_1']);
    const id = appendLayer('Dropout');
    expect(current().edges).toContainEqual({ source: 'conv2d_1', target: id });
    select(['conv2d_1', 'conv2d_2']);
    const last = appendLayer('Dropout');
    expect(current().edges.some(({ source }) => source === last)).toBe(false);
  });

  it('is all layers by one command, and is removed before selected edges are', () => {
    selectAll();
    expect(selected()).toEqual(template.nodes.map(({ id }) => id));
    selectEdges(['any']);
    removeSelected(template.edges);
    expect(current().nodes).toEqual([]);
    expect(steps()).toBe(1);
  });

  it('where it is edges alone, is removed without the layers', () => {
    removeSelected(template.edges.slice(0, 2));
    expect(current().nodes).toBe(template.nodes);
    expect(current().edges).toEqual(template.edges.slice(2));
    expect(step()).toEqual({ key: 'disconnect', values: { count: 2 } });
  });

  it('is empty after another document was opened', () => {
    select(['conv2d_1']);
    openDocument(template);
    expect(selected()).toEqual([]);
  });
});

describe('a connection', () => {
  it('that cannot be is refused with a sentence and changes nothing', () => {
    expect(connectLayers({ source: 'dense_1', target: 'conv2d_1' })?.code).toBe('connection-makes-cycle');
    expect(connectLayers({ source: 'conv2d_1', target: 'conv2d_1' })?.code).toBe('connects-to-itself');
    expect(current()).toBe(template);
    expect(steps()).toBe(0);
  });

  it('is moved to another layer as one step', () => {
    const [edge] = template.edges.filter(({ source }) => source === 'conv2d_1');
    expect(reconnect(edge!, { source: 'conv2d_1', target: 'conv2d_2' })).toBeUndefined();
    expect(current().edges).toContainEqual({ source: 'conv2d_1', target: 'conv2d_2' });
    expect(current().edges).not.toContainEqual(edge);
    expect(steps()).toBe(1);
  });

  it('stays where it is when its new end is refused', () => {
    const [edge] = template.edges.filter(({ source }) => source === 'conv2d_1');
    expect(reconnect(edge!, { source: 'conv2d_1', target: 'input_1' })?.code).toBe('takes-no-input');
    expect(current()).toBe(template);
    expect(steps()).toBe(0);
  });
});

describe('a document', () => {
  it('that is opened takes the other’s place as a step, which undo takes back', () => {
    openDocument(emptyDocument('Other'));
    expect(step()).toEqual({ key: 'open', values: { name: 'Other' } });
    undo();
    expect(current()).toBe(template);
  });

  it('that comes back as a draft has no history', () => {
    setName('Mine');
    restoreDocument(emptyDocument());
    expect(steps()).toBe(0);
    undo();
    expect(current()).toEqual(emptyDocument());
  });

  it('keeps two hundred steps', () => {
    for (let index = 1; index <= 230; index += 1) {
      setName(`Name ${index}`);
      endGesture();
    }
    expect(steps()).toBe(200);
    for (let index = 0; index < 300; index += 1) undo();
    expect(current().name).toBe('Name 30');
  });
});
