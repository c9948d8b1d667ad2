import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { emptyDocument, type Document } from '../document.ts';
import { documents } from '../testing/documents.ts';
import { network } from '../testing/networks.ts';
import { analyze } from './analyze.ts';
import { reached, reaches, topology } from './topology.ts';

const slow = 60_000;
const flattens = (edges: readonly string[], ...ids: string[]) =>
  network(
    ids.map((id) => [id, 'Flatten']),
    edges,
  );

/** A chain of `length` layers; its layers stand in the file from last to first, the hardest order. */
function longChain(length: number): Document {
  const ids = Array.from({ length }, (_, index) => `n${String(index)}`);
  return {
    ...emptyDocument(),
    nodes: ids
      .map((id, index) => ({
        id,
        kind: index === 0 ? 'Input' : 'Activation',
        params: index === 0 ? { shape: [4] } : { activation: 'relu' },
        position: { x: 0, y: 0 },
      }))
      .reverse(),
    edges: ids.slice(1).map((target, index) => ({ source: ids[index] ?? '', target })),
  };
}

describe('the order of layers', () => {
  it(
    'puts each layer after its inputs, all of them where there is no cycle',
    () => {
      fc.assert(
        fc.property(documents(), (document) => {
          const { order, cycles } = topology(document);
          expect(cycles).toEqual([]);
          expect([...order].sort()).toEqual(document.nodes.map(({ id }) => id).sort());
          for (const { source, target } of document.edges) {
            expect(order.indexOf(source)).toBeLessThan(order.indexOf(target));
          }
        }),
        { numRuns: 300 },
      );
    },
    slow,
  );

  it('does not recurse: a chain of 10,000 layers is sorted and analysed', () => {
    const document = longChain(10_000);
    const { order } = topology(document);
    expect([order.length, order[0], order.at(-1)]).toEqual([10_000, 'n0', 'n9999']);
    const analysis = analyze(document);
    expect(analysis.problems).toEqual([]);
    expect(analysis.outputId).toBe('n9999');
  });

  it('gives the edges into a merge in the order of their handles, 2 before 10', () => {
    const ports = [10, 2, 0, 11];
    const document = network(
      [['add', 'Add'], ...ports.map((port) => [`n${String(port)}`, 'Flatten'] as const)],
      ports.map((port) => `n${String(port)} > add:${String(port)}`),
    );
    expect(
      topology(document)
        .incoming.get('add')
        ?.map(({ source }) => source),
    ).toEqual(['n0', 'n2', 'n10', 'n11']);
  });
});

describe('a cycle', () => {
  it('is named by the layers on it, each feeding the next, without those before and behind', () => {
    const document = flattens(['a > b', 'b > c', 'd > b', 'c > d', 'd > e'], 'a', 'b', 'c', 'd', 'e');
    const { order, cycles } = topology(document);
    expect(order).toEqual(['a']);
    expect(cycles).toHaveLength(1);
    expect([...(cycles[0] ?? [])].sort()).toEqual(['b', 'c', 'd']);
  });

  it('may be a layer that feeds itself', () => {
    expect(topology(flattens(['a > a'], 'a')).cycles).toEqual([['a']]);
  });

  it('of 10,000 layers is found without recursion', () => {
    const chain = longChain(10_000);
    const document = { ...chain, edges: [...chain.edges, { source: 'n9999', target: 'n1' }] };
    expect(topology(document).cycles.map(({ length }) => length)).toEqual([9_999]);
  });

  it('is named beside another that does not hang on it, but one behind it is not', () => {
    const edges = ['a > b', 'b > a', 'c > d', 'd > c', 'b > e', 'e > f', 'f > e'];
    const { cycles } = topology(flattens(edges, 'a', 'b', 'c', 'd', 'e', 'f'));
    expect(cycles.map((cycle) => [...cycle].sort())).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });

  it(
    'is a way along edges that comes back, and everything that is not sorted hangs on one',
    () => {
      fc.assert(
        fc.property(documents({ wiring: 'any' }), (document) => {
          const { order, cycles, outgoing } = topology(document);
          const explained = new Set(order);
          for (const cycle of cycles) {
            expect(new Set(cycle).size).toBe(cycle.length);
            cycle.forEach((id, index) => {
              const next = cycle[(index + 1) % cycle.length];
              expect(document.edges.some(({ source, target }) => source === id && target === next)).toBe(
                true,
              );
            });
            for (const id of reached(outgoing, cycle)) {
              expect(order).not.toContain(id);
              explained.add(id);
            }
          }
          expect(explained.size).toBe(document.nodes.length);
        }),
        { numRuns: 400 },
      );
    },
    slow,
  );
});

it('says whether data flows from one layer to another', () => {
  const { outgoing } = topology(flattens(['a > b', 'b > c', 'd > c'], 'a', 'b', 'c', 'd'));
  expect(reaches(outgoing, 'a', 'c')).toBe(true);
  expect(reaches(outgoing, 'a', 'a')).toBe(true);
  expect(reaches(outgoing, 'c', 'a')).toBe(false);
  expect(reaches(outgoing, 'a', 'd')).toBe(false);
  expect([...reached(outgoing, ['a'])]).toEqual(['a', 'b', 'c']);
});
