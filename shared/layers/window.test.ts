import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { slideWindow } from './window.ts';

describe('the arithmetic of a window', () => {
  it.each([
    [{ input: 227, size: 11, stride: 4, padding: 'valid' }, '(227 − 11 + 2·0)/4 + 1 = 55'],
    [{ input: 28, size: 5, stride: 2, padding: 'valid' }, '⌊(28 − 5 + 2·0)/2⌋ + 1 = 12'],
    [{ input: 28, size: 3, stride: 2, padding: 'same' }, '⌈28/2⌉ = 14'],
    [{ input: 5, size: 3, stride: 2, padding: 1 }, '(5 − 3 + 2·1)/2 + 1 = 3'],
    [
      { input: 28, size: 3, stride: 1, padding: 'valid', dilation: 2 },
      '(28 − ((3 − 1)·2 + 1) + 2·0)/1 + 1 = 24',
    ],
    [{ input: 3, size: 5, stride: 1, padding: 'valid' }, '(3 − 5 + 2·0)/1 + 1 = −1'],
    [{ input: 3, size: 5, stride: 4, padding: 'valid' }, '⌊(3 − 5 + 2·0)/4⌋ + 1 = 0'],
  ] as const)('of %j is written %s', (window, arithmetic) => {
    expect(slideWindow(window).arithmetic).toBe(arithmetic);
  });

  it('gives as many places as there are when they are counted', () => {
    const side = fc.integer({ min: 1, max: 12 });
    const windows = fc.record({
      input: fc.integer({ min: 1, max: 60 }),
      size: side,
      stride: side,
      padding: fc.nat({ max: 6 }),
      dilation: fc.integer({ min: 1, max: 4 }),
    });
    fc.assert(
      fc.property(windows, ({ input, size, stride, padding, dilation }) => {
        let places = 0;
        const last = (size - 1) * dilation;
        for (let start = -padding; start + last <= input - 1 + padding; start += stride) places += 1;
        const { length, arithmetic } = slideWindow({ input, size, stride, padding, dilation });
        expect(Math.max(length, 0)).toBe(places);
        expect(evaluate(arithmetic)).toBe(length);
      }),
    );
  });
});

/** Computes what stands before the last `=`, as a reader would. */
function evaluate(arithmetic: string): number {
  const [, floor, room, stride] = /^(⌊)?\((.+)\)\/(\d+)⌋? \+ 1 = −?\d+$/.exec(arithmetic) ?? [];
  const [, input, reach, padding] = /^(\d+) − (\d+|\(.+\)) \+ 2·(\d+)$/.exec(room ?? '') ?? [];
  const [, size, dilation] = /^\(\((\d+) − 1\)·(\d+) \+ 1\)$/.exec(reach ?? '') ?? [undefined, reach, '1'];
  const window = (Number(size) - 1) * Number(dilation) + 1;
  const steps = (Number(input) - window + 2 * Number(padding)) / Number(stride);
  // A floor is written just where the division leaves something.
  expect(Number.isInteger(steps)).toBe(floor === undefined);
  return Math.floor(steps) + 1;
}
