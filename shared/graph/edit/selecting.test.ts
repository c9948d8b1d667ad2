import { describe, expect, it } from 'vitest';

import { moveNodes } from '../edit.ts';
import { topology } from '../topology.ts';
import { network } from '../../testing/networks.ts';
import { alongWires, inverted, jumpTarget, ofSameKind, type Jump } from './selecting.ts';

const fork = moveNodes(
  network(
    [
      ['in', 'Input', { shape: [8, 8, 2] }],
      ['low', 'Dropout', { rate: 0.1 }],
      ['high', 'Dropout', { rate: 0.2 }],
      ['add', 'Add'],
      ['out', 'Flatten'],
    ],
    ['in > low', 'in > high', 'low > add:0', 'high > add:1', 'add > out'],
  ),
  new Map([
    ['low', { x: 280, y: 200 }],
    ['high', { x: 280, y: -200 }],
  ]),
);
const from = (id: string | undefined, jump: Jump) => jumpTarget(fork, topology(fork), id, jump);

describe('selecting', () => {
  it('inverts, and finds layers of the same kind', () => {
    expect(inverted(fork, new Set(['in', 'add', 'out']))).toEqual(['low', 'high']);
    expect(ofSameKind(fork, new Set(['low']))).toEqual(['low', 'high']);
  });

  it('follows the wires up and down, and takes the layers themselves along', () => {
    expect(new Set(alongWires(fork, new Set(['low']), 'upstream'))).toEqual(new Set(['low', 'in']));
    expect(new Set(alongWires(fork, new Set(['low']), 'downstream'))).toEqual(new Set(['low', 'add', 'out']));
  });
});

describe('jumping', () => {
  it('goes along the first wire, and between branches from top to bottom', () => {
    expect(from('add', 'input')).toBe('low');
    expect(from('in', 'output')).toBe('high');
    expect(from('high', 'nextSibling')).toBe('low');
    expect(from('low', 'nextSibling')).toBe('high');
    expect(from('low', 'previousSibling')).toBe('high');
  });

  it('goes to the ends of the network, also from nowhere', () => {
    expect(from('low', 'first')).toBe('in');
    expect(from('low', 'last')).toBe('out');
    expect(from(undefined, 'output')).toBe('in');
  });

  it('stays where there is nothing to go to', () => {
    expect(from('in', 'input')).toBeUndefined();
    expect(from('out', 'output')).toBeUndefined();
    expect(from('out', 'nextSibling')).toBeUndefined();
  });
});
