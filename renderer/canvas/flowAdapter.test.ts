// @vitest-environment jsdom

import { describe, expect, it } from 'vitest';

import type { Document } from '../../shared/document.ts';
import { analyze } from '../../shared/graph/analyze.ts';
import { moveNodes, setParams } from '../../shared/graph/edit.ts';
import { trainingProblems } from '../../shared/graph/preflight.ts';
import { problem } from '../../shared/problem.ts';
import { findTemplate } from '../../shared/templates/index.ts';
import { network } from '../../shared/testing/networks.ts';
import { keepUnchanged } from '../state/analysis.ts';
import { createFlowAdapter, drawnWire, edgeId, inputHandles, type FlowInput } from './flowAdapter.ts';

const lenet = findTemplate('lenet-5')!.document;
const nothing: ReadonlySet<string> = new Set();
const label: FlowInput['label'] = (layer, problems) => `${layer.id} ${problems.length}`;
const edgeLabel: FlowInput['edgeLabel'] = ({ source, target }) => `${source} to ${target}`;

/** A canvas that shows one document after another, as the page does. */
function createCanvas() {
  const adapt = createFlowAdapter();
  let analysis: ReturnType<typeof analyze> | undefined;
  return (document: Document, more: Partial<FlowInput> = {}) => {
    analysis = keepUnchanged(analyze(document), analysis);
    return adapt({
      document,
      analysis,
      problems: trainingProblems(document, analysis),
      selection: nothing,
      selectedEdges: nothing,
      selectedBlock: null,
      moving: new Map(),
      pictures: true,
      label,
      edgeLabel,
      blockLabel: ({ block, count }) => `${block.id} ${count}`,
      ...more,
    });
  };
}

/** Ids of the blocks, or of the edges, that are other objects than before. */
function changed<T extends { readonly id: string }>(
  before: readonly T[],
  after: readonly T[],
): readonly string[] {
  return after.filter((item) => !before.includes(item)).map(({ id }) => id);
}

describe('blocks', () => {
  it('stay the same objects while nothing of them changes', () => {
    const show = createCanvas();
    const before = show(lenet);
    const after = show({ ...lenet, name: 'Other', training: { ...lenet.training, epochs: 9 } });
    expect(changed(before.nodes, after.nodes)).toEqual([]);
    expect(changed(before.edges, after.edges)).toEqual([]);
  });

  it('are made anew where they were moved, alone', () => {
    const show = createCanvas();
    const before = show(lenet);
    const after = show(moveNodes(lenet, new Map([['conv2d_2', { x: 9, y: 9 }]])));
    expect(changed(before.nodes, after.nodes)).toEqual(['conv2d_2']);
    expect(after.nodes.find(({ id }) => id === 'conv2d_2')?.position).toEqual({ x: 9, y: 9 });
  });

  it('are made anew where they are on their way, before the document knows it', () => {
    const show = createCanvas();
    const before = show(lenet);
    const after = show(lenet, { moving: new Map([['conv2d_2', { x: 9, y: 9 }]]) });
    expect(changed(before.nodes, after.nodes)).toEqual(['conv2d_2']);
    expect(show(lenet).nodes.find(({ id }) => id === 'conv2d_2')?.position).toEqual(
      lenet.nodes.find(({ id }) => id === 'conv2d_2')?.position,
    );
  });

  it('are made anew where they are selected or no longer', () => {
    const show = createCanvas();
    const before = show(lenet);
    const one = show(lenet, { selection: new Set(['conv2d_1']) });
    expect(changed(before.nodes, one.nodes)).toEqual(['conv2d_1']);
    const other = show(lenet, { selection: new Set(['conv2d_2']) });
    expect(changed(one.nodes, other.nodes)).toEqual(['conv2d_1', 'conv2d_2']);
    expect(other.nodes.filter(({ selected }) => selected).map(({ id }) => id)).toEqual(['conv2d_2']);
  });

  it('are made anew from a changed layer on', () => {
    const show = createCanvas();
    const before = show(lenet);
    const after = show(setParams(lenet, 'dense_2', { activation: 'linear' }));
    expect(changed(before.nodes, after.nodes)).toEqual(['dense_2']);
  });

  it('are all made anew where the largest volume changes, which all are drawn in proportion to', () => {
    const show = createCanvas();
    const before = show(lenet);
    const after = show(setParams(lenet, 'conv2d_1', { filters: 512 }));
    expect(changed(before.nodes, after.nodes)).toEqual(lenet.nodes.map(({ id }) => id));
    expect(new Set(after.nodes.map(({ data }) => data.scale)).size).toBe(1);
  });

  it('carry their own problems, errors first', () => {
    const [warning, error, other] = [
      problem('no-softmax', { layer: 'dense_2' }, { severity: 'warning', nodeId: 'dense_2' }),
      problem('missing-input', { layer: 'dense_2' }, { nodeId: 'dense_2' }),
      problem('missing-input', { layer: 'conv2d_1' }, { nodeId: 'conv2d_1' }),
    ];
    const { nodes } = createCanvas()(lenet, { problems: [other, warning, error, problem('no-dataset')] });
    const own = new Map(nodes.map(({ id, data }) => [id, data.problems]));
    expect(own.get('dense_2')).toEqual([error, warning]);
    expect(own.get('conv2d_1')).toEqual([other]);
    expect(own.get('conv2d_2')).toEqual([]);
  });

  it('say how many of all parameters are theirs', () => {
    const { nodes } = createCanvas()(lenet);
    const shares = nodes.map(({ id, data }) => [id, Number(data['share'])] as const);
    expect(shares.reduce((sum, [, share]) => sum + share, 0)).toBeCloseTo(1, 1);
    expect(new Map(shares).get('flatten_1')).toBe(0);
  });

  it('are gone with their layer', () => {
    const show = createCanvas();
    show(lenet);
    const after = show({ ...lenet, nodes: lenet.nodes.slice(0, 2), edges: lenet.edges.slice(0, 1) });
    expect(after.nodes.map(({ id }) => id)).toEqual(['input_1', 'conv2d_1']);
    expect(after.edges.map(({ id }) => id)).toEqual([edgeId(lenet.edges[0]!)]);
  });

  it('have a handle for each edge that arrives, where the edge looks for it', () => {
    const residual = findTemplate('residual-cnn')!.document;
    const { nodes, edges } = createCanvas()(residual);
    const handles = new Map(
      nodes.map(({ id, handles }) => [id, new Set(handles?.map((handle) => handle.id))]),
    );
    expect(edges).toHaveLength(residual.edges.length);
    for (const { source, sourceHandle, target, targetHandle } of edges) {
      expect(handles.get(source)).toContain(sourceHandle);
      expect(handles.get(target)).toContain(targetHandle);
    }
  });
});

