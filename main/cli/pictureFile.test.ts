import { readNumbers } from '../../shared/rpc/bytes.ts';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';

import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { pixelsOf, readPicture } from './pictureFile.ts';

function chunk(kind: string, data: Uint8Array): Buffer {
  const bytes = Buffer.alloc(12 + data.length);
  bytes.writeUInt32BE(data.length, 0);
  bytes.write(kind, 4, 'latin1');
  bytes.set(data, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + data.length)), 8 + data.length);
  return bytes;
}

/** A PNG of chunks, its header first. */
function png([width, height, depth, colour]: readonly number[], ...more: readonly Buffer[]): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width ?? 0, 0);
  header.writeUInt32BE(height ?? 0, 4);
  header.set([depth ?? 8, colour ?? 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), ...more, chunk('IEND', Buffer.alloc(0))]);
}

const side = 28;
/** A bar of ink, as a 1 is written. */
const isInk = (row: number, column: number) => row > 4 && row < 23 && column > 12 && column < 16;

/** The bar in so many bits for each pixel, packed as PNG has it. */
function bar(depth: number, most = 2 ** depth - 1): Buffer {
  const rows = Array.from({ length: side }, (_, row) => {
    const bits = Array.from({ length: side }, (_, column) =>
      (isInk(row, column) ? most : 0).toString(2).padStart(depth, '0'),
    ).join('');
    const bytes = bits.match(/.{1,8}/g)?.map((byte) => parseInt(byte.padEnd(8, '0'), 2)) ?? [];
    return Buffer.from([0, ...bytes]);
  });
  return chunk('IDAT', deflateSync(Buffer.concat(rows)));
}

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'convas-picture-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(bytes: Uint8Array) {
  const path = join(folder, 'image');
  await writeFile(path, bytes);
  return readPicture(path);
}

async function numbersOf(bytes: Uint8Array): Promise<readonly number[]> {
  const result = await read(bytes);
  if (!result.ok) throw new Error(result.problems[0]?.message);
  return [...(await readNumbers(result.value.numbers))];
}

const expected = Array.from({ length: side * side }, (_, at) =>
  isInk(Math.floor(at / side), at % side) ? 1 : 0,
);

describe('an image file is the same picture', () => {
  it.each([1, 2, 4, 8, 16])('in %i bits of grey', async (depth) => {
    expect(await numbersOf(png([side, side, depth, 0], bar(depth)))).toEqual(expected);
  });

  it.each([1, 2, 4, 8])('with a palette of %i bits', async (depth) => {
    const palette = chunk('PLTE', Buffer.from([0, 0, 0, 255, 255, 255]));
    expect(await numbersOf(png([side, side, depth, 3], palette, bar(depth, 1)))).toEqual(expected);
  });

  it('drawn on nothing', async () => {
    const rgba = Buffer.from(expected.flatMap((ink) => [0, 0, 0, 255 * ink]));
    const bytes = await sharp(rgba, { raw: { width: side, height: side, channels: 4 } })
      .png()
      .toBuffer();
    expect(await numbersOf(bytes)).toEqual(expected);
  });
});

describe('a JPEG is turned as its camera was held', () => {
  const corners: readonly (readonly [number, string])[] = [
    [1, '24×16 top left'],
    [2, '24×16 top right'],
    [3, '24×16 bottom right'],
    [4, '24×16 bottom left'],
    [5, '16×24 top left'],
    [6, '16×24 top right'],
    [7, '16×24 bottom right'],
    [8, '16×24 bottom left'],
  ];
  it.each(corners)('%i: %s', async (orientation, corner) => {
    const [width, height] = [24, 16];
    const grey = Buffer.from(
      Array.from({ length: width * height }, (_, at) =>
        at % width < width / 2 && at < (width * height) / 2 ? 0 : 255,
      ),
    );
    const bytes = await sharp(grey, { raw: { width, height, channels: 1 } })
      .withMetadata({ orientation })
      .jpeg({ quality: 100 })
      .toBuffer();
    const pixels = await pixelsOf(bytes);
    if (typeof pixels === 'string') throw new Error(pixels);
    const dark = (['top', 'bottom'] as const).flatMap((vertical) =>
      (['left', 'right'] as const)
        .filter((horizontal) => {
          const row = vertical === 'top' ? 1 : pixels.height - 2;
          const column = horizontal === 'left' ? 1 : pixels.width - 2;
          return (pixels.rgba[4 * (row * pixels.width + column)] ?? 255) < 128;
        })
        .map((horizontal) => `${vertical} ${horizontal}`),
    );
    expect(`${String(pixels.width)}×${String(pixels.height)} ${dark.join()}`).toBe(corner);
  });
});

describe('what has no bound is refused at once, in a sentence', () => {
  const bomb = deflateSync(Buffer.alloc(1e8));
  const cases: readonly (readonly [string, Buffer, string])[] = [
    [
      'pixels that unpack to more than the size',
      png([side, side, 8, 0], chunk('IDAT', bomb)),
      'unpacks to more',
    ],
    ['too many pixels', png([60_000, 60_000, 8, 0], chunk('IDAT', bomb)), '50 million pixels'],
    [
      'a huge profile of colours',
      png([side, side, 8, 0], chunk('iCCP', Buffer.alloc(5e6)), bar(8)),
      'more than 4 million bytes of iCCP',
    ],
    ['a file that breaks off', png([side, side, 8, 0], bar(8)).subarray(0, 60), ''],
    ['something else', Buffer.from('GIF89a, with much behind it'), 'no PNG or JPEG'],
  ];
  it.each(cases)('%s', async (_, bytes, sentence) => {
    const start = performance.now();
    const result = await read(bytes);
    expect(result.ok).toBe(false);
    expect(performance.now() - start).toBeLessThan(2000);
    if (!result.ok) expect(result.problems[0]?.message).toContain(sentence);
  });
});
