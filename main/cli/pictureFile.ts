import { open } from 'node:fs/promises';

import sharp from 'sharp';

import { reasonOf } from '../core/runFolder.ts';
import { asMnist } from '../../shared/digit/asMnist.ts';
import { inkOf } from '../../shared/digit/grayPicture.ts';
import { failed, fine, problem, type Result } from '../../shared/problem.ts';
import type { Picture } from '../../shared/rpc/interpretation.ts';
import { objectionToPng } from './pngChunks.ts';

/** Larger images are refused before their pixels are unpacked. */
const mostPixels = 50e6;
/** Bytes of a file: 50 million pixels of three colours, hardly packed. */
const mostBytes = 100e6;
/** Seconds that unpacking may take. */
const patience = 10;

/** Bytes of red, green, blue and opacity, `[height, width, 4]`. */
export interface Pixels {
  readonly height: number;
  readonly width: number;
  readonly rgba: Uint8Array;
}

/**
 * Reads a PNG or JPEG as the pictures that a digit recogniser was trained on: 28 × 28 as it is, else cut out, scaled and
 * centred as MNIST's were made.
 */
export async function readPicture(path: string): Promise<Result<Picture>> {
  const refuse = (reason: string) => failed(problem('unreadable-file', { path, reason }));
  try {
    const bytes = await readBounded(path);
    const pixels = typeof bytes === 'string' ? bytes : await pixelsOf(bytes);
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

/** A file's bytes, or why they are not read. */
async function readBounded(path: string): Promise<Uint8Array | string> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    return size > mostBytes ? 'it has more than 100 million bytes' : await file.readFile();
  } finally {
    await file.close();
  }
}

/**
 * An image's pixels, turned as its camera was held; or why it has none.
 *
 * @throws Error where it is broken
 */
export async function pixelsOf(bytes: Uint8Array): Promise<Pixels | string> {
  const isPng = startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  if (!isPng && !startsWith(bytes, [0xff, 0xd8, 0xff])) return 'it is no PNG or JPEG picture';
  // Its own bound of pixels is an error without a sentence.
  const image = sharp(bytes, { limitInputPixels: false, failOn: 'error' });
  const { width, height } = await image.metadata();
  if (width * height > mostPixels) return 'it has more than 50 million pixels';
  const objection = isPng ? await objectionToPng(bytes) : undefined;
  if (objection !== undefined) return objection;
  const { data, info } = await image
    .timeout({ seconds: patience })
    .autoOrient()
    .toColourspace('srgb')
    .ensureAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, rgba: data };
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, at) => bytes[at] === byte);
}
