import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type * as tfc from '@tensorflow/tfjs-core';

import type { TensorFlow } from '../../tensorflow.ts';
import { replaceKernel } from '../replaceKernel.ts';
import { numbersOf } from './heap.ts';

/** A product of matrices, `[1, rows, inner]` with `[1, inner, columns]`, as WebAssembly's own kernel computes it. */
export type MatrixProduct = (backend: BackendWasm, a: tfc.TensorInfo, b: tfc.TensorInfo) => tfc.TensorInfo;

const plain = { transposeA: false, transposeB: false };

/**
 * Turns matrices round before they are multiplied: a product with a transposed one is slow on WebAssembly.
 *
 * @returns the product without that
 */
export function replaceMatrixProduct(tf: TensorFlow): MatrixProduct {
  const { kernelFunc } = tf.getKernel('BatchMatMul', 'wasm');
  replaceKernel(tf, 'BatchMatMul', 'wasm', ({ inputs, attrs, backend }, stock) => {
    const { a, b } = inputs as { a: tfc.Tensor; b: tfc.Tensor };
    const heap = backend as BackendWasm;
    const left = attrs['transposeA'] === true ? turned(heap, a) : a;
    const right = attrs['transposeB'] === true ? turned(heap, b) : b;
    const product = stock({ inputs: { a: left, b: right }, attrs: { ...attrs, ...plain }, backend });
    for (const copy of [left, right]) if (copy !== a && copy !== b) heap.disposeData(copy.dataId);
    return product;
  });
  return (backend, a, b) => kernelFunc({ inputs: { a, b }, attrs: plain, backend }) as tfc.TensorInfo;
}

/** Rows that are written together: as many numbers as the processor fetches at once. */
const block = 8;

/** Matrices with rows and columns exchanged, `[…, rows, columns]` to `[…, columns, rows]`. */
function turned(backend: BackendWasm, matrices: tfc.Tensor): tfc.TensorInfo {
  const outer = matrices.shape.slice(0, -2);
  const [rows = 1, columns = 1] = matrices.shape.slice(-2);
  const result = backend.makeOutput([...outer, columns, rows], matrices.dtype);
  const [from, to] = [numbersOf(backend, matrices), numbersOf(backend, result)];
  for (let start = 0; start < from.length; start += rows * columns) {
    for (let first = 0; first < rows; first += block) {
      const end = Math.min(rows, first + block);
      for (let column = 0; column < columns; column += 1) {
        let source = start + first * columns + column;
        let target = start + column * rows + first;
        for (let row = first; row < end; row += 1) {
          to[target] = from[source] ?? 0;
          target += 1;
          source += columns;
        }
      }
    }
  }
  return result;
}
