import type * as tfc from '@tensorflow/tfjs-core';

import type { TensorFlow } from '../../tensorflow.ts';
import { replaceKernel } from '../replaceKernel.ts';
import { spread } from '../spread.ts';

type Shape = [number, number, number, number];

/**
 * Gives the WebAssembly backend the gradients of a depthwise convolution, which it lacks; and the convolution itself where
 * a stride is larger than the filter, of which it makes zeros with padding `same`. Strides are equal, dilation is 1. The
 * input's gradient is a convolution with the turned filter; the filter's is a sum for each of its places.
 */
export function registerDepthwiseGradients(tf: TensorFlow): void {
  const infoOf = (input: Shape, filter: Shape, { strides, pad }: tfc.NamedAttrMap) =>
    tf.backend_util.computeConv2DInfo(
      input,
      filter,
      strides as number | [number, number],
      1,
      pad as 'valid' | 'same',
      undefined,
      true,
    );

  replaceKernel(tf, 'DepthwiseConv2dNative', 'wasm', (call, stock) => {
    const { x, filter } = call.inputs as { x: tfc.Tensor4D; filter: tfc.Tensor4D };
    const { padInfo, strideHeight, strideWidth } = infoOf(x.shape, filter.shape, call.attrs);
    const skips = strideHeight > filter.shape[0] || strideWidth > filter.shape[1];
    if (call.attrs['pad'] !== 'same' || !skips) return stock(call);
    return tf.tidy(() => {
      const padded: tfc.Tensor4D = tf.pad(x, [
        [0, 0],
        [padInfo.top, padInfo.bottom],
        [padInfo.left, padInfo.right],
        [0, 0],
      ]);
      return tf.depthwiseConv2d(padded, filter, [strideHeight, strideWidth], 'valid');
    });
  });

  replaceKernel(tf, 'DepthwiseConv2dNativeBackpropInput', 'wasm', ({ inputs, attrs }) =>
    tf.tidy(() => {
      const { dy, filter } = inputs as { dy: tfc.Tensor4D; filter: tfc.Tensor4D };
      const shape = attrs['inputShape'] as Shape;
      const { padInfo, strideHeight, strideWidth } = infoOf(shape, filter.shape, attrs);
      const [height, width, channels, multiplier] = filter.shape;
      const apart = spread(tf, dy, [strideHeight, strideWidth]);
      // So far each side that a window at the input's edge has all its places.
      const [top, left] = [height - 1 - padInfo.top, width - 1 - padInfo.left];
      const bottom = shape[1] + height - 1 - top - apart.shape[1];
      const right = shape[2] + width - 1 - left - apart.shape[2];
      const padded: tfc.Tensor4D = tf.pad(apart, [
        [0, 0],
        [top, bottom],
        [left, right],
        [0, 0],
      ]);
      const turned: tfc.Tensor4D = tf.reshape(tf.reverse(filter, [0, 1]), [
        height,
        width,
        channels * multiplier,
        1,
      ]);
      const each = tf.depthwiseConv2d(padded, turned, 1, 'valid');
      return tf.sum(tf.reshape(each, [...shape.slice(0, 3), channels, multiplier]), 4);
    }),
  );

  replaceKernel(tf, 'DepthwiseConv2dNativeBackpropFilter', 'wasm', ({ inputs, attrs }) =>
    tf.tidy(() => {
      const { x, dy } = inputs as { x: tfc.Tensor4D; dy: tfc.Tensor4D };
      const shape = attrs['filterShape'] as Shape;
      const info = infoOf(x.shape, shape, attrs);
      const { padInfo, strideHeight, strideWidth, outHeight, outWidth } = info;
      const [height, width, channels, multiplier] = shape;
      const padded = tf.pad(x, [
        [0, 0],
        [padInfo.top, padInfo.bottom],
        [padInfo.left, padInfo.right],
        [0, 0],
      ]);
      const examples = x.shape[0];
      const rows = examples * outHeight * outWidth;
      const gradient = tf.reshape(dy, [rows, channels, multiplier]);
      const places = Array.from({ length: height * width }, (_, at) => {
        const [row, column] = [Math.floor(at / width), at % width];
        const ends = [row + (outHeight - 1) * strideHeight + 1, column + (outWidth - 1) * strideWidth + 1];
        const seen = tf.stridedSlice(
          padded,
          [0, row, column, 0],
          [examples, ...ends, channels],
          [1, strideHeight, strideWidth, 1],
        );
        return tf.sum(tf.mul(tf.reshape(seen, [rows, channels, 1]), gradient), 0);
      });
      return tf.reshape(tf.stack(places), shape);
    }),
  );
}
