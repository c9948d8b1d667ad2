import type { GrayPicture } from './grayPicture.ts';

/** MNIST's pictures: a digit in a box of 20 × 20 pixels, its centre of mass in the middle of 28 × 28. */
const side = 28;
const boxSide = 20;
/** Ink below this is taken for paper. */
const threshold = 0.05;

/**
 * Makes of ink a picture as MNIST's were made: cut to what is drawn, scaled into 20 × 20 pixels with its proportions kept
 * and its edges smoothed, and put into 28 × 28 so that its centre of mass is in the middle. Null where nothing is drawn.
 * Source: LeCun, Cortes and Burges, "The MNIST database of handwritten digits".
 */
export function asMnist(picture: GrayPicture): GrayPicture | null {
  const box = inkBox(picture);
  if (box === null) return null;
  const scale = boxSide / Math.max(box.height, box.width);
  const digit = scaled(picture, box, scale);
  const [row, column] = centreOfMass(digit);
  // Pixel i covers i to i + 1, so that the middle of 28 pixels lies at 14.
  const top = clamp(Math.round(side / 2 - row), side - digit.height);
  const left = clamp(Math.round(side / 2 - column), side - digit.width);
  const values = new Float32Array(side * side);
  for (let at = 0; at < digit.height; at += 1) {
    values.set(digit.values.subarray(at * digit.width, (at + 1) * digit.width), (top + at) * side + left);
  }
  return { height: side, width: side, values };
}

interface Box {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

function inkBox({ height, width, values }: GrayPicture): Box | null {
  let [top, bottom, left, right] = [height, -1, width, -1];
  values.forEach((value, at) => {
    if (value <= threshold) return;
    const [row, column] = [Math.floor(at / width), at % width];
    [top, bottom] = [Math.min(top, row), Math.max(bottom, row)];
    [left, right] = [Math.min(left, column), Math.max(right, column)];
  });
  return bottom < 0 ? null : { top, left, height: bottom - top + 1, width: right - left + 1 };
}

/** Each new pixel is the mean of what it covers, which smooths edges; where a picture grows, it repeats what it covers. */
function scaled({ width: rowLength, values }: GrayPicture, box: Box, scale: number): GrayPicture {
  const height = Math.max(1, Math.round(box.height * scale));
  const width = Math.max(1, Math.round(box.width * scale));
  const rows = shares(box.height, height);
  const columns = shares(box.width, width);
  const made = new Float32Array(height * width);
  rows.forEach((rowShares, row) => {
    columns.forEach((columnShares, column) => {
      let sum = 0;
      for (const [y, rowShare] of rowShares) {
        const start = (box.top + y) * rowLength + box.left;
        for (const [x, columnShare] of columnShares) sum += rowShare * columnShare * (values[start + x] ?? 0);
      }
      made[row * width + column] = sum;
    });
  });
  return { height, width, values: made };
}

/** For each of `to` equal parts of a line of `from` pixels: the pixels in it, and which share of the part each has. */
function shares(from: number, to: number): readonly (readonly (readonly [pixel: number, share: number])[])[] {
  const length = from / to;
  return Array.from({ length: to }, (_, part) => {
    const [start, end] = [part * length, (part + 1) * length];
    const last = Math.min(from - 1, Math.ceil(end) - 1);
    return Array.from({ length: last - Math.floor(start) + 1 }, (_one, at) => {
      const pixel = Math.floor(start) + at;
      return [pixel, (Math.min(end, pixel + 1) - Math.max(start, pixel)) / length] as const;
    });
  });
}

/** Row and column of the centre of mass, in pixels from the upper left corner. */
export function centreOfMass({ width, values }: GrayPicture): readonly [row: number, column: number] {
  let [mass, rows, columns] = [0, 0, 0];
  values.forEach((value, at) => {
    mass += value;
    rows += value * (Math.floor(at / width) + 0.5);
    columns += value * ((at % width) + 0.5);
  });
  return [rows / mass, columns / mass];
}

function clamp(value: number, most: number): number {
  return Math.min(Math.max(value, 0), most);
}
