import type * as tfc from '@tensorflow/tfjs-core';

import type { TensorFlow } from '../tensorflow.ts';
import { replaceKernel } from './replaceKernel.ts';
import { spread } from './spread.ts';

type Shape = [number, number, number, number];
type Pad = 'valid' | 'same' | number;

/**
 * Gives the WebAssembly backend what training needs and it lacks, from operations that it does well: the filter's
 * gradient is missing, the input's is slow (12 times slower than a convolution of that size), and so is a product with
 * a transposed matrix.
 */
export function registerWasmKernels(tf: TensorFlow): void {
  replaceKernel(tf, 'Conv2DBackpropFilter', 'wasm', ({ inputs, attrs }) => {
    const { x, dy } = inputs as { x: tfc.Tensor4D; dy: tfc.Tensor4D };
    return filterGradient(tf, x, dy, attrs);
  });
  replaceKernel(tf, 'Conv2DBackpropInput', 'wasm', ({ inputs, attrs }) => {
    const { dy, filter } = inputs as { dy: tfc.Tensor4D; filter: tfc.Tensor4D };
    return inputGradient(tf, dy, filter, attrs);
  });
  replaceKernel(tf, 'BatchMatMul', 'wasm', ({ inputs, attrs, backend }, stock) => {
    const { a, b } = inputs as { a: tfc.Tensor; b: tfc.Tensor };
    const turned = (matrices: tfc.Tensor) => {
      const axes = matrices.shape.map((_, axis) => axis);
      return tf.transpose(matrices, [...axes.slice(0, -2), ...axes.slice(-2).reverse()]);
    };
    const left = attrs['transposeA'] === true ? turned(a) : a;
    const right = attrs['transposeB'] === true ? turned(b) : b;
    const plain = { ...attrs, transposeA: false, transposeB: false };
    const product = stock({ inputs: { a: left, b: right }, attrs: plain, backend });
    for (const copy of [left, right]) if (copy !== a && copy !== b) copy.dispose();
    return product;
  });
}

/**
 * The gradient of a convolution's filter, itself a convolution: pictures as channels, the gradient of the output as
 * filter, dilated by the strides.
 *
 * @returns `[height, width, in, out]`
 */
function filterGradient(
  tf: TensorFlow,
  x: tfc.Tensor4D,
  dy: tfc.Tensor4D,
  attrs: tfc.NamedAttrMap,
): tfc.Tensor {
  const shape = attrs['filterShape'] as Shape;
  const { padInfo, strideHeight, strideWidth } = convolutionInfo(tf, x.shape, shape, attrs);
  const { top, bottom, left, right } = padInfo;
  return tf.tidy(() => {
    const padded = tf.pad(x, [
      [0, 0],
      [top, bottom],
      [left, right],
      [0, 0],
    ]);
    const all = tf.conv2d(
      tf.transpose(padded, [3, 1, 2, 0]),
      tf.transpose(dy, [1, 2, 0, 3]),
      1,
      'valid',
      'NHWC',
      [strideHeight, strideWidth],
    );
    // Rows and columns that no stride reached are left over.
    const [height, width, input, output] = shape;
    return tf.transpose(tf.slice(all, [0, 0, 0, 0], [input, height, width, output]), [1, 2, 0, 3]);
  });
}

/**
 * The gradient of a convolution's input, itself a convolution: that of the output, spread by the strides, with the
 * filter turned round.
 *
 * @returns `[batch, height, width, channels]`
 */
function inputGradient(
  tf: TensorFlow,
  dy: tfc.Tensor4D,
  filter: tfc.Tensor4D,
  attrs: tfc.NamedAttrMap,
): tfc.Tensor {
  const shape = attrs['inputShape'] as Shape;
  const info = convolutionInfo(tf, shape, filter.shape, attrs);
  const { strideHeight, strideWidth, filterHeight, filterWidth, padInfo } = info;
  return tf.tidy(() => {
    const wide = spread(tf, dy, [strideHeight, strideWidth]);
    const [, height, width] = shape;
    const top = filterHeight - 1 - padInfo.top;
    const left = filterWidth - 1 - padInfo.left;
    const padded = tf.pad(wide, [
      [0, 0],
      [top, height + filterHeight - 1 - top - wide.shape[1]],
      [left, width + filterWidth - 1 - left - wide.shape[2]],
      [0, 0],
    ]);
    return tf.conv2d(padded, tf.transpose(tf.reverse(filter, [0, 1]), [0, 1, 3, 2]), 1, 'valid');
  });
}

function convolutionInfo(tf: TensorFlow, inputShape: Shape, filterShape: Shape, attrs: tfc.NamedAttrMap) {
  const strides = attrs['strides'] as number | [number, number];
  return tf.backend_util.computeConv2DInfo(inputShape, filterShape, strides, 1, attrs['pad'] as Pad);
}
