import type * as tfc from '@tensorflow/tfjs-core';

import type { TensorFlow } from '../../tensorflow.ts';
import { replaceKernel } from '../replaceKernel.ts';

/** What reductions give where there is nothing to reduce. */
const ofNothing = { Sum: 0, Mean: NaN, Prod: 1, Any: 0, All: 1, Max: -Infinity, Min: Infinity } as const;

/**
 * Lets reductions of tensors without numbers give what TensorFlow gives. WebAssembly reads memory that is not theirs, or
 * divides by zero; plain JavaScript says that not all of nothing are true.
 */
export function correctEmptyReductions(tf: TensorFlow, backendName: 'wasm' | 'cpu'): void {
  for (const [kernelName, neutral] of Object.entries(ofNothing)) {
    replaceKernel(tf, kernelName, backendName, (call, stock) => {
      const x = call.inputs['x'];
      if (x === undefined || x.size > 0) return stock(call);
      const { axis, reductionIndices, keepDims } = call.attrs;
      const axes = tf.util.parseAxisParam((axis ?? reductionIndices) as number | number[], x.shape);
      const sides = x.shape.map((side, at) => (axes.includes(at) ? 1 : side));
      const shape = keepDims === true ? sides : sides.filter((_, at) => !axes.includes(at));
      const dtype = dtypeOf(kernelName, x.dtype);
      const isWhole = dtype === 'int32' && !Number.isFinite(neutral);
      return tf.fill(shape, isWhole ? limitOf(neutral) : neutral, dtype);
    });
  }
}

const dtypeOf = (kernelName: string, dtype: tfc.DataType) =>
  kernelName === 'Mean'
    ? 'float32'
    : kernelName === 'Sum' && dtype === 'bool'
      ? 'int32'
      : (dtype as 'float32' | 'int32' | 'bool');

/** The whole number that stands for one without bounds. */
const limitOf = (number: number) => (number > 0 ? 2 ** 31 - 1 : -(2 ** 31));
