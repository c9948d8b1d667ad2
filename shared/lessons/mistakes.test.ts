import { describe, expect, it } from 'vitest';

import { analyze } from '../graph/analyze.ts';
import { chain } from '../testing/networks.ts';
import { countMistakes, lengthMistakes, readShape, shapeMistakes } from './mistakes.ts';

const codes = (found: readonly { readonly code: string }[]) => found.map(({ code }) => code);
const alexnet = { input: 227, size: 11, stride: 4, padding: 0 };

describe('a wrong length of an output', () => {
  it.each([
    [alexnet, 54, 'forgot-one'],
    [{ input: 28, size: 5, stride: 2, padding: 0 }, 13, 'rounded-up'],
    [{ input: 28, size: 5, stride: 2, padding: 0 }, 12.5, 'not-rounded'],
    [{ input: 32, size: 5, stride: 1, padding: 2 }, 28, 'forgot-padding'],
    [{ input: 32, size: 5, stride: 1, padding: 2 }, 30, 'padding-once'],
    [{ input: 32, size: 5, stride: 1, padding: 2 }, 24, 'padding-subtracted'],
    [alexnet, 217, 'forgot-stride'],
    [{ ...alexnet, dilation: 2 }, 55, 'forgot-dilation'],
    [alexnet, 60, 'too-large'],
    [{ input: 28, size: 3, stride: 2, padding: 'same' as const }, 13, 'same-without-padding'],
  ])('%o answered by %d: %s', (window, answer, code) => {
    expect(codes(lengthMistakes(window, answer))[0]).toBe(code);
  });

  it('is none where it is right', () => {
    expect(lengthMistakes(alexnet, 55)).toEqual([]);
  });
});

describe('a wrong answer about a layer', () => {
  const layer = analyze(
    chain(
      ['input_1', 'Input', { shape: [227, 227, 3] }],
      ['conv2d_1', 'Conv2D', { filters: 96, kernelSize: 11, strides: 4 }],
    ),
  ).layers.get('conv2d_1')!;

  it.each([
    ['54×54×96', ['forgot-one']],
    ['55, 55, 3', ['kept-channels']],
    ['96 55 55', ['channels-first']],
    ['290400', ['shape-flattened']],
    ['256×55×55×96', []],
    ['(55, 55, 96)', []],
  ])('the shape %s', (answer, expected) => {
    expect(codes(shapeMistakes(layer, readShape(answer)!, 256))).toEqual(expected);
  });

  it.each([
    [34944, []],
    [34848, ['forgot-bias']],
    [11 * 11 * 96 + 96, ['forgot-channels']],
    [11 * 11 * 3 + 1, ['one-filter']],
    [105415200, ['counted-multiply-adds']],
  ])('%d parameters', (answer, expected) => {
    expect(codes(countMistakes(layer, 'parameters', answer))).toEqual(expected);
  });
});
