import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';

import { slideWindow } from '../layers/window.ts';
import { lengthMistakes } from './mistakes.ts';
import { randomWindow } from './randomWindow.ts';

const unit = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

test.prop([fc.array(unit, { minLength: 4, maxLength: 4 })])(
  'a window to practise on fits, changes the size, and has one right answer',
  (numbers) => {
    const left = [...numbers];
    const window = randomWindow(() => left.shift() ?? 0);
    const { length } = slideWindow(window);
    expect(length).toBeGreaterThanOrEqual(1);
    expect(length).not.toBe(window.input);
    expect(lengthMistakes(window, length)).toEqual([]);
    expect(lengthMistakes(window, window.input)).not.toEqual([]);
  },
);
