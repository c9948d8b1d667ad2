/** A picture for people: three bytes a pixel. */
export interface DrawnPicture {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue, row by row. */
  readonly data: Uint8Array<ArrayBuffer>;
}

interface Numbers {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** Sides of small pictures are repeated until they are about as long as this. */
const drawnSide = 448;
/** For more and for less, told apart without red and green: orange and blue. */
const more = [230, 97, 0];
const less = [30, 110, 220];

/**
 * Draws a picture `[height, width, channels]` in grey with a map `[rows, columns]` or `[height, width, channels]` over it,
 * enlarged smoothly: orange where the map is high, blue where it is below zero. A map without numbers below zero is scaled
 * from its smallest to its largest.
 */
export function explanationPicture(picture: Numbers, map: Numbers): DrawnPicture {
  const [pictureHeight = 1, pictureWidth = 1] = picture.shape;
  const factor = Math.max(1, Math.round(drawnSide / Math.max(pictureHeight, pictureWidth)));
  const [height, width] = [pictureHeight * factor, pictureWidth * factor];
  const flat = flattened(map);
  const smallest = Math.min(...flat.values);
  const largest = Math.max(...flat.values);
  const from = smallest < 0 ? 0 : smallest;
  const range = Math.max(largest - from, -smallest, 1e-12);
  const data = new Uint8Array(height * width * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const grey = 255 * meanAt(picture, Math.floor(y / factor), Math.floor(x / factor));
      const value = smoothAt(flat, (y + 0.5) / height, (x + 0.5) / width);
      const strength = Math.min(1, Math.abs(value - from) / range) * 0.8;
      const colour = value >= from ? more : less;
      const at = (y * width + x) * 3;
      for (let part = 0; part < 3; part += 1)
        data[at + part] = Math.round(grey * (1 - strength) + (colour[part] ?? 0) * strength);
    }
  }
  return { height, width, data };
}

/** Sums channels, so that a map has one number a place. */
function flattened({ shape, values }: Numbers): Numbers {
  const [rows = 1, columns = 1, channels = 1] = shape;
  if (channels === 1) return { shape: [rows, columns], values };
  const sums = Float32Array.from({ length: rows * columns }, (_, at) =>
    values.subarray(at * channels, (at + 1) * channels).reduce((sum, value) => sum + value, 0),
  );
  return { shape: [rows, columns], values: sums };
}

function meanAt({ shape, values }: Numbers, row: number, column: number): number {
  const [, width = 1, channels = 1] = shape;
  const start = (row * width + column) * channels;
  return values.subarray(start, start + channels).reduce((sum, value) => sum + value, 0) / channels;
}

/** Bilinear: places' middles have their own numbers, and what lies between has both. */
function smoothAt({ shape, values }: Numbers, down: number, across: number): number {
  const [rows = 1, columns = 1] = shape;
  const [top, bottom, row] = between(down * rows - 0.5, rows);
  const [left, right, column] = between(across * columns - 0.5, columns);
  const at = (y: number, x: number) => values[y * columns + x] ?? 0;
  const above = at(top, left) * (1 - column) + at(top, right) * column;
  const below = at(bottom, left) * (1 - column) + at(bottom, right) * column;
  return above * (1 - row) + below * row;
}

function between(position: number, count: number): readonly [before: number, after: number, share: number] {
  const clamped = Math.min(Math.max(position, 0), count - 1);
  const before = Math.floor(clamped);
  return [before, Math.min(before + 1, count - 1), clamped - before];
}
