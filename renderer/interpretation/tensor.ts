import { numbersAt, type NumbersPlace } from '../../shared/rpc/bytes.ts';

/** Numbers of one layer, the last axis running fastest. */
export interface Tensor {
  /** `[height, width, channels]`, `[steps, channels]` or `[units]`; of weights, TensorFlow's order. */
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** An array of an answer's numbers, without copying them. */
export function tensorAt(numbers: Float32Array, place: NumbersPlace): Tensor {
  return { shape: place.shape, values: numbersAt(numbers, place) };
}

/** The least and the greatest number. */
export function rangeOf(values: Float32Array): readonly [least: number, greatest: number] {
  let [least, greatest] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  return [least, greatest];
}
