import { describe, expect, it } from 'vitest';

import { computeBoth } from './sameNumbers.ts';

describe('a fully connected layer and the convolution with its weights', () => {
  it.each([
    [[32, 32, 512], 4096, 0],
    [[32, 32, 512], 4096, 5],
    [[5, 7, 3], 10, 9],
    [[1, 1, 1], 1, 0],
  ])('give the same number on a picture of %j, of %i units for unit %i', (shape, units, unit) => {
    const { dense, convolution } = computeBoth(shape, units, unit);
    expect(Math.abs(dense)).toBeGreaterThan(0);
    expect(convolution).toBeCloseTo(dense, 8);
  });

  it('give another for each unit', () => {
    const numbers = [0, 1, 2].map((unit) => computeBoth([4, 4, 2], 3, unit).convolution);
    expect(new Set(numbers).size).toBe(3);
  });
});
