import type * as tfc from '@tensorflow/tfjs-core';

import type { TensorFlow } from '../../tensorflow.ts';

/** What a BatchNormalization layer of TensorFlow.js holds; its class is not exported. */
interface BatchNormalizationLayer {
  readonly axis: number;
  gamma?: { read(): tfc.Tensor };
  beta?: { read(): tfc.Tensor };
  call(inputs: tfc.Tensor | tfc.Tensor[], kwargs: Record<string, unknown>): tfc.Tensor | tfc.Tensor[];
}

/** Lets BatchNormalization be trained without `center` or `scale`: TensorFlow.js fails, since it reads the missing weight. */
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
}
