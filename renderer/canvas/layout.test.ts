// @vitest-environment jsdom

import { test } from '@fast-check/vitest';
import { layout } from '@dagrejs/dagre';
import { describe, expect, it, vi } from 'vitest';

import type { Document } from '../../shared/document.ts';
import { visibleGraph } from '../../shared/graph/blocks.ts';
import { templates } from '../../shared/templates/index.ts';
import { network, type Drawn } from '../../shared/testing/networks.ts';
import { soundNetworks } from '../../shared/testing/soundNetworks.ts';
import { blockHeight, blockWidth } from './blockSize.ts';
import { arrange as arrangeIn, layoutWork } from './layout.ts';

vi.mock(import('@dagrejs/dagre'), { spy: true });

type Places = ReturnType<typeof arrangeIn>;

/** In one line, as there is room for any. */
const arrange = (document: Document) => arrangeIn(document, 'right', { width: 1e9, height: 1e9 });

/** Pairs of blocks that lie on one another, in full height. */
function overlaps(places: Places): readonly string[] {
  const height = blockHeight(true);
  // Blocks from left to right: each need be compared only with those that begin before it ends.
  const sorted = [...places].sort(([, a], [, b]) => a.x - b.x);
  return sorted.flatMap(([id, { x, y }], index) => {
    const found: string[] = [];
    for (const [other, at] of sorted.slice(index + 1, index + 1 + 200)) {
      if (at.x >= x + blockWidth) break;
      if (Math.abs(at.y - y) < height) found.push(`${id} and ${other}`);
    }
    return found;
  });
}

/** Edges that do not lead to the right. */
const backwards = (document: Document, places: Places) =>
  visibleGraph(document).edges.filter(
    ({ source, target }) => !(places.get(source)!.x + blockWidth < places.get(target)!.x),
  );

function long(count: number): Document {
  const dense = Array.from({ length: count - 1 }, (_, index): Drawn => [`d_${index}`, 'Dense', { units: 8 }]);
  return network(
    [['x', 'Input', { shape: [8] }], ...dense],
    ['x > d_0', ...dense.slice(1).map(([id], index) => `d_${index} > ${id}`)],
  );
}

describe('arranging', () => {
  it.each(templates)('lays $id out from left to right, block beside block', ({ document }) => {
    const places = arrange(document);
    expect([...places.keys()]).toEqual(visibleGraph(document).items.map(({ id }) => id));
    expect(overlaps(places)).toEqual([]);
    expect(backwards(document, places)).toEqual([]);
  });

  test.prop([soundNetworks(12)], { numRuns: 40 })('does so for any network', (document) => {
    const places = arrange(document);
    expect(places.size).toBe(document.nodes.length);
    expect(overlaps(places)).toEqual([]);
    expect(backwards(document, places)).toEqual([]);
    for (const { x, y } of places.values()) expect([x, y].every(Number.isInteger)).toBe(true);
  });

  it('says the same however often it is asked', () => {
    const [{ document }] = templates as [(typeof templates)[0]];
    expect(arrange(document)).toEqual(arrange(document));
  });

  it('places what hangs together nowhere, or in a circle, without laying blocks on one another', () => {
    const drawn = network(
      [
        ['constructor', 'Dense', { units: 1 }],
        ['toString', 'Dense', { units: 1 }],
        ['alone', 'Dense', { units: 1 }],
        ['apart', 'Input', { shape: [4] }],
      ],
      ['constructor > toString', 'toString > constructor'],
    );
    const places = arrange(drawn);
    expect(places.size).toBe(4);
    expect(overlaps(places)).toEqual([]);
  });

  it('has nothing to place on an empty canvas', () => {
    expect(arrange(network([], [])).size).toBe(0);
  });
});

/** How large a network can be shown in the room of a small canvas. */
function zoomOf(places: Places, room = { width: 664, height: 380 }): number {
  const [xs, ys] = [[...places.values()].map(({ x }) => x), [...places.values()].map(({ y }) => y)];
  const [wide, tall] = [Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys)];
  return Math.min(1, room.width / (wide + blockWidth), room.height / (tall + blockHeight(true)));
}

describe('a network that is too long for its room', () => {
  const lenet = templates.find(({ id }) => id === 'lenet-5')!.document;

  it.each(['right', 'down'] as const)('is folded so that it can be read, going %s', (flow) => {
    const places = arrangeIn(lenet, flow);
    expect(zoomOf(places)).toBeGreaterThanOrEqual(0.75);
    expect(overlaps(places)).toEqual([]);
  });

  it.each(templates)('is shown no smaller than in one line: $id', ({ document }) => {
    const places = arrangeIn(document);
    expect(overlaps(places)).toEqual([]);
    expect(zoomOf(places)).toBeGreaterThanOrEqual(zoomOf(arrange(document)));
  });

  it('goes on in the next row, each wire to the right or to a row below', () => {
    const document = long(40);
    const places = arrangeIn(document);
    const at = (id: string) => places.get(id)!;
    const astray = visibleGraph(document).edges.filter(
      ({ source, target }) =>
        !(at(source).x + blockWidth < at(target).x && at(source).y === at(target).y) &&
        !(at(source).y + blockHeight(true) < at(target).y && at(target).x < at(source).x),
    );
    expect(astray).toEqual([]);
    expect(zoomOf(places)).toBeGreaterThan(2 * zoomOf(arrange(document)));
  });
});

describe('a large network', () => {
  it.each([2000, 2001, 10_000])('of %i layers is laid out as well', (count) => {
    const document = long(count);
    const places = arrange(document);
    expect(places.size).toBe(count);
    expect(overlaps(places)).toEqual([]);
    expect(backwards(document, places)).toEqual([]);
  });

  it('whose chains are too deep for the layered layout stands in columns', () => {
    vi.mocked(layout).mockImplementationOnce(() => {
      throw new RangeError('Maximum call stack size exceeded');
    });
    const document = long(30);
    const places = arrange(document);
    expect(places.size).toBe(30);
    expect(overlaps(places)).toEqual([]);
    expect(backwards(document, places)).toEqual([]);
  });

  it('whose edges pass over many layers stands in columns too, since each costs as much as a layer', () => {
    const names = Array.from({ length: 80 }, (_, index) => `f_${index}`);
    const document = network(
      [['x', 'Input', { shape: [8] }], ...names.map((id): Drawn => [id, 'Flatten']), ['sum', 'Add']],
      [
        ...names.map((id, index) => `${index === 0 ? 'x' : `f_${index - 1}`} > ${id}`),
        ...names.map((id, index) => `${id} > sum:${index}`),
      ],
    );
    vi.mocked(layout).mockClear();
    expect(layoutWork(document)).toBeGreaterThan(3000);
    expect(backwards(document, arrange(document))).toEqual([]);
    expect(layout).not.toHaveBeenCalled();
  });

  it('with branches stands in columns without gaps in its rows', () => {
    const units = { units: 8 };
    const names = Array.from({ length: 2100 }, (_, index) => `d_${index}`);
    const document = network(
      [['x', 'Input', { shape: [8] }], ...names.map((id): Drawn => [id, 'Dense', units])],
      names.map((id, index) => `${index < 3 ? 'x' : `d_${index - 3}`} > ${id}`),
    );
    const places = arrange(document);
    expect(overlaps(places)).toEqual([]);
    expect(backwards(document, places)).toEqual([]);
    expect(new Set([...places.values()].map(({ y }) => y)).size).toBe(3);
  });
});
