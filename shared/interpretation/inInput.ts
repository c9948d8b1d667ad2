import { centring } from '../datasets/index.ts';

interface Numbers {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/**
 * A picture `[height, width, channels]` as a network with an input `[height, width, channels]` takes it: in the middle of
 * a larger one, zeros around it. As it is where it does not fit.
 */
export function inInput({ shape, values }: Numbers, input: readonly number[]): Numbers {
  const [height = 1, width = 1, channels = 1] = shape;
  const place = centring([height, width, channels], input);
  const [rows = height, columns = width] = input;
  if (place === undefined || (rows === height && columns === width)) return { shape, values };
  const wide = new Float32Array(rows * columns * channels);
  for (let y = 0; y < height; y += 1) {
    const row = values.subarray(y * width * channels, (y + 1) * width * channels);
    wide.set(row, ((y + place.top) * columns + place.left) * channels);
  }
  return { shape: [rows, columns, channels], values: wide };
}
