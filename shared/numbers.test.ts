import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';

import { grouped, percent, short } from './numbers.ts';

/** Thin spaces as plain ones, for those who read the tests. */
const plain = (text: string) => text.replaceAll('\u202f', ' ');
const sizes: Readonly<Record<string, number>> = { k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15 };

describe('a whole number', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [1000, '1 000'],
    [61_706, '61 706'],
    [62_378_344, '62 378 344'],
    [-1234, '-1 234'],
  ])('%i is written %s', (value, text) => {
    expect(plain(grouped(value))).toBe(text);
  });

  test.prop([fc.maxSafeInteger()])('stays the same number in groups of three', (value) => {
    const parts = grouped(value).split('\u202f');
    expect(Number(parts.join(''))).toBe(value);
    expect(parts.slice(1).every(({ length }) => length === 3)).toBe(true);
  });
});

describe('a number in short', () => {
  it.each([
    [0, '0'],
    [156, '156'],
    [999, '999'],
    [1000, '1 k'],
    [1234, '1.23 k'],
    [12_340, '12.3 k'],
    [117_600, '118 k'],
    [999_499, '999 k'],
    [999_500, '1 M'],
    [62_378_344, '62.4 M'],
    [9_995_000, '10 M'],
    [3e15, '3 P'],
  ])('%i is written %s', (value, text) => {
    expect(plain(short(value))).toBe(text);
  });

  test.prop([fc.integer({ min: 1, max: 1e15 })])(
    'has at most three digits and is right to half a percent',
    (value) => {
      const [digits = '', unit = ''] = plain(short(value)).split(' ');
      expect(digits.replace('.', '').length).toBeLessThanOrEqual(3);
      expect(Math.abs(Number(digits) * (sizes[unit] ?? 1) - value) / value).toBeLessThanOrEqual(0.005);
    },
  );

  test.prop([fc.integer({ min: 0, max: 1e12 }), fc.integer({ min: 0, max: 1e12 })])(
    'orders as the numbers do',
    (a, b) => {
      const read = (value: number) => {
        const [digits = '', unit = ''] = plain(short(value)).split(' ');
        return Number(digits) * (sizes[unit] ?? 1);
      };
      expect(read(Math.min(a, b))).toBeLessThanOrEqual(read(Math.max(a, b)));
    },
  );
});

describe('a share', () => {
  it.each([
    [0, '0 %'],
    [0.0001, '<1 %'],
    [0.01, '1 %'],
    [0.384, '38 %'],
    [1, '100 %'],
  ])('%d is written %s', (share, text) => {
    expect(plain(percent(share))).toBe(text);
  });
});
