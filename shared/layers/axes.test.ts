import { describe, expect, it } from 'vitest';

import { analyze } from '../graph/analyze.ts';
import { templates } from '../templates/index.ts';
import { arithmeticByAxis, axisOf } from './axes.ts';

describe('an axis', () => {
  it('is height, width and channels of a picture, and the channels of a vector', () => {
    expect([0, 1, 2].map((index) => axisOf(index, 3))).toEqual(['height', 'width', 'channels']);
    expect([0, 1].map((index) => axisOf(index, 2))).toEqual(['steps', 'channels']);
    expect([0, 1, 2, 3].map((index) => axisOf(index, 4))).toEqual(['depth', 'height', 'width', 'channels']);
    expect(axisOf(0, 1)).toBe('channels');
  });
});

describe('a calculation', () => {
  const axes = (arithmetic: readonly string[], output: readonly number[]) =>
    arithmeticByAxis(arithmetic, output).map(({ axis }) => axis);

  it('is of height and of width where there are two of a picture, equal or not', () => {
    expect(axes(['(28 − 5)/1 + 1 = 24', '(28 − 5)/1 + 1 = 24'], [24, 24, 6])).toEqual(['height', 'width']);
    expect(axes(['28 + 2 = 30', '28 + 4 = 32'], [30, 32, 30])).toEqual(['height', 'width']);
  });

  it('is otherwise of the axis whose side it ends with', () => {
    expect(axes(['5·5·16 = 400'], [400])).toEqual(['channels']);
    expect(axes(['8 + 16 = 24'], [28, 28, 24])).toEqual(['channels']);
    expect(axes(['14 + 14 = 28'], [28, 12, 24])).toEqual(['height']);
  });

  it('is of the last of equal sides, and of no axis where none fits', () => {
    expect(axes(['4 + 4 = 8'], [8, 8, 8])).toEqual(['channels']);
    expect(axes(['4 + 4 = 8'], [18, 28, 80])).toEqual([null]);
    expect(axes(['no numbers'], [3])).toEqual([null]);
  });

  it('of every layer of the templates is told its axis', () => {
    for (const { document } of templates)
      for (const { arithmetic, outputShape } of analyze(document).layers.values())
        expect(axes(arithmetic, outputShape!)).not.toContain(null);
  });
});
