import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type * as tfc from '@tensorflow/tfjs-core';

import type { TensorFlow } from '../../tensorflow.ts';
import { replaceKernel } from '../replaceKernel.ts';
import { numbersOf } from '../wasm/heap.ts';

type Size = number | [number, number];
type PoolInfo = tfc.backend_util.Conv2DInfo;

/** Reads a gradient's input: the gradient of the pooling's output, its input, its output. */
type Read = (name: keyof PoolTensors) => Float32Array;
type PoolTensors = Readonly<Record<'dy' | 'input' | 'output', tfc.Tensor4D>>;
/** Adds up the gradient in `dx`, `[batch, height, width, channels]`, which comes in as zeros. */
type Compute = (info: PoolInfo, dx: Float32Array, read: Read) => void;

/**
 * Replaces gradients of pooling that TensorFlow.js computes wrongly. WebAssembly's for MaxPooling2D loses windows
 * without a positive number; those for AveragePooling2D, there and in plain JavaScript, divide by the whole window
 * where padding `same` cuts it off. TensorFlow's own are right.
 */
export function correctPoolGradients(tf: TensorFlow, backendName: 'wasm' | 'cpu'): void {
  const replace = (name: 'MaxPoolGrad' | 'AvgPoolGrad', compute: Compute) => {
    replaceKernel(tf, name, backendName, ({ inputs, attrs, backend }) => {
      const tensors = inputs as PoolTensors;
      const { shape } = tensors.input;
      const info = tf.backend_util.computePool2DInfo(
        shape,
        attrs['filterSize'] as Size,
        attrs['strides'] as Size,
        1,
        attrs['pad'] as 'valid' | 'same',
      );
      if (backendName === 'wasm') {
        const heap = backend as BackendWasm;
        const gradient = heap.makeOutput(shape, 'float32');
        const read: Read = (name) => numbersOf(heap, tensors[name]);
        compute(info, numbersOf(heap, gradient).fill(0), read);
        return gradient;
      }
      const dx = new Float32Array(tf.util.sizeFromShape(shape));
      compute(info, dx, (name) => backend.readSync(tensors[name].dataId) as Float32Array);
      return { dataId: backend.write(dx, shape, 'float32'), shape, dtype: 'float32' };
    });
  };
  if (backendName === 'wasm') replace('MaxPoolGrad', maxPoolGradient);
  replace('AvgPoolGrad', averagePoolGradient);
}

/**
 * The largest number of a window gets its gradient; of equal ones the first, as in TensorFlow. Computed on the numbers'
 * bits: which one it is cannot be foretold, so that a branch would cost more than all else.
 */
function maxPoolGradient(info: PoolInfo, dx: Float32Array, read: Read): void {
  const { inChannels, inWidth } = info;
  const [gradients, numbers, maxima] = [bitsOf(read('dy')), bitsOf(read('input')), bitsOf(read('output'))];
  const overlap = info.filterHeight > info.strideHeight || info.filterWidth > info.strideWidth;
  const sums = bitsOf(dx);
  const left = new Int32Array(inChannels);
  const shares = new Float32Array(inChannels);
  const share = bitsOf(shares);
  /** What is usual by far: four pixels that are in no other window. */
  const visitFour = (output: number, first: number) => {
    for (let channel = 0; channel < inChannels; channel += 1) {
      const maximum = maxima[output + channel] ?? 0;
      let gradient = gradients[output + channel] ?? 0;
      // Not by destructuring, which takes as long as the rest.
      const a = first + channel;
      const b = a + inChannels;
      const c = a + inWidth * inChannels;
      const d = c + inChannels;
      let differs = onesIfUnlike(numbers[a] ?? 0, maximum);
      sums[a] = gradient & ~differs;
      gradient &= differs;
      differs = onesIfUnlike(numbers[b] ?? 0, maximum);
      sums[b] = gradient & ~differs;
      gradient &= differs;
      differs = onesIfUnlike(numbers[c] ?? 0, maximum);
      sums[c] = gradient & ~differs;
      gradient &= differs;
      sums[d] = gradient & ~onesIfUnlike(numbers[d] ?? 0, maximum);
    }
  };
  const visit = (output: number, first: number, rows: number, columns: number) => {
    for (let channel = 0; channel < inChannels; channel += 1)
      left[channel] = gradients[output + channel] ?? 0;
    for (let row = 0; row < rows; row += 1) {
      for (let column = 0; column < columns; column += 1) {
        const pixel = first + (row * inWidth + column) * inChannels;
        for (let channel = 0; channel < inChannels; channel += 1) {
          const differs = onesIfUnlike(numbers[pixel + channel] ?? 0, maxima[output + channel] ?? 0);
          const gradient = left[channel] ?? 0;
          share[channel] = gradient & ~differs;
          left[channel] = gradient & differs;
        }
        for (let channel = 0; channel < inChannels; channel += 1) {
          dx[pixel + channel] = (dx[pixel + channel] ?? 0) + (shares[channel] ?? 0);
        }
      }
    }
  };
  forEachWindow(info, (output, first, rows, columns) => {
    if (!overlap && rows === 2 && columns === 2) visitFour(output, first);
    else visit(output, first, rows, columns);
  });
}

/** 32 ones where two numbers' bits differ, else 32 zeros. */
function onesIfUnlike(bits: number, others: number): number {
  const difference = bits ^ others;
  return (difference | -difference) >> 31;
}

const bitsOf = ({ buffer, byteOffset, length }: Float32Array): Int32Array =>
  new Int32Array(buffer, byteOffset, length);

function averagePoolGradient(info: PoolInfo, dx: Float32Array, read: Read): void {
  const { inChannels } = info;
  const dy = read('dy');
  forEachWindow(info, (output, first, rows, columns) => {
    const pixels = rows * columns;
    for (let row = 0; row < rows; row += 1) {
      for (let column = 0; column < columns; column += 1) {
        const pixel = first + (row * info.inWidth + column) * inChannels;
        for (let channel = 0; channel < inChannels; channel += 1) {
          dx[pixel + channel] = (dx[pixel + channel] ?? 0) + (dy[output + channel] ?? 0) / pixels;
        }
      }
    }
  });
}

/**
 * Calls back for each window with the offset of its result, that of its first pixel, and how many rows and columns of
 * pixels it has, padding left out.
 */
function forEachWindow(
  info: PoolInfo,
  visit: (output: number, first: number, rows: number, columns: number) => void,
): void {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, padInfo } = info;
  let output = 0;
  for (let example = 0; example < batchSize; example += 1) {
    for (let outRow = 0; outRow < outHeight; outRow += 1) {
      const start = outRow * info.strideHeight - padInfo.top;
      const top = Math.max(0, start);
      const rows = Math.min(inHeight, start + info.filterHeight) - top;
      for (let outColumn = 0; outColumn < outWidth; outColumn += 1) {
        const begin = outColumn * info.strideWidth - padInfo.left;
        const left = Math.max(0, begin);
        const columns = Math.min(inWidth, begin + info.filterWidth) - left;
        visit(output, ((example * inHeight + top) * inWidth + left) * inChannels, rows, columns);
        output += inChannels;
      }
    }
  }
}
