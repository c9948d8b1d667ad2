import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type * as tfc from '@tensorflow/tfjs-core';

import type { TensorFlow } from '../tensorflow.ts';
import { replaceKernel } from './replaceKernel.ts';
import { spread } from './spread.ts';
import { filterGradient } from './wasm/filterGradient.ts';
import { replaceMatrixProduct } from './wasm/matrixProduct.ts';

type Shape = [number, number, number, number];
type Pad = 'valid' | 'same' | number;

/**
 * Gives the WebAssembly backend what training needs and it lacks, from operations that it does well: the filter's
 * gradient is missing, the input's is slow (12 times slower than a convolution of that size), and so is a product with
 * a transposed matrix.
 */
export function registerWasmKernels(tf: TensorFlow): void {
  const product = replaceMatrixProduct(tf);
  replaceKernel(tf, 'Conv2DBackpropFilter', 'wasm', ({ inputs, attrs, backend }) => {
    const { x, dy } = inputs as { x: tfc.Tensor4D; dy: tfc.Tensor4D };
    const info = convolutionInfo(tf, x.shape, attrs['filterShape'] as Shape, attrs);
    return filterGradient(tf, backend as BackendWasm, product, x, dy, info);
  });
  replaceKernel(tf, 'Conv2DBackpropInput', 'wasm', ({ inputs, attrs }) => {
    const { dy, filter } = inputs as { dy: tfc.Tensor4D; filter: tfc.Tensor4D };
    return inputGradient(tf, dy, filter, attrs);
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
