import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type * as tfc from '@tensorflow/tfjs-core';

import type { TensorFlow } from '../../tensorflow.ts';
import { spread } from '../spread.ts';
import { numbersOf, withPart } from './heap.ts';
import type { MatrixProduct } from './matrixProduct.ts';

type Info = tfc.backend_util.Conv2DInfo;

/** Numbers that one product may give: they stay in the processor's cache until they are added up. */
const numbersAtOnce = 2 ** 18;

/**
 * The gradient of a convolution's input, `[batch, height, width, in]`.
 *
 * @param dy `[batch, outHeight, outWidth, out]`
 * @param filter `[height, width, in, out]`
 */
export function inputGradient(
  tf: TensorFlow,
  backend: BackendWasm,
  product: MatrixProduct,
  dy: tfc.Tensor4D,
  filter: tfc.Tensor4D,
  info: Info,
): tfc.Tensor {
  if (suitsWindows(info)) {
    return tf.engine().makeTensorFromTensorInfo(byWindows(backend, product, dy, filter, info));
  }
  return byConvolution(tf, backend, dy, filter, info);
}

/**
 * Whether fewer windows than pixels make up for adding them up, which takes as long as 35 multiplications of a number;
 * as measured.
 */
function suitsWindows({ inHeight, inWidth, outHeight, outWidth, outChannels }: Info): boolean {
  return outHeight * outWidth * (outChannels + 35) < inHeight * inWidth * outChannels;
}

/**
 * Itself a convolution: that of the output's gradient, spread by the strides, with the filter turned round, its
 * channels exchanged.
 */
function byConvolution(
  tf: TensorFlow,
  backend: BackendWasm,
  dy: tfc.Tensor4D,
  filter: tfc.Tensor4D,
  info: Info,
): tfc.Tensor {
  const { strideHeight, strideWidth, filterHeight, filterWidth, inHeight, inWidth, padInfo } = info;
  return tf.tidy(() => {
    const wide = spread(tf, dy, [strideHeight, strideWidth]);
    const top = filterHeight - 1 - padInfo.top;
    const left = filterWidth - 1 - padInfo.left;
    const padded = tf.pad(wide, [
      [0, 0],
      [top, inHeight + filterHeight - 1 - top - wide.shape[1]],
      [left, inWidth + filterWidth - 1 - left - wide.shape[2]],
      [0, 0],
    ]);
    const turned = tf.engine().makeTensorFromTensorInfo(exchanged(backend, filter, 'turned')) as tfc.Tensor4D;
    return tf.conv2d(padded, turned, 1, 'valid');
  });
}

/** The gradient of each window, a product of matrices, added up where windows overlap; a few pictures at a time. */
function byWindows(
  backend: BackendWasm,
  product: MatrixProduct,
  dy: tfc.Tensor4D,
  filter: tfc.Tensor4D,
  info: Info,
): tfc.TensorInfo {
  const { batchSize, outHeight, outWidth, outChannels, inHeight, inWidth, inChannels } = info;
  const windows = outHeight * outWidth;
  const numbers = info.filterHeight * info.filterWidth * inChannels;
  const atOnce = Math.max(1, Math.min(batchSize, Math.floor(numbersAtOnce / (windows * numbers))));
  const dx = backend.makeOutput([batchSize, inHeight, inWidth, inChannels], 'float32');
  numbersOf(backend, dx).fill(0);
  const exchangedFilter = exchanged(backend, filter, 'matrix');
  for (let first = 0; first < batchSize; first += atOnce) {
    const pictures = Math.min(atOnce, batchSize - first);
    const part = [1, pictures * windows, outChannels];
    const gradients = withPart(backend, dy, first * windows * outChannels, part, (a) =>
      product(backend, a, exchangedFilter),
    );
    addWindows(numbersOf(backend, gradients), numbersOf(backend, dx), first, pictures, info);
    backend.disposeData(gradients.dataId);
  }
  backend.disposeData(exchangedFilter.dataId);
  return dx;
}

/** Adds windows, `[pictures, outHeight, outWidth, filterHeight, filterWidth, in]`, to the pictures they are from. */
function addWindows(
  windows: Float32Array,
  dx: Float32Array,
  first: number,
  pictures: number,
  info: Info,
): void {
  const { outHeight, outWidth, inHeight, inWidth, inChannels, filterHeight, filterWidth, padInfo } = info;
  let source = 0;
  for (let row = 0; row < pictures * outHeight; row += 1) {
    const picture = first + Math.floor(row / outHeight);
    const top = (row % outHeight) * info.strideHeight - padInfo.top;
    for (let column = 0; column < outWidth; column += 1) {
      const left = column * info.strideWidth - padInfo.left;
      const begin = Math.max(0, -left) * inChannels;
      const end = Math.min(filterWidth, inWidth - left) * inChannels;
      for (let down = 0; down < filterHeight; down += 1) {
        if (top + down >= 0 && top + down < inHeight) {
          const target = ((picture * inHeight + top + down) * inWidth + left) * inChannels;
          for (let index = begin; index < end; index += 1) {
            dx[target + index] = (dx[target + index] ?? 0) + (windows[source + index] ?? 0);
          }
        }
        source += filterWidth * inChannels;
      }
    }
  }
}

/**
 * A filter with its channels exchanged.
 *
 * @returns `turned`: `[height, width, out, in]`, rows and columns in reverse; `matrix`: `[1, out, height · width · in]`
 */
function exchanged(backend: BackendWasm, filter: tfc.Tensor4D, as: 'turned' | 'matrix'): tfc.TensorInfo {
  const [height, width, input, output] = filter.shape;
  const places = height * width;
  const shape = as === 'turned' ? [height, width, output, input] : [1, output, places * input];
  const result = backend.makeOutput(shape, 'float32');
  const [from, to] = [numbersOf(backend, filter), numbersOf(backend, result)];
  // How far apart the numbers of neighbouring output channels are.
  const step = as === 'turned' ? input : places * input;
  let source = 0;
  for (let place = 0; place < places; place += 1) {
    const start = as === 'turned' ? (places - 1 - place) * input * output : place * input;
    for (let channel = 0; channel < input; channel += 1) {
      let target = start + channel;
      for (let out = 0; out < output; out += 1) {
        to[target] = from[source] ?? 0;
        source += 1;
        target += step;
      }
    }
  }
  return result;
}
