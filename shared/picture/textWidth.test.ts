import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { fitText, textWidth, wrapText } from './textWidth.ts';

describe('a text of a picture', () => {
  it('is as wide as its characters: Chinese ones wider than Latin ones, an i narrower than an m', () => {
    expect(textWidth('卷積', 10)).toBe(20);
    expect(textWidth('iii', 10)).toBeLessThan(textWidth('mmm', 10) / 2);
    expect(textWidth('', 10)).toBe(0);
  });

  it('is cut where it does not fit, and says so', () => {
    expect(fitText('MaxPooling2D', 500, 12)).toBe('MaxPooling2D');
    expect(fitText('MaxPooling2D', 40, 12)).toMatch(/^Max.*…$/);
  });

  it('is broken between its parts, never in one line too many', () => {
    expect(wrapText('6 filters · 5×5 · stride 1 · valid', 1000, 11, 2)).toEqual([
      '6 filters · 5×5 · stride 1 · valid',
    ]);
    const narrow = wrapText('6 filters · 5×5 · stride 1 · valid · tanh', 90, 11, 2);
    expect(narrow).toHaveLength(2);
    expect(narrow[0]).toBe('6 filters · 5×5');
    expect(wrapText('', 90, 11, 2)).toEqual([]);
  });

  it('never is wider than its room, whatever it says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 12, max: 300 }), (text, width) => {
        for (const line of [fitText(text, width, 11), ...wrapText(text, width, 11, 2)])
          expect(textWidth(line, 11)).toBeLessThanOrEqual(Math.max(width, textWidth('…', 11)));
      }),
    );
  });
});
