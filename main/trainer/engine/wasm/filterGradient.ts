import type * as tfc from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';

import type { TensorFlow } from '../../tensorflow.ts';
import { numbersOf, withPart } from './heap.ts';
import type { MatrixProduct } from './matrixProduct.ts';

type Info = tfc.backend_util.Conv2DInfo;
/** Pixels summed up by one product: what it reads of them stays in the processor's cache. */
const pixelsAtOnce = 8192;

/**
 * The gradient of a convolution's filter, `[height, width, in, out]`: for each of its places the product of the
 * pictures, moved by that place, with the gradient of the output.
 *
 * @param x `[batch, height, width, in]`
 * @param dy `[batch, outHeight, outWidth, out]`
 */
export function filterGradient(
  tf: TensorFlow,
  backend: BackendWasm,
  product: MatrixProduct,
  x: tfc.Tensor4D,
  dy: tfc.Tensor4D,
  info: Info,
): tfc.Tensor {
  return tf.tidy(() => {
    const { top, bottom, left, right } = info.padInfo;
    const padded =
      Math.max(top, bottom, left, right) === 0
        ? x
        : tf.pad(x, [
            [0, 0],
            [top, bottom],
            [left, right],
            [0, 0],
          ]);
    if (!suitsProducts(info)) return byConvolution(tf, padded, dy, info);
    return tf.engine().makeTensorFromTensorInfo(byProducts(backend, product, padded, dy, info));
  });
}

/** Whether products are faster than a convolution whose filter is as large as a picture; as measured. */
function suitsProducts(info: Info): boolean {
  const { batchSize, strideHeight, strideWidth, outHeight, outWidth, inChannels, padInfo } = info;
  const grid = (info.inHeight + padInfo.top + padInfo.bottom) * (info.inWidth + padInfo.left + padInfo.right);
  const pixels = outHeight * outWidth;
  return (
    strideHeight * strideWidth === 1 && inChannels >= 8 && batchSize * pixels >= 16384 && grid <= 1.5 * pixels
  );
}

/**
 * Itself a convolution: pictures as channels, the gradient of the output as filter, dilated by the strides.
 *
 * @param x with its padding
 */
function byConvolution(tf: TensorFlow, x: tfc.Tensor4D, dy: tfc.Tensor4D, info: Info): tfc.Tensor {
  const { filterHeight, filterWidth, inChannels, outChannels, strideHeight, strideWidth } = info;
  const pictures: tfc.Tensor4D = tf.transpose(x, [3, 1, 2, 0]);
  const filter: tfc.Tensor4D = tf.transpose(dy, [1, 2, 0, 3]);
  const all = tf.conv2d(pictures, filter, 1, 'valid', 'NHWC', [strideHeight, strideWidth]);
  // Rows and columns that no stride reached are left over.
  const reached = tf.slice(all, [0, 0, 0, 0], [inChannels, filterHeight, filterWidth, outChannels]);
  return tf.transpose(reached, [1, 2, 0, 3]);
}

/**
 * Sums over pixels as products of matrices, a few pictures at a time. The gradient of the output stands, a row for each
 * channel, on the grid of the padded pictures, with zeros where a window would leave them. A place of the filter is then
 * an offset from which the same rows are read: what an offset brings in from a neighbouring row is zero.
 *
 * @param x with its padding
 */
function byProducts(
  backend: BackendWasm,
  product: MatrixProduct,
  x: tfc.Tensor4D,
  dy: tfc.Tensor4D,
  info: Info,
): tfc.TensorInfo {
  const { filterHeight, filterWidth, inChannels, outChannels } = info;
  const [batch, height, width] = x.shape;
  const atOnce = Math.max(1, Math.min(batch, Math.round(pixelsAtOnce / (height * width))));
  const lead = (filterHeight - 1) * width + filterWidth - 1;
  const sums = backend.makeOutput([filterHeight, filterWidth, inChannels, outChannels], 'float32');
  const rows = backend.makeOutput([lead + outChannels * atOnce * height * width], 'float32');
  numbersOf(backend, sums).fill(0);
  numbersOf(backend, rows).fill(0);
  for (let first = 0; first < batch; first += atOnce) {
    const pictures = Math.min(atOnce, batch - first);
    const pixels = pictures * height * width;
    // Fewer pictures make shorter rows, whose gaps lie elsewhere.
    if (pictures < atOnce) numbersOf(backend, rows).fill(0);
    layOnGrid(
      numbersOf(backend, dy),
      numbersOf(backend, rows).subarray(lead),
      first,
      pictures,
      width,
      height,
      info,
    );
    withPart(backend, x, first * height * width * inChannels, [1, pixels, inChannels], (b) => {
      for (let place = 0; place < filterHeight * filterWidth; place += 1) {
        const offset = Math.floor(place / filterWidth) * width + (place % filterWidth);
        const sum = withPart(backend, rows, lead - offset, [1, outChannels, pixels], (a) =>
          product(backend, a, b),
        );
        const into = place * inChannels * outChannels;
        addTransposed(numbersOf(backend, sum), numbersOf(backend, sums), into, outChannels, inChannels);
        backend.disposeData(sum.dataId);
      }
    });
  }
  backend.disposeData(rows.dataId);
  return sums;
}

/** Writes the gradient of some pictures, `[pictures, outHeight, outWidth, out]`, as `[out, pictures, height, width]`. */
function layOnGrid(
  dy: Float32Array,
  rows: Float32Array,
  first: number,
  pictures: number,
  width: number,
  height: number,
  { outHeight, outWidth, outChannels }: Info,
): void {
  const pixels = pictures * height * width;
  for (let row = 0; row < pictures * outHeight; row += 1) {
    const picture = Math.floor(row / outHeight);
    const from = (first * outHeight + row) * outWidth * outChannels;
    const to = (picture * height + (row % outHeight)) * width;
    for (let channel = 0; channel < outChannels; channel += 1) {
      let source = from + channel;
      let target = to + channel * pixels;
      for (let column = 0; column < outWidth; column += 1) {
        rows[target] = dy[source] ?? 0;
        target += 1;
        source += outChannels;
      }
    }
  }
}

/** Adds a matrix `[rows, columns]` to its transposed in `sums`. */
function addTransposed(
  matrix: Float32Array,
  sums: Float32Array,
  into: number,
  rows: number,
  columns: number,
): void {
  let from = 0;
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const target = into + column * rows + row;
      sums[target] = (sums[target] ?? 0) + (matrix[from] ?? 0);
      from += 1;
    }
  }
}
