import type * as tfc from '@tensorflow/tfjs-core';

import type { TensorFlow } from '../../tensorflow.ts';
import { replaceKernel } from '../replaceKernel.ts';

/** What a BatchNormalization layer of TensorFlow.js holds; its class is not exported. */
interface BatchNormalizationLayer {
  readonly axis: number;
  gamma?: { read(): tfc.Tensor };
  beta?: { read(): tfc.Tensor };
  call(inputs: tfc.Tensor | tfc.Tensor[], kwargs: Record<string, unknown>): tfc.Tensor | tfc.Tensor[];
}

/**
 * Lets BatchNormalization be trained with all of its parameters. TensorFlow.js fails without `center` or `scale` (it
 * reads the missing weight), and on any axis but the last (its gradient has the wrong shape).
 */
export function correctBatchNormalization(tf: TensorFlow): void {
  const layer = Object.getPrototypeOf(tf.layers.batchNormalization()) as BatchNormalizationLayer;
  const stockCall = layer.call;
  layer.call = function (this: BatchNormalizationLayer, inputs, kwargs) {
    const { gamma, beta } = this;
    if (kwargs['training'] !== true || (gamma && beta)) return stockCall.call(this, inputs, kwargs);
    const [x] = Array.isArray(inputs) ? inputs : [inputs];
    const size = x?.shape.at(this.axis) ?? 1;
    return tf.tidy(() => {
      this.gamma ??= { read: () => tf.ones([size]) };
      this.beta ??= { read: () => tf.zeros([size]) };
      try {
        return stockCall.call(this, inputs, kwargs);
      } finally {
        if (!gamma) delete this.gamma;
        if (!beta) delete this.beta;
      }
    });
  };

  const stock = tf.getGradient('FusedBatchNorm');
  tf.unregisterGradient('FusedBatchNorm');
  tf.registerGradient({
    ...stock,
    gradFunc: (dy, saved, attrs) => {
      const [x, mean, variance, scale] = saved as [tfc.Tensor, tfc.Tensor, tfc.Tensor, tfc.Tensor];
      if (mean.rank === 1) return stock.gradFunc(dy, saved, attrs);
      const axes = mean.shape.flatMap((size, axis) => (size === 1 ? [axis] : []));
      const overAxes = (all: tfc.Tensor) => tf.reshape(tf.sum(all, axes), mean.shape);
      const inverse = tf.rsqrt(tf.add(variance, attrs['varianceEpsilon'] as number));
      const normed = tf.mul(tf.sub(x, mean), inverse);
      const scaled = tf.mul(tf.mul(dy as tfc.Tensor, scale), inverse);
      return {
        x: () => scaled,
        mean: () => tf.neg(overAxes(scaled)),
        variance: () => overAxes(tf.mul(tf.mul(scaled, normed), tf.mul(inverse, -0.5))),
        scale: () => overAxes(tf.mul(dy as tfc.Tensor, normed)),
        offset: () => overAxes(dy as tfc.Tensor),
      };
    },
  });
}

interface BatchNormInputs extends Record<string, tfc.Tensor | undefined> {
  readonly x: tfc.Tensor;
  readonly mean: tfc.Tensor;
  readonly variance: tfc.Tensor;
  readonly scale?: tfc.Tensor;
  readonly offset?: tfc.Tensor;
}

/**
 * Replaces the kernel that takes a mean per row or column for one per channel: WebAssembly's and plain JavaScript's
 * know no other axis than the last.
 */
export function correctBatchNormalizationKernel(tf: TensorFlow, backendName: 'wasm' | 'cpu'): void {
  replaceKernel(tf, 'FusedBatchNorm', backendName, ({ inputs, attrs, backend }, stock) => {
    const { x, mean, variance, scale, offset } = inputs as BatchNormInputs;
    if (mean.rank === 1) return stock({ inputs, attrs, backend });
    return tf.tidy(() => {
      const inverse = tf.rsqrt(tf.add(variance, attrs['varianceEpsilon'] as number));
      const normed = tf.mul(tf.sub(x, mean), scale ? tf.mul(inverse, scale) : inverse);
      return offset ? tf.add(normed, offset) : normed;
    });
  });
}
