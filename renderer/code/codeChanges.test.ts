import { describe, expect, it } from 'vitest';

import { changedCount, rowsOf } from './codeChanges.ts';

const lines = (...texts: readonly string[]) => texts.map((text) => ({ text, nodeId: null }));

describe('the lines on the screen', () => {
  it('are those of the code, counted, while nothing changed', () => {
    expect(rowsOf(lines('a', 'b'), null).map(({ number, change }) => [number, change])).toEqual([
      [1, 'none'],
      [2, 'none'],
    ]);
  });

  it('show what was taken out in its place, without a number', () => {
    const rows = rowsOf(lines('a', 'B', 'c', 'd'), lines('a', 'b', 'c', 'd'));
    expect(rows.map(({ text, change, number }) => [text, change, number])).toEqual([
      ['a', 'none', 1],
      ['b', 'removed', null],
      ['B', 'added', 2],
      ['c', 'none', 3],
      ['d', 'none', 4],
    ]);
    expect(changedCount(rows)).toBe(1);
  });

  it('are not marked where it is another network altogether', () => {
    const rows = rowsOf(lines('a', 'b', 'c', 'd'), lines('a', 'x', 'y', 'z', 'w'));
    expect(changedCount(rows)).toBe(0);
  });
});
