import type * as tfc from '@tensorflow/tfjs-core';

import type { TensorFlow } from '../tensorflow.ts';
import { forward } from './forward.ts';
import type { ScoredMap } from './gradients.ts';
import type { OpenNetwork } from './openNetwork.ts';

export interface Occlusion {
  /** Side of the square that covers, in pixels of the input. */
  readonly size: number;
  /** Pixels from one place of the square to the next. */
  readonly stride: number;
  /** What the square is filled with. */
  readonly value: number;
}

/** Rows and columns of places where a square is put: its first pixel is `place · stride`, and it never leaves the picture. */
export function occlusionPlaces(
  [height, width]: readonly number[],
  { size, stride }: Occlusion,
): readonly [rows: number, columns: number] {
  const along = (side = 0) => Math.floor((side - Math.min(size, side)) / stride) + 1;
  return [along(height), along(width)];
}

/**
 * The class's output while a square covers the picture, for each place of the square: low where what is covered speaks for
 * the class. Source: Zeiler and Fergus, "Visualizing and Understanding Convolutional Networks", ECCV 2014, section 4.2.
 *
 * @param atOnce how many covered pictures are computed at once
 * @param turn awaited between them; what it throws ends the work
 */
export async function occlusion(
  tf: TensorFlow,
  network: OpenNetwork,
  input: tfc.Tensor,
  classIndex: number,
  square: Occlusion,
  atOnce: number,
  turn: () => Promise<void>,
): Promise<ScoredMap> {
  const [height, width, channels] = network.inputShape;
  const picture = input.dataSync();
  const [rows, columns] = occlusionPlaces(network.inputShape, square);
  const values = new Float32Array(rows * columns);
  const outputs = (numbers: Float32Array, count: number) =>
    tf.tidy(() => {
      const given = forward(network, tf.tensor4d(numbers, [count, height, width, channels]));
      return given.reshape([count, -1]).slice([0, classIndex], [count, 1]).dataSync();
    });
  for (let from = 0; from < values.length; from += atOnce) {
    const count = Math.min(atOnce, values.length - from);
    const numbers = new Float32Array(count * picture.length);
    for (let at = 0; at < count; at += 1) {
      numbers.set(picture, at * picture.length);
      const top = Math.floor((from + at) / columns) * square.stride;
      const left = ((from + at) % columns) * square.stride;
      for (let row = top; row < Math.min(top + square.size, height); row += 1) {
        const start = at * picture.length + (row * width + left) * channels;
        const pixels = Math.min(square.size, width - left);
        numbers.fill(square.value, start, start + pixels * channels);
      }
    }
    values.set(outputs(numbers, count), from);
    await turn();
  }
  return { shape: [rows, columns], values, score: outputs(Float32Array.from(picture), 1)[0] ?? NaN };
}
