import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { epochOrder, gatherBatch } from './batches.ts';

describe('the order of an epoch', () => {
  it('holds every example once', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        fc.nat(),
        fc.integer({ min: 1, max: 99 }),
        (count, seed, epoch) => {
          const order = [...epochOrder(count, seed, epoch)].sort((a, b) => a - b);
          expect(order).toEqual(Array.from({ length: count }, (_, index) => index));
        },
      ),
    );
  });

  it('is the same for the same seed, and another for another epoch or seed', () => {
    expect(epochOrder(100, 1, 1)).toEqual(epochOrder(100, 1, 1));
    expect(epochOrder(100, 1, 1)).not.toEqual(epochOrder(100, 1, 2));
    expect(epochOrder(100, 1, 1)).not.toEqual(epochOrder(100, 2, 1));
  });
});

describe('a batch', () => {
  const pictures = {
    count: 2,
    height: 1,
    width: 2,
    channels: 1,
    pixels: Uint8Array.of(0, 255, 51, 102),
    labels: Uint8Array.of(1, 0),
  };

  it('has its pictures in the centre of zeros, scaled to 0…1, and one-hot labels', () => {
    const batch = gatherBatch(pictures, Uint32Array.of(1, 0), { top: 1, bottom: 0, left: 0, right: 1 }, 3);
    expect([...batch.pixels].map((value) => Number(value.toFixed(3)))).toEqual([
      0, 0, 0, 0.2, 0.4, 0, 0, 0, 0, 0, 1, 0,
    ]);
    expect([...batch.oneHot]).toEqual([1, 0, 0, 0, 1, 0]);
    expect([...batch.labels]).toEqual([0, 1]);
  });

  it('keeps the channels of a pixel together', () => {
    const coloured = { ...pictures, count: 1, channels: 2, pixels: Uint8Array.of(51, 102, 153, 204) };
    const batch = gatherBatch(coloured, Uint32Array.of(0), { top: 0, bottom: 1, left: 1, right: 0 }, 2);
    expect([...batch.pixels].map((value) => Number(value.toFixed(3)))).toEqual([
      0, 0, 0.2, 0.4, 0.6, 0.8, 0, 0, 0, 0, 0, 0,
    ]);
  });
});
