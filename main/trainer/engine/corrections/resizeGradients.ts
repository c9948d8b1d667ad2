import type * as tfc from '@tensorflow/tfjs-core';

import type { TensorFlow } from '../../tensorflow.ts';
import { replaceKernel } from '../replaceKernel.ts';

type Share = readonly [input: number, weight: number];

/**
 * Replaces the gradients of UpSampling2D in plain JavaScript: that of nearest neighbours is wrong, that of bilinear
 * interpolation has height and width exchanged. What is resized is a product with a matrix for each axis, so that the
 * gradient is one with the matrices turned.
 */
export function correctResizeGradients(tf: TensorFlow): void {
  const replace = (kernelName: string, sharesOf: (at: number, input: number) => readonly Share[]) =>
    replaceKernel(tf, kernelName, 'cpu', ({ inputs, attrs }) =>
      tf.tidy(() => {
        const { images, dy } = inputs;
        if (images === undefined || dy === undefined) throw new Error('The kernel lacks an input.');
        const [examples = 1, height = 1, width = 1, channels = 1] = images.shape;
        const [, outHeight = 1, outWidth = 1] = dy.shape;
        /** Of the numbers that come in, how much is in each that goes out, `[input, output]`. */
        const matrix = (input: number, output: number) => {
          const aligned = attrs['alignCorners'] === true && output > 1;
          const scale = aligned ? (input - 1) / (output - 1) : input / output;
          const shares = new Float32Array(input * output);
          for (let at = 0; at < output; at += 1)
            for (const [from, weight] of sharesOf(at * scale, input)) {
              const place = Math.min(from, input - 1) * output + at;
              shares[place] = (shares[place] ?? 0) + weight;
            }
          return tf.tensor2d(shares, [input, output]);
        };
        const rows: tfc.Tensor3D = tf.reshape(dy, [examples, outHeight, outWidth * channels]);
        const down = product(matrix(height, outHeight), rows);
        const columns: tfc.Tensor3D = tf.reshape(down, [examples * height, outWidth, channels]);
        return tf.reshape(product(matrix(width, outWidth), columns), images.shape);
      }),
    );
  const product = (matrix: tfc.Tensor2D, stack: tfc.Tensor3D): tfc.Tensor =>
    tf.matMul(tf.tile(tf.expandDims(matrix, 0), [stack.shape[0], 1, 1]), stack);

  replace('ResizeNearestNeighborGrad', (at) => [[Math.floor(at + 1e-6), 1]]);
  replace('ResizeBilinearGrad', (at) => {
    const before = Math.floor(at);
    return [
      [before, 1 - (at - before)],
      [before + 1, at - before],
    ];
  });
}
