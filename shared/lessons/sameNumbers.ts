import type { Shape } from '../layers/shape.ts';

/** A few units of a fully connected layer and of the convolution with its weights, both computed. */
export interface SameNumbers {
  readonly dense: readonly number[];
  readonly convolution: readonly number[];
  /** How many weights each of them has. */
  readonly weights: number;
}

/** A number from −1 to under 1 that is always the same for its place; weights too many to be kept are made when asked for. */
function numberAt(place: number): number {
  let mixed = Math.imul(place ^ 0x9e3779b9, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 31 - 1;
}

/**
 * Computes the first units of a fully connected layer on a picture `[height, width, channels]`, once as rows of its
 * matrix on the flattened picture, once as a convolution whose kernel `[height, width, channels, units]` covers it.
 */
export function computeBoth(
  [height = 1, width = 1, channels = 1]: Shape,
  units: number,
  shown: number,
): SameNumbers {
  const weights = height * width * channels;
  const weight = (place: number, unit: number) => numberAt(place * units + unit);
  const picture = new Float64Array(weights);
  for (let place = 0; place < weights; place += 1) picture[place] = numberAt(-1 - place);
  const count = Math.min(shown, units);
  const list = Array.from({ length: count }, (_, unit) => unit);
  const dense = list.map((unit) => {
    let sum = 0;
    for (let place = 0; place < weights; place += 1) sum += (picture[place] ?? 0) * weight(place, unit);
    return sum;
  });
  const convolution = list.map((filter) => {
    let sum = 0;
    for (let row = 0; row < height; row += 1)
      for (let column = 0; column < width; column += 1)
        for (let channel = 0; channel < channels; channel += 1) {
          const place = (row * width + column) * channels + channel;
          sum += (picture[place] ?? 0) * weight(place, filter);
        }
    return sum;
  });
  return { dense, convolution, weights };
}
