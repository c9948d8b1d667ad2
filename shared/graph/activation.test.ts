import { describe, expect, it } from 'vitest';

import { emptyDocument, type Document } from '../document.ts';
import { analyze } from './analyze.ts';
import {
  activationPiece,
  foldActivation,
  hostOfActivation,
  splitActivation,
  takesActivation,
} from './activation.ts';

const at = (x: number) => ({ x, y: 0 });
const drawn: Document = {
  ...emptyDocument(),
  nodes: [
    { id: 'input_1', kind: 'Input', params: { shape: [8, 8, 1] }, position: at(0) },
    {
      id: 'conv2d_1',
      kind: 'Conv2D',
      params: { filters: 4, kernelSize: [3, 3], activation: 'linear' },
      position: at(280),
    },
    { id: 'activation_1', kind: 'Activation', params: { activation: 'tanh' }, position: at(560) },
    { id: 'flatten_1', kind: 'Flatten', params: {}, position: at(840) },
  ],
  edges: [
    { source: 'input_1', target: 'conv2d_1' },
    { source: 'conv2d_1', target: 'activation_1' },
    { source: 'activation_1', target: 'flatten_1' },
  ],
};
const activationOf = (document: Document, id: string) =>
  document.nodes.find((node) => node.id === id)?.params['activation'];

describe('an activation', () => {
  it('is a piece that a layer without one can take', () => {
    expect(activationPiece('Activation', { activation: 'tanh' })).toBe('tanh');
    expect(activationPiece('Dropout', { rate: 0.5 })).toBeNull();
    expect(drawn.nodes.filter(takesActivation).map(({ id }) => id)).toEqual(['conv2d_1']);
  });

  it('goes into the layer that feeds it, and the chain closes', () => {
    const folded = foldActivation(drawn, 'activation_1');
    expect(folded.nodes.map(({ id }) => id)).toEqual(['input_1', 'conv2d_1', 'flatten_1']);
    expect(activationOf(folded, 'conv2d_1')).toBe('tanh');
    expect(folded.edges).toContainEqual({ source: 'conv2d_1', target: 'flatten_1' });
  });

  it('stays where another layer reads what it is put on, or where there is an activation already', () => {
    const read = { ...drawn, edges: [...drawn.edges, { source: 'conv2d_1', target: 'flatten_2' }] };
    expect(hostOfActivation(read, 'activation_1')).toBeUndefined();
    expect(foldActivation(read, 'activation_1')).toBe(read);
    const taken = foldActivation(drawn, 'activation_1');
    expect(foldActivation(taken, 'conv2d_1')).toBe(taken);
  });

  it('comes out again as a layer of its own, for all that reads the layer', () => {
    const folded = foldActivation(drawn, 'activation_1');
    const split = splitActivation(folded, 'conv2d_1');
    expect(activationOf(split, 'conv2d_1')).toBe('linear');
    expect(activationOf(split, 'activation_1')).toBe('tanh');
    expect(analyze(split).layers.get('flatten_1')?.inputIds).toEqual(['activation_1']);

    const branched = {
      ...folded,
      nodes: [...folded.nodes, { id: 'flatten_2', kind: 'Flatten', params: {}, position: at(840) }],
      edges: [...folded.edges, { source: 'conv2d_1', target: 'flatten_2' }],
    };
    const both = splitActivation(branched, 'conv2d_1');
    const sources = ['flatten_1', 'flatten_2'].map((id) => analyze(both).layers.get(id)?.inputIds);
    expect(sources).toEqual([['activation_1'], ['activation_1']]);
  });
});
