import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { asMnist, centreOfMass } from './asMnist.ts';
import { inkOf } from './grayPicture.ts';
import { drawStrokes, type Stroke } from './strokes.ts';

const pixels = (values: readonly number[]) =>
  Uint8Array.from(values.flatMap((value) => [value, value, value, 255]));

describe('ink', () => {
  it('is what is dark on a bright paper, and what is bright on a dark one', () => {
    const bright = pixels([255, 255, 255, 255, 0, 255, 255, 255, 255]);
    const dark = pixels([0, 0, 0, 0, 255, 0, 0, 0, 0]);
    const ink = [0, 0, 0, 0, 1, 0, 0, 0, 0];
    expect([...inkOf(bright, 3, 3).values]).toEqual(ink);
    expect([...inkOf(dark, 3, 3).values]).toEqual(ink);
  });

  it('is what is opaque where the paper is transparent, in whatever colour', () => {
    const drawn = Uint8Array.of(0, 0, 0, 0, 0, 0, 255, 255);
    expect([...inkOf(drawn, 1, 2).values]).toEqual([0, 1]);
  });
});

describe('a stroke', () => {
  it('covers the pixels along its line, and half of those at its edge', () => {
    const line: Stroke = {
      points: [
        { x: 2, y: 2.5 },
        { x: 6, y: 2.5 },
      ],
      width: 2,
    };
    const { values } = drawStrokes([line], 5, 8);
    const column = (x: number) => Array.from({ length: 5 }, (_, row) => values[row * 8 + x]);
    expect(column(4)).toEqual([0, 0.5, 1, 0.5, 0]);
    expect(column(0)).toEqual([0, 0, 0, 0, 0]);
  });

  it('of the eraser takes away what was drawn, and one point is a dot', () => {
    const dot: Stroke = { points: [{ x: 2.5, y: 2.5 }], width: 3 };
    expect(drawStrokes([dot], 5, 5).values[12]).toBe(1);
    expect(
      [...drawStrokes([dot, { ...dot, width: 6, erases: true }], 5, 5).values].every((ink) => ink === 0),
    ).toBe(true);
  });
});

describe('a picture as MNIST’s', () => {
  it('is nothing where nothing is drawn', () => {
    expect(asMnist(drawStrokes([], 100, 100))).toBeNull();
  });

  it('fits into 20 × 20 pixels with its centre of mass in the middle of 28 × 28, wherever and however large it was drawn', () => {
    const point = fc.record({ x: fc.integer({ min: 10, max: 270 }), y: fc.integer({ min: 10, max: 270 }) });
    fc.assert(
      fc.property(
        fc.array(point, { minLength: 2, maxLength: 8 }),
        fc.integer({ min: 6, max: 40 }),
        (points, width) => {
          const made = asMnist(drawStrokes([{ points, width }], 280, 280));
          expect(made?.values).toHaveLength(28 * 28);
          if (made === null) return;
          const [row, column] = centreOfMass(made);
          const filled = [...made.values].flatMap((ink, at) => (ink > 0 ? [at] : []));
          const rows = filled.map((at) => Math.floor(at / 28));
          const columns = filled.map((at) => at % 28);
          const [height, breadth] = [rows, columns].map((all) => Math.max(...all) - Math.min(...all) + 1);
          expect(Math.max(height ?? 0, breadth ?? 0)).toBeLessThanOrEqual(20);
          // Half a pixel is what whole pixels leave; a digit that would be cut off stays inside instead.
          const isAtEdge = [...rows, ...columns].some((at) => at === 0 || at === 27);
          if (!isAtEdge) {
            expect(Math.abs(row - 14)).toBeLessThanOrEqual(0.5001);
            expect(Math.abs(column - 14)).toBeLessThanOrEqual(0.5001);
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  it('keeps its ink’s share of the box when it is scaled', () => {
    const square = drawStrokes(
      [
        {
          points: [
            { x: 50, y: 50 },
            { x: 90, y: 50 },
          ],
          width: 20,
        },
      ],
      100,
      120,
    );
    const made = asMnist(square);
    // Sixty pixels wide, twenty high: a third of twenty high, with round ends.
    const filled = [...(made?.values ?? [])].filter((ink) => ink > 0.5).length;
    expect(filled).toBeGreaterThan(110);
    expect(filled).toBeLessThan(150);
  });
});
