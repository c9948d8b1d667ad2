import { describe, expect, it } from 'vitest';

import { moveNodes } from '../edit.ts';
import { chain, deepFreeze } from '../../testing/networks.ts';
import { alignNodes, distributeNodes, type Alignment } from './align.ts';
import { markNodes } from './marks.ts';

const size = { width: 200, height: 100 };
const document = deepFreeze(
  moveNodes(
    chain(
      ['a', 'Input', { shape: [8, 8, 1] }],
      ['b', 'Flatten'],
      ['c', 'Dense', { units: 3 }],
      ['d', 'Dense', { units: 3 }],
    ),
    new Map([
      ['a', { x: 0, y: 0 }],
      ['b', { x: 300, y: 40 }],
      ['c', { x: 400, y: -80 }],
      ['d', { x: 1000, y: 500 }],
    ]),
  ),
);
const abc = new Set(['a', 'b', 'c']);
const places = (from: typeof document) =>
  Object.fromEntries(from.nodes.map(({ id, position: { x, y } }) => [id, [x, y]]));

describe('aligning', () => {
  it.each<[Alignment, number[][]]>([
    [
      'left',
      [
        [0, 0],
        [0, 40],
        [0, -80],
      ],
    ],
    [
      'right',
      [
        [400, 0],
        [400, 40],
        [400, -80],
      ],
    ],
    [
      'centre',
      [
        [200, 0],
        [200, 40],
        [200, -80],
      ],
    ],
    [
      'top',
      [
        [0, -80],
        [300, -80],
        [400, -80],
      ],
    ],
    [
      'bottom',
      [
        [0, 40],
        [300, 40],
        [400, 40],
      ],
    ],
    [
      'middle',
      [
        [0, -20],
        [300, -20],
        [400, -20],
      ],
    ],
  ])('%s puts the chosen layers in line, and moves no other', (how, [a, b, c]) => {
    expect(places(alignNodes(document, abc, how, size))).toEqual({ a, b, c, d: [1000, 500] });
  });

  it('goes by a locked layer, which stays', () => {
    const locked = markNodes(document, new Set(['b']), { locked: true });
    expect(places(alignNodes(locked, abc, 'left', size))).toMatchObject({
      a: [300, 0],
      b: [300, 40],
      c: [300, -80],
    });
  });

  it('of one layer, or of layers that are in line, changes nothing', () => {
    expect(alignNodes(document, new Set(['a']), 'left', size)).toBe(document);
    const once = alignNodes(document, abc, 'left', size);
    expect(alignNodes(once, abc, 'left', size)).toBe(once);
  });
});

describe('distributing', () => {
  it('leaves the outermost two, and puts the others at equal distances', () => {
    expect(places(distributeNodes(document, new Set(['a', 'b', 'c', 'd']), 'horizontal'))).toEqual({
      a: [0, 0],
      b: [333, 40],
      c: [667, -80],
      d: [1000, 500],
    });
    expect(places(distributeNodes(document, abc, 'vertical'))).toMatchObject({
      a: [0, -20],
      b: [300, 40],
      c: [400, -80],
    });
  });

  it('needs three layers', () => {
    expect(distributeNodes(document, new Set(['a', 'b']), 'horizontal')).toBe(document);
  });
});
