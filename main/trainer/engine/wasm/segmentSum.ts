import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type * as tfc from '@tensorflow/tfjs-core';

import type { TensorFlow } from '../../tensorflow.ts';
import { replaceKernel } from '../replaceKernel.ts';
import { numbersOf } from './heap.ts';

/** Gives the WebAssembly backend the sum of rows by a number for each, which the gradient of an Embedding is and it lacks. */
export function registerSegmentSum(tf: TensorFlow): void {
  replaceKernel(tf, 'UnsortedSegmentSum', 'wasm', ({ inputs, attrs, backend }) => {
    const { x, segmentIds } = inputs as { x: tfc.Tensor; segmentIds: tfc.Tensor };
    const heap = backend as BackendWasm;
    const [rows = 0, ...rest] = x.shape;
    const sums = heap.makeOutput([Number(attrs['numSegments']), ...rest], 'float32');
    const [to, from] = [numbersOf(heap, sums).fill(0), numbersOf(heap, x)];
    const segments = heap.typedArrayFromHeap(segmentIds);
    const length = tf.util.sizeFromShape(rest);
    for (let row = 0; row < rows; row += 1) {
      const start = Number(segments[row]) * length;
      // A number below 0 is dropped, as in TensorFlow.
      if (start < 0) continue;
      for (let at = 0; at < length; at += 1)
        to[start + at] = (to[start + at] ?? 0) + (from[row * length + at] ?? 0);
    }
    return sums;
  });
}
