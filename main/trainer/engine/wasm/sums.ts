import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type * as tfc from '@tensorflow/tfjs-core';

import type { TensorFlow } from '../../tensorflow.ts';
import { replaceKernel } from '../replaceKernel.ts';
import { numbersOf } from './heap.ts';

/** Adds up over leading axes, as for the gradient of a bias, in one pass: WebAssembly turns the numbers round first. */
export function replaceSum(tf: TensorFlow): void {
  replaceKernel(tf, 'Sum', 'wasm', ({ inputs, attrs, backend }, stock) => {
    const { x } = inputs as { x: tfc.Tensor };
    const axes = tf.util.parseAxisParam(attrs['axis'] as number | number[], x.shape);
    const leading = axes.every((axis, index) => axis === index) && axes.length < x.rank;
    if (!leading || attrs['keepDims'] === true || x.dtype !== 'float32' || x.size === 0) {
      return stock({ inputs, attrs, backend });
    }
    const heap = backend as BackendWasm;
    const result = heap.makeOutput(x.shape.slice(axes.length), 'float32');
    addRows(numbersOf(heap, x), numbersOf(heap, result));
    return result;
  });
}

/** Adds up rows, `[rows, columns]` to `[columns]`, four at a time. */
function addRows(rows: Float32Array, result: Float32Array): void {
  const { length } = result;
  const sums = new Float64Array(length);
  const end = rows.length - (rows.length % (4 * length));
  for (let row = 0; row < end; row += 4 * length) {
    for (let column = 0; column < length; column += 1) {
      const first = row + column;
      const second = first + length;
      const third = second + length;
      const fourth = third + length;
      sums[column] =
        (sums[column] ?? 0) +
        ((rows[first] ?? 0) + (rows[second] ?? 0)) +
        ((rows[third] ?? 0) + (rows[fourth] ?? 0));
    }
  }
  for (let index = end; index < rows.length; index += 1) {
    const column = index % length;
    sums[column] = (sums[column] ?? 0) + (rows[index] ?? 0);
  }
  result.set(sums);
}
