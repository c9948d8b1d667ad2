import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';

import { analyze } from '../graph/analyze.ts';
import { findTemplate } from '../templates/index.ts';
import { logLength, volume, volumeScale, volumeSize } from './volume.ts';

const side = fc.integer({ min: 1, max: 4096 });
const sorted = fc.tuple(side, side).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
const scale = { side: 4096, channels: 4096 };

/** All numbers of a path: x and y in turn. */
const numbers = (path: string) => (path.match(/-?[\d.]+/g) ?? []).map(Number);

describe('volumeScale', () => {
  it('is the largest side and the most channels of the whole network', () => {
    expect(volumeScale(analyze(findTemplate('lenet-5')!.document))).toEqual({ side: 32, channels: 120 });
  });

  it('is there for an empty network and for one without any shape', () => {
    expect(volumeScale({ layers: new Map() })).toEqual({ side: 2, channels: 2 });
  });
});

describe('logLength', () => {
  it('is thin for 1 and all there is for the largest', () => {
    expect(logLength(1, 512, 76)).toBe(volumeSize.thin);
    expect(logLength(512, 512, 76)).toBe(76);
  });

  it('grows by as much for each doubling', () => {
    const by = (value: number) => logLength(value * 2, 1024, 76) - logLength(value, 1024, 76);
    expect(by(2)).toBeCloseTo(by(256), 9);
    expect(by(2)).toBeGreaterThan(0);
  });

  test.prop([fc.integer({ min: 0, max: 1e9 }), fc.integer({ min: 0, max: 1e9 })])(
    'stays between thin and all there is',
    (value, largest) => {
      const length = logLength(value, largest, 40);
      expect(length).toBeGreaterThanOrEqual(volumeSize.thin);
      expect(length).toBeLessThanOrEqual(40);
    },
  );
});

describe('a volume', () => {
  test.prop([sorted, side, side])(
    'is no smaller for more height, width or channels',
    ([less, more], a, b) => {
      for (const place of [0, 1, 2]) {
        const shape = (value: number) => [a, b].toSpliced(place, 0, value);
        const [small, large] = [volume(shape(less), scale), volume(shape(more), scale)];
        expect(large.width).toBeGreaterThanOrEqual(small.width);
        expect(large.height).toBeGreaterThanOrEqual(small.height);
      }
    },
  );

  it('stands higher for more height, lies longer for more channels, and does both for more width', () => {
    const base = volume([8, 8, 8], scale);
    const [high, wide, deep] = [
      volume([64, 8, 8], scale),
      volume([8, 64, 8], scale),
      volume([8, 8, 64], scale),
    ];
    expect([high.width > base.width, high.height > base.height]).toEqual([false, true]);
    expect([deep.width > base.width, deep.height > base.height]).toEqual([true, false]);
    expect([wide.width > base.width, wide.height > base.height]).toEqual([true, true]);
  });

  test.prop([fc.array(side, { minLength: 1, maxLength: 3 })])(
    'fits into the room that it says it takes',
    (shape) => {
      const { front, top, side, width, height } = volume(shape, scale);
      const all = [front, top, side].flatMap(numbers);
      expect(all.every(Number.isFinite)).toBe(true);
      for (const [index, value] of all.entries()) {
        expect(value).toBeGreaterThanOrEqual(-0.05);
        expect(value).toBeLessThanOrEqual((index % 2 === 0 ? width : height) + 0.05);
      }
      expect(width).toBeLessThan(volumeSize.channels + volumeSize.depth);
      expect(height).toBeLessThan(volumeSize.height + volumeSize.depth);
    },
  );

  it('of a vector is a thin upright bar, as long as its numbers are many', () => {
    const [few, many] = [volume([10], scale), volume([4096], scale)];
    expect(many.height).toBeGreaterThan(few.height);
    expect(many.width).toBe(few.width);
    expect(many.width).toBeLessThan(many.height);
  });

  it('is drawn of a shape that is larger than its scale, no larger than the scale allows', () => {
    const small = { side: 8, channels: 8 };
    expect(volume([1000, 1000, 1000], small)).toEqual(volume([8, 8, 8], small));
  });
});

describe('the lines of a box', () => {
  const count = (path: string) => path.split('M').length - 1;
  it.each([
    ['a picture', [28, 28, 6], 0],
    ['a vector', [10], 0],
    ['a sequence of one step', [1, 16], 0],
    ['a sequence of three steps', [3, 16], 2],
    ['a long sequence', [100, 16], 3],
    ['a volume', [16, 28, 28, 6], 3],
  ])('of %s', (_what, shape, lines) => {
    expect(count(volume(shape, scale).grid)).toBe(lines);
  });

  it('lie within the box', () => {
    for (const shape of [
      [7, 64],
      [5, 28, 14, 6],
    ]) {
      const box = volume(shape, scale);
      const all = numbers(box.grid);
      expect(Math.min(...all)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...all.filter((_, at) => at % 2 === 0))).toBeLessThanOrEqual(box.width + 0.1);
      expect(Math.max(...all.filter((_, at) => at % 2 === 1))).toBeLessThanOrEqual(box.height + 0.1);
    }
  });
});
