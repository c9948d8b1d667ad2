import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';

import { checkAnswer, readNumber } from './checkAnswer.ts';
import type { Exercise } from './exercise.ts';

const around = { accuracy: null, canvas: () => undefined };
const asked = { id: 'a', question: [], hint: [], why: [] };

/** The verdict on an answer to a question for a number. */
function answered(right: number, answer: string, wrong: readonly number[] = []) {
  const text = (value: number) => [{ type: 'text' as const, text: `why ${String(value)}` }];
  const exercise: Exercise = {
    ...asked,
    kind: 'number',
    answer: { type: 'number', value: right },
    mistakes: wrong.map((value) => ({ answer: { type: 'number', value }, text: text(value) })),
  };
  return checkAnswer(exercise, answer, around);
}

describe('a number that is asked for', () => {
  test.prop([fc.double({ min: 0.001, max: 1e6, noNaN: true }), fc.boolean()])(
    'is right within half a percent where it is not whole, and wrong outside of it',
    (right, isAbove) => {
      fc.pre(!Number.isInteger(right));
      const sign = isAbove ? 1 : -1;
      const at = (share: number) => answered(right, (right * (1 + sign * share)).toFixed(12));
      expect(at(0.0049).isRight).toBe(true);
      expect(at(0.0051)).toMatchObject({
        isRight: false,
        mistakes: [{ code: isAbove ? 'larger' : 'smaller' }],
      });
    },
  );

  test.prop([fc.integer({ min: 201, max: 1_000_000 })])('is exact where it is whole', (right) => {
    expect(answered(right, String(right)).isRight).toBe(true);
    expect(answered(right, String(right + 1)).isRight).toBe(false);
    expect(answered(right, String(right - 0.001)).isRight).toBe(false);
  });

  it('is right where a mistake comes to the same', () => {
    expect(answered(55, '55', [55]).isRight).toBe(true);
  });

  it('is answered with what the lesson says to a known mistake', () => {
    expect(answered(55, '54', [56, 54])).toMatchObject({
      isRight: false,
      mistakes: [],
      remark: [{ text: 'why 54' }],
    });
  });

  it.each(['', 'abc', '1e3', '1.2.3', '--1'])('is no number where %j is typed', (typed) => {
    expect(answered(1, typed)).toMatchObject({ isRight: false, mistakes: [{ code: 'no-number' }] });
  });
});

it.each([
  ['61 706', 61_706],
  ['61,706', 61_706],
  ['−3', -3],
  ['0.5', 0.5],
  ['1,234.5', 1234.5],
])('reads %j as people type it', (typed, number) => {
  expect(readNumber(typed)).toBe(number);
});
