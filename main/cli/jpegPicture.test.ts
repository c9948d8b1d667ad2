import { encode } from 'jpeg-js';
import { describe, expect, it } from 'vitest';

import { isJpeg, readJpeg } from './jpegPicture.ts';

const [width, height] = [24, 16];
/** White, with the upper left quarter black. */
const data = Buffer.from(
  Array.from({ length: width * height }, (_, at) => {
    const isDark = at % width < width / 2 && at < (width * height) / 2;
    const grey = isDark ? 0 : 255;
    return [grey, grey, grey, 255];
  }).flat(),
);
const plain = new Uint8Array(encode({ width, height, data }, 100).data);

/** The same with an Exif segment that says how the camera was held, in either order of bytes. */
function held(orientation: number, isLittle: boolean): Uint8Array {
  const segment = new DataView(new ArrayBuffer(36));
  segment.setUint16(0, 0xffe1);
  segment.setUint16(2, 34);
  segment.setUint32(4, 0x45786966);
  segment.setUint16(10, isLittle ? 0x4949 : 0x4d4d);
  segment.setUint16(12, 42, isLittle);
  segment.setUint32(14, 8, isLittle);
  segment.setUint16(18, 1, isLittle);
  segment.setUint16(20, 0x0112, isLittle);
  segment.setUint16(22, 3, isLittle);
  segment.setUint32(24, 1, isLittle);
  segment.setUint16(28, orientation, isLittle);
  return Uint8Array.from([...plain.subarray(0, 2), ...new Uint8Array(segment.buffer), ...plain.subarray(2)]);
}

/** Which corner is dark. */
function darkCornerOf(bytes: Uint8Array): string {
  const pixels = readJpeg(bytes, 1000);
  const dark: string[] = [];
  for (const [vertical, row] of [
    ['top', 1],
    ['bottom', pixels.height - 2],
  ] as const)
    for (const [horizontal, column] of [
      ['left', 1],
      ['right', pixels.width - 2],
    ] as const)
      if ((pixels.rgba[4 * (row * pixels.width + column)] ?? 255) < 128)
        dark.push(`${vertical} ${horizontal}`);
  return `${String(pixels.width)}×${String(pixels.height)} ${dark.join()}`;
}

describe('a JPEG', () => {
  it('is known by how it begins', () => {
    expect(isJpeg(plain)).toBe(true);
    expect(isJpeg(Uint8Array.of(0x89, 0x50, 0x4e))).toBe(false);
  });

  it('is as it is where its camera says nothing', () => {
    expect(darkCornerOf(plain)).toBe('24×16 top left');
  });

  it.each([
    [1, '24×16 top left'],
    [2, '24×16 top right'],
    [3, '24×16 bottom right'],
    [4, '24×16 bottom left'],
    [5, '16×24 top left'],
    [6, '16×24 top right'],
    [7, '16×24 bottom right'],
    [8, '16×24 bottom left'],
  ])('is turned as its camera was held: %i', (orientation, corner) => {
    expect(darkCornerOf(held(orientation, true))).toBe(corner);
    expect(darkCornerOf(held(orientation, false))).toBe(corner);
  });

  it('is refused where it has too many pixels, or breaks off', () => {
    expect(() => readJpeg(plain, 100)).toThrow();
    expect(() => readJpeg(plain.subarray(0, 30), 1000)).toThrow();
  });
});
