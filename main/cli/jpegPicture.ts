import { decode } from 'jpeg-js';

/** Bytes of red, green, blue and opacity, `[height, width, 4]`. */
export interface Pixels {
  readonly height: number;
  readonly width: number;
  readonly rgba: Uint8Array;
}

export function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
}

/**
 * Unpacks a JPEG and turns it as its camera was held.
 *
 * @throws Error where it is broken, or has more pixels than may be
 */
export function readJpeg(bytes: Uint8Array, mostPixels: number): Pixels {
  const { width, height, data } = decode(bytes, {
    useTArray: true,
    maxResolutionInMP: mostPixels / 1e6,
    maxMemoryUsageInMB: 2048,
  });
  return turned({ width, height, rgba: data }, orientationOf(bytes));
}

/** Marker of the segment that a camera writes, and of the tag in it that says how it was held. */
const [application1, startOfScan, orientationTag] = [0xe1, 0xda, 0x0112];

/** How the picture is to be turned or mirrored, 1 to 8; 1 is as it is. Source: Exif 2.3, section 4.6.4, tag Orientation. */
function orientationOf(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    for (let at = 2; view.getUint8(at) === 0xff && view.getUint8(at + 1) !== startOfScan;) {
      const isExif = view.getUint8(at + 1) === application1 && view.getUint32(at + 4) === 0x45786966;
      if (isExif) return orientationIn(view, at + 10);
      at += 2 + view.getUint16(at + 2);
    }
  } catch (error) {
    // A segment that ends before what it promises says nothing.
    if (!(error instanceof RangeError)) throw error;
  }
  return 1;
}

/** @param start where the segment's TIFF header begins */
function orientationIn(view: DataView, start: number): number {
  const isLittle = view.getUint16(start) === 0x4949;
  const directory = start + view.getUint32(start + 4, isLittle);
  const count = view.getUint16(directory, isLittle);
  for (let entry = 0; entry < count; entry += 1) {
    const at = directory + 2 + 12 * entry;
    if (view.getUint16(at, isLittle) === orientationTag) return view.getUint16(at + 8, isLittle);
  }
  return 1;
}

function turned({ width, height, rgba }: Pixels, orientation: number): Pixels {
  if (orientation < 2 || orientation > 8) return { width, height, rgba };
  const isOnSide = orientation > 4;
  const [newWidth, newHeight] = isOnSide ? [height, width] : [width, height];
  // Which corner the first row and column begin at.
  const isFromRight = [2, 3, 7, 8].includes(orientation);
  const isFromBottom = [3, 4, 6, 7].includes(orientation);
  const found = new Uint8Array(rgba.length);
  for (let y = 0; y < newHeight; y += 1) {
    for (let x = 0; x < newWidth; x += 1) {
      const [across, down] = isOnSide ? [y, x] : [x, y];
      const column = isFromRight ? width - 1 - across : across;
      const row = isFromBottom ? height - 1 - down : down;
      const from = 4 * (row * width + column);
      found.set(rgba.subarray(from, from + 4), 4 * (y * newWidth + x));
    }
  }
  return { width: newWidth, height: newHeight, rgba: found };
}
