import type * as tfc from '@tensorflow/tfjs-core';

import type { TensorFlow } from '../../tensorflow.ts';
import { replaceGradient } from '../replaceKernel.ts';
import { reluPrototype, type ReluLayer } from '../layers.ts';

/**
 * Gives derivatives that jump the value that Keras has at the jump. It is met often: a black pixel is exactly 0, and so is
 * a bias that begins as zeros. The exported model is not concerned: it computes the same.
 */
export function correctJumps(tf: TensorFlow): void {
  const first = (saved: readonly tfc.Tensor[]): tfc.Tensor => {
    const [x] = saved;
    if (x === undefined) throw new Error('TensorFlow.js did not save what it was given.');
    return x;
  };
  /** 1 where a comparison holds, else 0. */
  const ones = (comparison: tfc.Tensor) => tf.cast(comparison, 'float32');

  replaceGradient(tf, 'Selu', (stock) => ({
    gradFunc(dy, saved, attrs) {
      const x = first(saved);
      const { x: below } = stock.gradFunc(dy, saved, attrs);
      if (below === undefined) throw new Error('TensorFlow.js has no gradient of selu.');
      return { x: () => tf.where(tf.equal(x, 0), tf.mul(dy as tfc.Tensor, seluScale), below()) };
    },
  }));
  replaceGradient(tf, 'Relu6', () => ({
    gradFunc(dy, saved) {
      const x = first(saved);
      return { x: () => tf.mul(dy as tfc.Tensor, ones(tf.logicalAnd(tf.greater(x, 0), tf.less(x, 6)))) };
    },
  }));
  replaceGradient(tf, 'Prelu', (stock) => ({
    gradFunc(dy, saved, attrs) {
      const x = first(saved);
      const { x: slope, ...others } = stock.gradFunc(dy, saved, attrs);
      if (slope === undefined) throw new Error('TensorFlow.js has no gradient of prelu.');
      // Keras adds two halves up, each of which is a ReLU and so flat at 0.
      return { ...others, x: () => tf.mul(slope(), ones(tf.notEqual(x, 0))) };
    },
  }));
  replaceGradient(tf, 'Abs', () => ({
    gradFunc(dy, saved) {
      const x = first(saved);
      return { x: () => tf.mul(dy as tfc.Tensor, tf.sign(x)) };
    },
  }));
  const axesNames = { Max: 'reductionIndices', Min: 'axis' };
  for (const [kernelName, axesName] of Object.entries(axesNames)) {
    replaceGradient(tf, kernelName, () => ({
      // Numbers that are equally large share it.
      gradFunc(dy, saved, attrs) {
        const [x, y] = saved;
        if (x === undefined || y === undefined) throw new Error('TensorFlow.js did not save what it needs.');
        const axes = tf.util.parseAxisParam(attrs[axesName] as number | number[], x.shape);
        const kept = x.shape.map((side, axis) => (axes.includes(axis) ? 1 : side));
        return {
          x: () => {
            const chosen = ones(tf.equal(x, tf.reshape(y, kept)));
            const share = tf.div(tf.reshape(dy as tfc.Tensor, kept), tf.sum(chosen, axes, true));
            return tf.mul(chosen, share);
          },
        };
      },
    }));
  }

  // Keras has a ReLU that ends at 6 of its own, which is flat there; one that ends elsewhere still rises there.
  const layer = reluPrototype(tf);
  const stockCall = layer.call;
  layer.call = function (this: ReluLayer, inputs, kwargs) {
    const [x] = Array.isArray(inputs) ? inputs : [inputs];
    return this.maxValue === 6 && x !== undefined ? tf.relu6(x) : stockCall.call(this, inputs, kwargs);
  };
}

/** Source: Klambauer et al., "Self-Normalizing Neural Networks", 2017. */
const seluScale = 1.0507009873554805;
