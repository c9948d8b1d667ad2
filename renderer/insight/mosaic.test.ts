import { describe, expect, it } from 'vitest';

import { mosaicOf, paintMosaic, type Mosaic } from './mosaic.ts';

const room = { width: 152, height: 64 };
const isWithin = ({ tiles }: Mosaic) =>
  tiles.every(
    ({ x, y, width, height }) =>
      x >= 0 && y >= 0 && x + width <= room.width && y + height <= room.height && width > 0 && height > 0,
  );
const greys = (mosaic: Mosaic, values: Float32Array, range: readonly [number, number]) => {
  const pixels = new Uint32Array(mosaic.width * mosaic.height);
  paintMosaic(pixels, mosaic, values, range, 1);
  return pixels;
};

describe('the maps on a block', () => {
  it('are the first eight of a layer, in rows as equal as may be', () => {
    const mosaic = mosaicOf([28, 28, 6], room);
    expect(mosaic).toMatchObject({ count: 6 });
    expect(new Set(mosaic.tiles.map(({ y }) => y)).size).toBe(2);
    expect(mosaic.tiles[3]!.x).toBe(mosaic.tiles[0]!.x);
    expect(mosaicOf([5, 5, 64], room)).toMatchObject({ count: 64, tiles: { length: 8 } });
  });

  it.each([
    [[28, 28, 1]],
    [[1, 1, 32]],
    [[1, 1, 4096]],
    [[224, 224, 64]],
    [[3, 300, 2]],
    [[100, 8]],
    [[4, 900]],
    [[84]],
    [[1]],
    [[9216]],
    [[25_088]],
  ])('of %j stay within the room', (shape) => {
    const mosaic = mosaicOf(shape, room);
    expect(isWithin(mosaic)).toBe(true);
  });

  it('show every number in its place, the least black and the greatest white', () => {
    // [height 2, width 1, channels 2]: the channels lie one behind the other.
    const mosaic = mosaicOf([2, 1, 2], room);
    const pixels = greys(mosaic, Float32Array.of(0, 3, 1, 2), [0, 3]);
    const shownOf = (tile: number, row: number) => {
      const { x, y, height } = mosaic.tiles[tile]!;
      return pixels[(y + row * (height / 2)) * mosaic.width + x]! & 0xff;
    };
    expect([shownOf(0, 0), shownOf(1, 0), shownOf(0, 1), shownOf(1, 1)]).toEqual([0, 255, 85, 170]);
  });

  it('are cells for units, and for maps of a single number', () => {
    expect(mosaicOf([1, 1, 120], room)).toEqual(mosaicOf([120], room));
  });

  it('leave what is behind the last unit clear, and are black where all numbers are the same', () => {
    const mosaic = mosaicOf([23], room);
    const [tile] = mosaic.tiles;
    expect(tile!.rows * tile!.columns).toBeGreaterThan(23);
    const pixels = greys(mosaic, new Float32Array(23), [0, 0]);
    expect(pixels[0]).toBe(0xff000000);
    expect(pixels.at(-1)).toBe(0);
  });
});
