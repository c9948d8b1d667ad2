import type * as tfc from '@tensorflow/tfjs-core';

import type { TensorFlow } from '../tensorflow.ts';

/** The height or width of what was spread by a step. */
export const spreadSide = (side: number, step: number): number => (side - 1) * step + 1;

/**
 * Puts `step − 1` rows and columns of zeros between those that are there: a filter becomes a dilated one, the gradient
 * of a strided convolution's output that of one without strides.
 *
 * @param x `[batch, height, width, channels]`
 * @param step `[down, across]`
 * @returns `[batch, (height − 1)·down + 1, (width − 1)·across + 1, channels]`
 */
export function spread(
  tf: TensorFlow,
  x: tfc.Tensor4D,
  [down, across]: readonly [number, number],
): tfc.Tensor4D {
  if (down === 1 && across === 1) return x;
  const [batch, height, width, channels] = x.shape;
  return tf.tidy(() => {
    const rows = tf.pad(tf.reshape(x, [batch * height, 1, width * channels]), [
      [0, 0],
      [0, down - 1],
      [0, 0],
    ]);
    const cells = tf.reshape(rows, [batch * height * down * width, 1, channels]);
    const wide = tf.pad(cells, [
      [0, 0],
      [0, across - 1],
      [0, 0],
    ]);
    const all = tf.reshape<tfc.Rank.R4>(wide, [batch, height * down, width * across, channels]);
    return tf.slice(
      all,
      [0, 0, 0, 0],
      [batch, spreadSide(height, down), spreadSide(width, across), channels],
    );
  });
}
