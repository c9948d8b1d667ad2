import { describe, expect, it } from 'vitest';

import { filtersOf, mapsOf, marksOf } from './maps.ts';

const tensor = (shape: readonly number[], values: readonly number[]) => ({
  shape,
  values: Float32Array.from(values),
});

describe('feature maps', () => {
  it('are one for each channel', () => {
    const maps = mapsOf(tensor([1, 2, 2], [1, 10, 2, 20]));
    expect(maps.map(({ values }) => [...values])).toEqual([
      [1, 2],
      [10, 20],
    ]);
  });

  it('of units are one row, broken where it gets long', () => {
    const [map] = mapsOf(
      tensor(
        [84],
        Array.from({ length: 84 }, (_, at) => at),
      ),
    );
    expect(map).toMatchObject({ height: 2, width: 64 });
    expect(map?.values[83]).toBe(83);
    expect(map?.values[84]).toBeNaN();
  });

  it('of channels over steps are one', () => {
    expect(mapsOf(tensor([2, 3], [1, 2, 3, 4, 5, 6]))).toMatchObject([{ height: 2, width: 3 }]);
  });
});

describe('filters', () => {
  it('are pictures of what they weigh of one channel', () => {
    // Two columns, two channels, three filters: hundreds, tens and ones.
    const values = [0, 1].flatMap((column) =>
      [0, 1].flatMap((channel) => [0, 1, 2].map((filter) => 100 * column + 10 * channel + filter)),
    );
    const filters = filtersOf({ shape: [1, 2, 2, 3], values: Float32Array.from(values) }, 1);
    expect(filters.map((filter) => [...filter.values])).toEqual([
      [10, 110],
      [11, 111],
      [12, 112],
    ]);
  });
});

describe('a marked map', () => {
  const values = [0, 1, 0, 1, 0, 0.5, 0, 1];
  it('is dead where a ReLU lets nothing through at all', () => {
    expect(marksOf(tensor([2, 2, 2], values), 'relu')).toEqual(['dead', null]);
    expect(marksOf(tensor([2, 2, 2], values), null)).toEqual([null, null]);
  });

  it('is saturated where nearly all of it is at the end of a sigmoid or hyperbolic tangent', () => {
    expect(marksOf(tensor([2, 2, 2], values), 'sigmoid')).toEqual(['saturated', null]);
    expect(marksOf(tensor([3], [-0.999, 0, 0.995]), 'tanh')).toEqual(['saturated', null, 'saturated']);
  });
});
