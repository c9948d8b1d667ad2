// @vitest-environment jsdom

import { beforeEach, describe, expect, it } from 'vitest';

import { rememberSeconds, usualSeconds } from './usual.ts';

const remember = (...times: readonly number[]) => {
  for (const time of times) rememberSeconds('engine', time);
};

beforeEach(() => localStorage.clear());

describe('how long something usually takes here', () => {
  it('is unknown where it was never done, and each thing is timed by itself', () => {
    expect(usualSeconds('engine')).toBeNull();
    rememberSeconds('preparing', 3);
    expect(usualSeconds('engine')).toBeNull();
    expect(usualSeconds('preparing')).toBe(3);
  });

  it('is the middle of the last few times, so that one slow start does not count', () => {
    remember(4, 60, 5);
    expect(usualSeconds('engine')).toBe(5);
  });

  it('orders times as numbers', () => {
    remember(9, 10, 100);
    expect(usualSeconds('engine')).toBe(10);
  });

  it('forgets what was long ago', () => {
    remember(50, 50, 50, 50, 50, 2, 2, 2);
    expect(usualSeconds('engine')).toBe(2);
  });

  it.each(['', 'no JSON', '{"a":1}', 'null', '["x", null]'])(
    'is unknown where the memory holds %j',
    (text) => {
      remember(3);
      const [key] = Object.keys(localStorage);
      localStorage.setItem(key!, text);
      expect(usualSeconds('engine')).toBeNull();
      remember(7);
      expect(usualSeconds('engine')).toBe(7);
    },
  );
});
