import { describe, expect, it } from 'vitest';

import { fold } from './fold.ts';

const room = { width: 700, height: 400 };
const chain = (count: number) => ({
  boxes: new Map(
    Array.from({ length: count }, (_, index) => [
      `l${String(index)}`,
      { x: index * 220, y: 0, width: 176, height: 112 },
    ]),
  ),
  edges: Array.from({ length: count - 1 }, (_, index) => ({
    source: `l${String(index)}`,
    target: `l${String(index + 1)}`,
  })),
});

describe('folding', () => {
  it('leaves alone what can be read in one row', () => {
    expect([...fold(chain(3), 'right', room).values()].map(({ y }) => y)).toEqual([0, 0, 0]);
  });

  it('makes rows of equal length', () => {
    const rows = new Map<number, number>();
    for (const { y } of fold(chain(9), 'right', room).values()) rows.set(y, (rows.get(y) ?? 0) + 1);
    expect([...rows.values()]).toEqual([3, 3, 3]);
  });

  it('ends a row only where a single wire goes on', () => {
    const skip = { source: 'l1', target: 'l4' };
    const { boxes, edges } = chain(9);
    const places = fold({ boxes, edges: [...edges, skip] }, 'right', room);
    const row = (id: string) => places.get(id)?.y;
    expect(new Set([...places.values()].map(({ y }) => y)).size).toBeGreaterThan(1);
    expect(new Set(['l1', 'l2', 'l3', 'l4'].map(row)).size).toBe(1);
  });

  it('folds what goes down into columns', () => {
    const { boxes, edges } = chain(12);
    const down = new Map(
      [...boxes].map(([id, { x, width, height }]) => [id, { x: 0, y: (x / 220) * 168, width, height }]),
    );
    const places = [...fold({ boxes: down, edges }, 'down', room).values()];
    expect(new Set(places.map(({ x }) => x)).size).toBeGreaterThan(1);
    expect(Math.max(...places.map(({ y }) => y))).toBeLessThan(12 * 168 * 0.5);
  });
});
