import { describe, expect, it } from 'vitest';

import { readDocument, type Document } from '../../document.ts';
import { layers } from '../../layers/index.ts';
import { chain, deepFreeze, network } from '../../testing/networks.ts';
import { markNodes } from './marks.ts';
import {
  bypassNodes,
  disconnectNodes,
  fitsIntoEdge,
  putIntoEdge,
  replaceNode,
  replacementsFor,
} from './rewire.ts';

const input = ['input_1', 'Input', { shape: [8, 8, 2] }] as const;
const edges = (from: Document) =>
  from.edges.map(
    ({ source, target, targetHandle }) =>
      `${source} > ${target}${targetHandle === undefined ? '' : `:${targetHandle.slice(6)}`}`,
  );
const line = deepFreeze(
  chain(
    input,
    ['conv2d_1', 'Conv2D', { filters: 7, kernelSize: 3, strides: 2, padding: 'same', activation: 'relu' }],
    ['max_pooling2d_1', 'MaxPooling2D', { poolSize: 2 }],
    ['flatten_1', 'Flatten'],
  ),
);
const fork = deepFreeze(
  network(
    [
      input,
      ['a', 'Dropout', { rate: 0.1 }],
      ['b', 'Dropout', { rate: 0.2 }],
      ['add_1', 'Add'],
      ['flatten_1', 'Flatten'],
    ],
    ['input_1 > a', 'input_1 > b', 'a > add_1:0', 'b > add_1:1', 'add_1 > flatten_1'],
  ),
);

describe('replacing a layer', () => {
  it('keeps its wires and place, and gives an id of the new kind', () => {
    const { document, id } = replaceNode(line, 'max_pooling2d_1', 'AveragePooling2D');
    expect(id).toBe('average_pooling2d_1');
    expect(edges(document)).toEqual([
      'input_1 > conv2d_1',
      'conv2d_1 > average_pooling2d_1',
      'average_pooling2d_1 > flatten_1',
    ]);
    expect(document.nodes.map((node) => node.position)).toEqual(line.nodes.map((node) => node.position));
    expect(readDocument(document).ok).toBe(true);
  });

  it('keeps the values that both kinds have, and takes the others of the new kind', () => {
    const { document, id } = replaceNode(line, 'conv2d_1', 'MaxPooling2D');
    const { params } = document.nodes.find((node) => node.id === id)!;
    expect(params).toMatchObject({ strides: [2, 2], padding: 'same', poolSize: [2, 2] });
    expect(params).not.toHaveProperty('filters');
  });

  it('keeps an id that somebody chose, the name and the marks', () => {
    const marked = markNodes(fork, new Set(['a']), { comment: 'why', color: 'rose' });
    const { document, id } = replaceNode(marked, 'a', 'BatchNormalization');
    expect(id).toBe('a');
    expect(document.nodes.find((node) => node.id === 'a')).toMatchObject({ comment: 'why', color: 'rose' });
  });

  it('keeps the first wire alone where the new kind takes one', () => {
    const { document, id } = replaceNode(fork, 'add_1', 'Dropout');
    expect(edges(document)).toEqual(['input_1 > a', 'input_1 > b', `a > ${id}`, `${id} > flatten_1`]);
    expect(readDocument(document).ok).toBe(true);
  });

  it('gives its wire a place where the new kind takes several', () => {
    const { document } = replaceNode(fork, 'a', 'Concatenate');
    expect(edges(document)).toContain('input_1 > a:0');
  });

  it('lets go of weights that other layers shared with it', () => {
    const sharing = {
      ...line,
      nodes: [...line.nodes, { ...line.nodes[1]!, id: 'other', sharedWith: 'conv2d_1' }],
    };
    const { document } = replaceNode(sharing, 'conv2d_1', 'MaxPooling2D');
    expect(document.nodes.find(({ id }) => id === 'other')).not.toHaveProperty('sharedWith');
  });

  it('by the same kind, or of a layer that is not there, changes nothing', () => {
    expect(replaceNode(line, 'conv2d_1', 'Conv2D').document).toBe(line);
    expect(replaceNode(line, 'nobody', 'Conv2D').document).toBe(line);
  });

  it('is offered for kinds that take data where this one does', () => {
    const kinds = replacementsFor(line, 'conv2d_1', [...layers.keys()]);
    expect(kinds).toContain('MaxPooling2D');
    expect(kinds).not.toContain('Conv2D');
    expect(kinds).not.toContain('Input');
  });
});

describe('bypassing', () => {
  it('lets data pass by a layer, which stays without wires', () => {
    const document = bypassNodes(line, new Set(['conv2d_1', 'max_pooling2d_1']));
    expect(edges(document)).toEqual(['input_1 > flatten_1']);
    expect(document.nodes).toBe(line.nodes);
  });

  it('of a layer without wires changes nothing', () => {
    const apart = bypassNodes(line, new Set(['conv2d_1']));
    expect(bypassNodes(apart, new Set(['conv2d_1']))).toBe(apart);
  });
});

it('disconnecting takes all wires of the layers, and no other', () => {
  expect(edges(disconnectNodes(fork, new Set(['a'])))).toEqual([
    'input_1 > b',
    'b > add_1:1',
    'add_1 > flatten_1',
  ]);
});

describe('putting a layer that is there into a wire', () => {
  const apart = bypassNodes(fork, new Set(['a']));
  const wire = apart.edges.find(({ source }) => source === 'add_1')!;

  it('goes between both ends', () => {
    expect(edges(putIntoEdge(apart, 'a', wire))).toContain('add_1 > a');
    expect(edges(putIntoEdge(apart, 'a', wire))).toContain('a > flatten_1');
  });

  it('is for layers without wires that take data', () => {
    expect(fitsIntoEdge(fork, 'b', wire)).toBe(false);
    expect(fitsIntoEdge(apart, 'input_1', wire)).toBe(false);
    expect(putIntoEdge(fork, 'b', wire)).toBe(fork);
  });
});
