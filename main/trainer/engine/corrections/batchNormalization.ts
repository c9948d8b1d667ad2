import type { TensorFlow } from '../../tensorflow.ts';
import { batchNormalizationPrototype, type BatchNormalizationLayer } from '../layers.ts';

/** Lets BatchNormalization be trained without `center` or `scale`: TensorFlow.js fails, since it reads the missing weight. */
export function correctBatchNormalization(tf: TensorFlow): void {
  const layer = batchNormalizationPrototype(tf);
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