describe('edges', () => {
  it('carry the shape of their source, and stay the same objects while it is the same', () => {
    const show = createCanvas();
    const before = show(lenet);
    expect(before.edges[0]?.data?.shape).toEqual([32, 32, 1]);
    const after = show(setParams(lenet, 'dense_1', { units: 85 }));
    expect(changed(before.edges, after.edges)).toEqual(['dense_1>dense_2:input_0']);
  });

  it('have no shape from where the flow breaks', () => {
    const { edges } = createCanvas()(setParams(lenet, 'conv2d_2', { kernelSize: [50, 50] }));
    const broken = edges.filter(({ data }) => data?.shape === null).map(({ source }) => source);
    expect(broken).toEqual(['conv2d_2', 'max_pooling2d_2', 'conv2d_3', 'flatten_1', 'dense_1']);
  });

  it('are made anew where they are selected', () => {
    const show = createCanvas();
    const before = show(lenet);
    const id = edgeId(lenet.edges[2]!);
    expect(changed(before.edges, show(lenet, { selectedEdges: new Set([id]) }).edges)).toEqual([id]);
  });
});

describe('handles for inputs', () => {
  const merge = (count: number) => {
    const names = Array.from({ length: count }, (_, index) => `d${index}`);
    const drawn = network(
      [
        ['x', 'Input', { shape: [4] }],
        ...names.map((id) => [id, 'Dense', { units: 4 }] as const),
        ['sum', 'Add'],
      ],
      names.map((id, index) => `${id} > sum:${index}`),
    );
    return inputHandles(drawn.nodes.at(-1)!, drawn.edges);
  };

  it('are none for an Input and one for a layer of one input', () => {
    const [input, conv] = lenet.nodes;
    expect(inputHandles(input!, [])).toEqual([]);
    expect(inputHandles(conv!, lenet.edges.slice(0, 1))).toEqual(['input_0']);
  });

  it('are one for each edge of a merging layer and a free one, in the order of their numbers', () => {
    expect(merge(0)).toEqual(['input_0']);
    expect(merge(2)).toEqual(['input_0', 'input_1', 'input_2']);
    expect(merge(11)).toEqual(Array.from({ length: 12 }, (_, index) => `input_${index}`));
  });
});

describe('a wire that was drawn', () => {
  it('means the same from either end', () => {
    const output = { id: 'output', type: 'source' } as const;
    const input = { id: 'input_1', type: 'target' } as const;
    const forwards = drawnWire('a', output, 'b', input);
    const backwards = drawnWire('b', input, 'a', output);
    expect(forwards).toEqual({
      source: 'a',
      sourceHandle: 'output',
      target: 'b',
      targetHandle: 'input_1',
    });
    expect(backwards).toEqual(forwards);
  });
});

describe('blocks that are coloured by a measure', () => {
  it('have more of the colour the more they have of it, and none where they have none', () => {
    const heatOf = (id: string) =>
      createCanvas()(lenet, { heat: 'parameters' }).nodes.find((node) => node.id === id)?.data.heat;
    expect(heatOf('conv2d_3')).toBe(1);
    expect(heatOf('conv2d_1')).toBe(0);
    expect(heatOf('max_pooling2d_1')).toBeNull();
  });

  it('lose it when it is switched off', () => {
    const show = createCanvas();
    show(lenet, { heat: 'macs' });
    expect(show(lenet).nodes.every(({ data }) => data.heat === null)).toBe(true);
  });
});
