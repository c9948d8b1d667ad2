import type { TensorFlow } from '../../tensorflow.ts';
import { layerNormalizationPrototype, type LayerNormalizationLayer } from '../layers.ts';

/**
 * TensorFlow.js repeats mean, scale and shift for every number of the batch, and takes the gradient apart again piece by
 * piece: thousands of operations for a picture, and more the larger the batch. Here they are broadcast.
 */
export function correctLayerNormalization(tf: TensorFlow): void {
  layerNormalizationPrototype(tf).call = function (this: LayerNormalizationLayer, inputs) {
    const [x] = Array.isArray(inputs) ? inputs : [inputs];
    if (x === undefined) throw new Error('LayerNormalization was called without an input.');
    return tf.tidy(() => {
      const along = x.shape.map((side, axis) => (this.axis.includes(axis) ? side : 1));
      const { mean, variance } = tf.moments(x, [...this.axis], true);
      const normal = tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, this.epsilon)));
      const scaled = this.gamma == null ? normal : tf.mul(normal, tf.reshape(this.gamma.read(), along));
      return this.beta == null ? scaled : tf.add(scaled, tf.reshape(this.beta.read(), along));
    });
  };
}
