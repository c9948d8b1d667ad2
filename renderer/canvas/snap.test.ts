// @vitest-environment jsdom

import { describe, expect, it } from 'vitest';

import { connect, moveNodes } from '../../shared/graph/edit.ts';
import { topology } from '../../shared/graph/topology.ts';
import { network } from '../../shared/testing/networks.ts';
import { blockWidth } from './blockSize.ts';
import { nearEnds, type MovingBlock } from './snap.ts';

// Blocks stand 280 apart: `a` at 0, `b` at 280, `c` at 560, `far` at 840.
const drawn = (edges: readonly string[] = []) =>
  network(
    [
      ['a', 'Input', { shape: [8, 8, 1] }],
      ['b', 'Conv2D', { filters: 4, kernelSize: 3 }],
      ['c', 'MaxPooling2D'],
      ['far', 'Flatten'],
    ],
    edges,
  );
const near = (edges: readonly string[], block: MovingBlock) => {
  const document = drawn(edges);
  return nearEnds(document, topology(document), block);
};
const behind = (column: number, right = 40) => ({ x: 280 * column + blockWidth + right, y: 10 });

describe('a block from the palette', () => {
  it('is connected with the free output at its left', () => {
    expect(near(['b > c', 'c > far'], { kind: 'Dropout', position: behind(0) })).toEqual({ source: 'a' });
  });

  it('is connected with the free input at its right too', () => {
    const document = drawn(['a > b', 'c > far']);
    const roomy = moveNodes(document, new Map([['c', { x: 280 + 2 * blockWidth + 60, y: 0 }]]));
    const block = { kind: 'Dropout', position: { x: 280 + blockWidth + 30, y: 0 } };
    expect(nearEnds(roomy, topology(roomy), block)).toEqual({ source: 'b', target: 'c' });
  });

  it('is connected with the nearer of two outputs', () => {
    const nearer = moveNodes(drawn(), new Map([['c', { x: 0, y: 60 }]]));
    const block = { kind: 'Dropout', position: { x: blockWidth + 40, y: 50 } };
    expect(nearEnds(nearer, topology(nearer), block).source).toBe('c');
  });

  it('is connected with nothing that is out of reach, above, below or beyond it', () => {
    for (const position of [
      { x: 840 + blockWidth + 131, y: 0 },
      { x: 840 + blockWidth + 40, y: 140 },
      { x: 840 + blockWidth + 40, y: -140 },
      { x: 840 + blockWidth - 60, y: 0 },
    ])
      expect(near([], { kind: 'Dropout', position })).toEqual({});
  });

  it('is connected with no end that is taken', () => {
    const chain = ['a > b', 'b > c', 'c > far'];
    expect(near(chain, { kind: 'Dropout', position: behind(0) })).toEqual({});
    expect(near(chain, { kind: 'Dropout', position: behind(3) })).toEqual({ source: 'far' });
  });

  it('that takes no input is connected with an input alone', () => {
    const position = { x: 280 - blockWidth - 30, y: 0 };
    expect(near([], { kind: 'Input', position })).toEqual({ target: 'b' });
  });
});

describe('a block of the canvas', () => {
  it('keeps the edges that it has: what is fed and feeds is not connected anew', () => {
    expect(near(['a > b', 'b > c'], { id: 'b', kind: 'Conv2D', position: behind(3) })).toEqual({});
  });

  it('is not connected with itself, nor in a circle', () => {
    // `b` feeds `c`, whose free output `b` comes near to.
    expect(near(['b > c'], { id: 'b', kind: 'Conv2D', position: behind(2) })).toEqual({});
    // `c` comes near to the free input of `b`, which feeds it.
    expect(near(['b > c'], { id: 'c', kind: 'MaxPooling2D', position: { x: 30, y: 40 } })).toEqual({});
    expect(near([], { id: 'a', kind: 'Input', position: { x: 0, y: 0 } }).source).toBeUndefined();
  });

  it('is connected with ends that do not make a circle of it between them', () => {
    // Between the free output of `far` and the free input of `c`, which feeds it.
    const placed = moveNodes(drawn(['c > far']), new Map([['c', { x: 840 + 2 * blockWidth + 60, y: 0 }]]));
    const block = { kind: 'Dropout', position: behind(3, 30) };
    const { source, target } = nearEnds(placed, topology(placed), block);
    expect({ source, target }).toEqual({ source: 'far', target: undefined });
  });

  it('gets connections that can be drawn', () => {
    const document = drawn(['b > c', 'c > far']);
    const block = { id: 'b', kind: 'Conv2D', position: behind(0) };
    const { source } = nearEnds(document, topology(document), block);
    expect(source).toBe('a');
    expect(connect(document, { source: source!, target: 'b' })).not.toBe(document);
  });
});
