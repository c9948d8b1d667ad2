import { expect, it } from 'vitest';

import { distributionBins, type Distribution } from '../../shared/training/distributions.ts';
import { magnitude, percentile } from './percentile.ts';

const of = (min: number, max: number, count: (bin: number) => number): Distribution => ({
  mean: 3,
  std: 4,
  min,
  max,
  counts: Array.from({ length: distributionBins }, (_, bin) => count(bin)),
  notFinite: 0,
});

it('finds how many numbers lie below by their counts', () => {
  const even = of(-1, 1, () => 10);
  expect(percentile(even, 0.5)).toBeCloseTo(0);
  expect(percentile(even, 0.25)).toBeCloseTo(-0.5);
  expect([percentile(even, 0), percentile(even, 1)]).toEqual([-1, 1]);
  // All in the last of 32 ranges.
  expect(
    percentile(
      of(0, 32, (bin) => (bin === 31 ? 8 : 0)),
      0.5,
    ),
  ).toBeCloseTo(31.5);
});

it('is the number itself where all are the same, and the least where there are none', () => {
  expect(
    percentile(
      of(7, 7, (bin) => (bin === 0 ? 5 : 0)),
      0.9,
    ),
  ).toBe(7);
  expect(
    percentile(
      of(0, 0, () => 0),
      0.5,
    ),
  ).toBe(0);
});

it('measures numbers by the root of their mean square', () => {
  expect(magnitude(of(0, 1, () => 1))).toBe(5);
});
