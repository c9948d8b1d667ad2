// @vitest-environment jsdom

import { describe, expect, it } from 'vitest';

import type { Document } from '../../shared/document.ts';
import { analyze } from '../../shared/graph/analyze.ts';
import { framePadding, setCollapsed } from '../../shared/graph/blockFrames.ts';
import { setParams } from '../../shared/graph/edit.ts';
import { trainingProblems } from '../../shared/graph/preflight.ts';
import { repeatBlock } from '../../shared/graph/repeatBlock.ts';
import { chain } from '../../shared/testing/blockDocuments.ts';
import { createFlowAdapter, type FlowInput } from '../canvas/flowAdapter.ts';
import { blockWidth } from '../canvas/blockSize.ts';
import { keepUnchanged } from '../state/analysis.ts';

const open = chain(4, { one: [2, 3] });
const closed = setCollapsed(open, 'one', true);
const repeated = repeatBlock(closed, 'one', 3);
const row = repeated.ok ? repeated.value : closed;

function createCanvas() {
  const adapt = createFlowAdapter();
  let analysis: ReturnType<typeof analyze> | undefined;
  return (document: Document, more: Partial<FlowInput> = {}) => {
    analysis = keepUnchanged(analyze(document), analysis);
    return adapt({
      document,
      analysis,
      problems: trainingProblems(document, analysis),
      selection: new Set(),
      selectedEdges: new Set(),
      selectedBlock: null,
      moving: new Map(),
      pictures: true,
      label,
      edgeLabel,
      blockLabel,
      ...more,
    });
  };
}
const label: FlowInput['label'] = (layer) => layer.id;
const edgeLabel: FlowInput['edgeLabel'] = ({ source, target }) => `${source} to ${target}`;
const blockLabel: FlowInput['blockLabel'] = ({ block, count, shape, collapsed }) =>
  `${block.name}, ${count} layers, ${shape?.join()}, ${collapsed ? 'collapsed' : 'expanded'}`;

describe('a collapsed block on the canvas', () => {
  it('stands there for its layers, with a handle where each wire arrives', () => {
    const { nodes, edges } = createCanvas()(closed);
    expect(nodes.map(({ id, type }) => [id, type])).toEqual([
      ['input_1', 'block'],
      ['layer_1', 'block'],
      ['layer_4', 'block'],
      ['block:one', 'collapsed'],
    ]);
    const block = nodes.at(-1);
    expect(block?.handles?.map(({ id }) => id)).toEqual(['from:layer_1', 'out:layer_3']);
    expect(block?.ariaLabel).toBe('one, 2 layers, 8,8,4, collapsed');
    expect(edges.map(({ ariaLabel }) => ariaLabel)).toEqual([
      'input_1 to layer_1',
      'layer_1 to one',
      'one to layer_4',
    ]);
  });

  it('says what its layers come to, and which of how many linked blocks it is', () => {
    const block = createCanvas()(row).nodes.find(({ id }) => id === 'block:block_1');
    expect(block?.data).toMatchObject({ params: 32, number: 2, of: 3, count: 2, shape: [8, 8, 4] });
  });

  it('shows the first error inside', () => {
    const wrong = {
      ...closed,
      nodes: closed.nodes.map((node) =>
        node.id === 'layer_3' ? { ...node, kind: 'BatchNormalization', params: { axis: 7 } } : node,
      ),
    };
    const block = createCanvas()(wrong).nodes.find(({ type }) => type === 'collapsed');
    expect(block?.data).toMatchObject({ problem: { nodeId: 'layer_3', severity: 'error' } });
  });

  it('is selected with all its layers, and marked where one of them is', () => {
    const show = (...ids: string[]) =>
      createCanvas()(closed, { selection: new Set(ids) }).nodes.find(({ type }) => type === 'collapsed');
    expect(show('layer_2', 'layer_3')).toMatchObject({ selected: true, data: { holdsSelected: false } });
    expect(show('layer_2')).toMatchObject({ selected: false, data: { holdsSelected: true } });
  });

  it('stays the same object while nothing of it changes', () => {
    const show = createCanvas();
    const before = show(row);
    const after = show(setParams(row, 'layer_1', { momentum: 0.5 }));
    const kept = (flow: typeof before) => flow.nodes.filter(({ type }) => type === 'collapsed');
    expect(kept(after)).toHaveLength(3);
    kept(after).forEach((node, index) => expect(node).toBe(kept(before)[index]));
    expect(after.edges.every((edge, index) => edge === before.edges[index])).toBe(true);
  });
});

describe('the frame of an expanded block', () => {
  it('lies behind its layers, with room around them', () => {
    const [frame, ...others] = createCanvas()(open).nodes;
    expect(frame).toMatchObject({
      id: 'block:one',
      type: 'frame',
      position: { x: 540, y: -62 },
      // From the first of the two, which `chain` sets 280 apart, to the end of the second.
      width: 280 + blockWidth + framePadding.left + framePadding.right,
      selectable: false,
    });
    expect(others).toHaveLength(5);
  });

  it('stays while one of its layers is dragged, and goes along where all are', () => {
    const still = createCanvas()(open).nodes[0];
    const moving = new Map([['layer_3', { x: 900, y: 50 }]]);
    expect(createCanvas()(open, { moving }).nodes[0]).toEqual(still);
    moving.set('layer_2', { x: 620, y: 50 });
    expect(createCanvas()(open, { moving }).nodes[0]).toMatchObject({ position: { x: 600, y: -12 } });
  });
});
