import { describe, expect, it } from 'vitest';

import { choice, int, padding, padding2, real, shape, size2, toggle } from './params.ts';
import { checkParams, completeParams, expectedText, initialParams, receivedText } from './paramValues.ts';

const text = { label: { en: 'Label', 'zh-TW': '標籤' }, help: { en: 'Help.', 'zh-TW': '說明。' } };
const params = {
  units: int({ min: 1, max: 9, ...text }),
  rate: real({ min: 0, max: 1, below: true, default: 0.5, ...text }),
  window: size2({ min: 1, max: 9, default: [2, 2], initial: [3, 3], ...text }),
  strides: size2({ min: 1, max: 9, default: ({ window }) => window as [number, number], ...text }),
  mode: choice({ options: ['a', 'b'], default: 'a', ...text }),
  on: toggle({ default: false, ...text }),
  padding: padding({ max: 4, default: 'valid', ...text }),
  sides: padding2({
    max: 4,
    default: [
      [0, 0],
      [0, 0],
    ],
    ...text,
  }),
  shape: shape({ max: 99, default: [28, 28, 1], ...text }),
};

describe('parameters', () => {
  it('that are missing take their defaults, one from another where it says so', () => {
    expect(completeParams(params, { units: 1, window: [4, 5], on: true })).toMatchObject({
      rate: 0.5,
      window: [4, 5],
      strides: [4, 5],
      on: true,
    });
  });

  it('start in the palette with their initial values', () => {
    expect(initialParams(params)).toMatchObject({ rate: 0.5, window: [3, 3], strides: [3, 3], mode: 'a' });
  });

  it.each<[name: string, given: unknown, kept: unknown]>([
    ['window', 3, [3, 3]],
    ['window', [3, 4], [3, 4]],
    ['padding', 0, 0],
    ['padding', 'same', 'same'],
    [
      'sides',
      1,
      [
        [1, 1],
        [1, 1],
      ],
    ],
    [
      'sides',
      [1, 2],
      [
        [1, 1],
        [2, 2],
      ],
    ],
    [
      'sides',
      [[0, 1], 2],
      [
        [0, 1],
        [2, 2],
      ],
    ],
    ['rate', 0, 0],
    ['shape', [99], [99]],
  ])('%s may be given as %j', (name, given, kept) => {
    expect(checkParams(params, { units: 1, [name]: given }, 'x')).toEqual({
      ok: true,
      params: { units: 1, [name]: kept },
    });
  });

  it.each<[name: string, given: unknown]>([
    ['units', 0],
    ['units', 10],
    ['units', 1.5],
    ['units', '1'],
    ['units', NaN],
    ['units', Infinity],
    ['rate', 1],
    ['rate', -0.1],
    ['window', [1]],
    ['window', [1, 2, 3]],
    ['window', { 0: 1, 1: 2 }],
    ['mode', 'toString'],
    ['on', 1],
    ['padding', -1],
    ['padding', 'full'],
    ['sides', [[1, 2, 3], 1]],
    ['shape', []],
    ['shape', [1, 2, 3, 4, 5]],
    ['shape', [0]],
    ['shape', null],
  ])('%s may not be %j, and the sentence says what it may be', (name, given) => {
    const result = checkParams(params, { units: 1, [name]: given }, 'conv2d_1', 'conv2d_1');
    expect(result).toMatchObject({ problems: [{ code: 'invalid-param', nodeId: 'conv2d_1', param: name }] });
    const [problem] = result.ok ? [] : result.problems;
    expect(problem?.message).toBe(
      `conv2d_1: ${name} must be ${problem?.expected ?? ''}; received ${problem?.received ?? ''}.`,
    );
  });

  it('that nobody knows are refused, also those that every object has', () => {
    const result = checkParams(params, { units: 1, toString: 1, valueOf: 2, color: 3 }, 'x');
    expect(result.ok ? [] : result.problems.map(({ code, param }) => [code, param])).toEqual([
      ['unknown-param', 'toString'],
      ['unknown-param', 'valueOf'],
      ['unknown-param', 'color'],
    ]);
  });

  it('are refused all at once', () => {
    const result = checkParams(params, { rate: 2, on: null, color: 1 }, 'x');
    expect(result.ok ? [] : result.problems.map(({ code }) => code)).toEqual([
      'unknown-param',
      'missing-param',
      'invalid-param',
      'invalid-param',
    ]);
  });
});

it('says in one phrase what a parameter takes', () => {
  expect(Object.values(params).map(expectedText)).toEqual([
    'a whole number from 1 to 9',
    'a number from 0 to less than 1',
    'a whole number or [height, width], each from 1 to 9',
    'a whole number or [height, width], each from 1 to 9',
    'one of a, b',
    'true or false',
    'valid, same, or a whole number from 0 to 4',
    '[[top, bottom], [left, right]], each from 0 to 4',
    'one to four whole numbers from 1 to 99: [height, width, channels]',
  ]);
});

it('shows what was received, short and without control characters', () => {
  expect(receivedText(Infinity)).toBe('Infinity');
  expect(receivedText(undefined)).toBe('undefined');
  expect(receivedText('a')).toBe('"a"');
  expect(receivedText('x\u202Ey')).toBe('"xy"');
  expect(receivedText({ a: [1, null] })).toBe('{"a":[1,null]}');
  expect(receivedText('x'.repeat(1000))).toHaveLength(61);
});
