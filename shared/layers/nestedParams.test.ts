import { expect, it } from 'vitest';

import { int, kindOf, list, optional, real, size1, size3 } from './params.ts';
import { checkParams, completeParams, initialParams } from './paramValues.ts';

const texts = { label: { en: 'Label', 'zh-TW': '標籤' }, help: { en: 'Help.', 'zh-TW': '說明。' } };
const params = {
  length: size1({ ...texts, min: 1, max: 9, default: [3] }),
  volume: size3({ ...texts, min: 1, max: 9, default: [2, 2, 2] }),
  axes: list({ ...texts, min: -1, max: 9, maxLength: 3, default: [1] }),
  limit: optional(int({ ...texts, min: 0, max: 9, initial: 6 })),
  start: kindOf({
    ...texts,
    kinds: () =>
      new Map([
        ['zeros', {}],
        ['constant', { value: real({ ...texts, min: -9, max: 9, default: 0 }) }],
      ]),
    default: { kind: 'zeros' },
    advanced: true,
  }),
};
const check = (given: Record<string, unknown>) => checkParams(params, given, 'layer_1');

it.each([
  [{ length: 5 }, { length: [5] }],
  [{ volume: 4 }, { volume: [4, 4, 4] }],
  [{ volume: [1, 2, 3] }, { volume: [1, 2, 3] }],
  [{ axes: [-1, 4] }, { axes: [-1, 4] }],
  [{ limit: null }, { limit: null }],
  [{ limit: 6 }, { limit: 6 }],
  [{ start: 'zeros' }, { start: { kind: 'zeros' } }],
  [{ start: 'constant' }, { start: { kind: 'constant', value: 0 } }],
  [{ start: { kind: 'constant', value: 2 } }, { start: { kind: 'constant', value: 2 } }],
])('%j is written as %j', (given, written) => {
  expect(check(given)).toEqual({ ok: true, params: written });
});

it.each([
  [{ length: [1, 2] }],
  [{ volume: [1, 2] }],
  [{ axes: [] }],
  [{ axes: [1, 2, 3, 4] }],
  [{ limit: 10 }],
  [{ start: 'ones' }],
  [{ start: { kind: 'constant', value: 'x' } }],
  [{ start: { kind: 'zeros', value: 1 } }],
  [{ start: { kind: 'toString' } }],
])('%j is refused, and the sentence says what it may be', (given) => {
  const [name = ''] = Object.keys(given);
  expect(check(given)).toMatchObject({ ok: false, problems: [{ code: 'invalid-param', param: name }] });
});

it('leaves what few people set out of what the palette drops, and fills it in all the same', () => {
  const initial = initialParams(params);
  expect(Object.keys(initial)).toEqual(['length', 'volume', 'axes', 'limit']);
  expect(completeParams(params, initial)['start']).toEqual({ kind: 'zeros' });
});
