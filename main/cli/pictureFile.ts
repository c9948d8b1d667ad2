import { readFile } from 'node:fs/promises';

import { decode } from 'fast-png';

import { reasonOf } from '../core/runFolder.ts';
import { asMnist } from '../../shared/digit/asMnist.ts';
import { inkOf } from '../../shared/digit/grayPicture.ts';
import { failed, fine, problem, type Result } from '../../shared/problem.ts';
import type { Picture } from '../../shared/rpc/interpretation.ts';
import { isJpeg, readJpeg, type Pixels } from './jpegPicture.ts';

/** Larger pictures are refused before their pixels are unpacked. */
const mostPixels = 50e6;

/**
 * Reads a PNG or JPEG as the pictures that a digit recogniser was trained on: 28 × 28 as it is, else cut out, scaled and
 * centred as MNIST's were made.
 */
export async function readPicture(path: string): Promise<Result<Picture>> {
  const refuse = (reason: string) => failed(problem('unreadable-file', { path, reason }));
  try {
    const pixels = pixelsOf(await readFile(path));
    if (typeof pixels === 'string') return refuse(pixels);
    const { width, height, rgba } = pixels;
    const ink = inkOf(rgba, height, width);
    const picture = width === 28 && height === 28 ? ink : asMnist(ink);
    if (picture === null) return refuse('nothing is drawn in it');
    return fine({ shape: [picture.height, picture.width, 1], numbers: new Blob([picture.values]) });
  } catch (error) {
    return refuse(reasonOf(error));
  }
}

/** A file's pixels, or why it has none. */
function pixelsOf(bytes: Uint8Array): Pixels | string {
  if (isJpeg(bytes)) return readJpeg(bytes, mostPixels);
  const size = pngSize(bytes);
  if (size === undefined) return 'it is no PNG or JPEG picture';
  if (size.width * size.height > mostPixels) return 'it has more than 50 million pixels';
  const { width, height, data, channels, depth, palette } = decode(bytes);
  const most = palette === undefined ? 2 ** depth - 1 : 1;
  const rgba = new Uint8Array(width * height * 4);
  for (let at = 0; at < width * height; at += 1) {
    const pixel = Array.from({ length: channels }, (_, channel) => data[at * channels + channel] ?? 0);
    const colours = palette?.[pixel[0] ?? 0] ?? pixel.map((value) => (value / most) * 255);
    const [first = 0, second = first, third = first, fourth = 255] = colours;
    rgba.set(
      colours.length <= 2 ? [first, first, first, colours[1] ?? 255] : [first, second, third, fourth],
      4 * at,
    );
  }
  return { width, height, rgba };
}

/** Width and height, which stand at fixed places behind the signature. */
function pngSize(bytes: Uint8Array): { readonly width: number; readonly height: number } | undefined {
  const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
  if (bytes.length < 24 || signature.some((byte, at) => bytes[at] !== byte)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}
