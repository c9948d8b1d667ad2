import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';

import { downsample } from './downsample.ts';

const points = (values: readonly number[]) => ({
  steps: Float64Array.from(values, (_, index) => index + 1),
  values: Float64Array.from(values),
  length: values.length,
});
const finite = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 });

describe('downsample', () => {
  test.prop([fc.array(finite, { minLength: 1, maxLength: 400 }), fc.integer({ min: 1, max: 60 })])(
    'draws as least and greatest of a column what the data have there',
    (values, columns) => {
      const to = values.length;
      const drawn = downsample(points(values), { from: 0, to, columns });
      const parts = new Map<number, number[]>();
      values.forEach((value, index) => {
        const column = Math.min(columns - 1, Math.floor((index + 1) * (columns / to)));
        parts.set(column, [...(parts.get(column) ?? []), value]);
      });
      expect(drawn.map(({ min }) => min)).toEqual([...parts.values()].map((part) => Math.min(...part)));
      expect(drawn.map(({ max }) => max)).toEqual([...parts.values()].map((part) => Math.max(...part)));
    },
  );

  test.prop([fc.array(finite, { minLength: 1, maxLength: 400 }), fc.integer({ min: 1, max: 60 })])(
    'loses no step: the columns follow each other and cover all of them',
    (values, columns) => {
      const drawn = downsample(points(values), { from: 0, to: values.length, columns });
      expect(drawn.length).toBeLessThanOrEqual(columns);
      expect(drawn[0]?.firstStep).toBe(1);
      expect(drawn.at(-1)?.lastStep).toBe(values.length);
      drawn.slice(1).forEach((column, index) => {
        expect(column.firstStep).toBe((drawn[index]?.lastStep ?? NaN) + 1);
      });
    },
  );

  test.prop([fc.array(finite, { minLength: 1, maxLength: 200 })])(
    'gives the mean of all values of a column',
    (values) => {
      for (const { mean, firstStep, lastStep } of downsample(points(values), {
        from: 0,
        to: values.length,
        columns: 7,
      })) {
        const its = values.slice(firstStep - 1, lastStep);
        expect(mean).toBeCloseTo(its.reduce((sum, value) => sum + value, 0) / its.length, 6);
      }
    },
  );

  it('shows each value at its own step while there is room', () => {
    expect(downsample(points([4, 2, 9]), { from: 0, to: 100, columns: 100 })).toEqual([
      { x: 1, firstStep: 1, lastStep: 1, min: 4, max: 4, mean: 4 },
      { x: 2, firstStep: 2, lastStep: 2, min: 2, max: 2, mean: 2 },
      { x: 3, firstStep: 3, lastStep: 3, min: 9, max: 9, mean: 9 },
    ]);
  });

  it('leaves out what is not a number', () => {
    const drawn = downsample(points([1, NaN, Infinity, 3]), { from: 0, to: 4, columns: 1 });
    expect(drawn).toEqual([{ x: 2.5, firstStep: 1, lastStep: 4, min: 1, max: 3, mean: 2 }]);
  });

  it('ignores entries beyond the length in use and outside the axis', () => {
    const data = { ...points([5, 6, 7, 8]), length: 3 };
    expect(downsample(data, { from: 2, to: 4, columns: 1 })).toEqual([
      { x: 2.5, firstStep: 2, lastStep: 3, min: 6, max: 7, mean: 6.5 },
    ]);
  });
});
