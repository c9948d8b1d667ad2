import { outputsAt } from '../lecture/stepping/arithmetic.ts';
import { noPadding } from '../lecture/stepping/geometry.ts';
import type { Shape } from '../layers/shape.ts';

/** One unit of a fully connected layer and the filter with its weights, both computed. */
export interface SameNumber {
  readonly dense: number;
  readonly convolution: number;
}

/** A number from −1 to under 1 that is always the same for its place; weights too many to be kept are made when asked for. */
function numberAt(place: number): number {
  let mixed = Math.imul(place ^ 0x9e3779b9, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 31 - 1;
}

/**
 * Computes a unit of a fully connected layer on a picture `[height, width, channels]`: once as a row of its matrix on the
 * flattened picture, once as the stepper computes a convolution, by a filter `[height, width, channels, 1]` with the same
 * weights that has room for one place only.
 */
export function computeBoth(
  [rows = 1, columns = 1, channels = 1]: Shape,
  units: number,
  unit: number,
): SameNumber {
  const count = rows * columns * channels;
  const picture = Float64Array.from({ length: count }, (_, place) => numberAt(-1 - place));
  const weights = Float64Array.from({ length: count }, (_, place) => numberAt(place * units + unit));
  let dense = 0;
  for (let place = 0; place < count; place += 1) dense += (picture[place] ?? 0) * (weights[place] ?? 0);
  const filter = {
    kind: 'convolution',
    inputShape: [rows, columns, channels],
    size: [rows, columns],
    filters: 1,
    strides: [1, 1],
    dilation: [1, 1],
    padding: noPadding,
    paddingIsEmpty: false,
    activation: 'linear',
    input: picture,
    kernel: weights,
    bias: null,
  } as const;
  const [convolution = Number.NaN] = outputsAt(filter, { row: 0, column: 0 }, [0]);
  return { dense, convolution };
}
