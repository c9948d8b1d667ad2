import type { TensorFlow } from '../../tensorflow.ts';
import { categoryEncodingPrototype, type CategoryEncodingLayer } from '../layers.ts';

/**
 * TensorFlow.js counts by an operation that TensorFlow's backend and gradients lack, and reads the numbers to check them.
 * Here they are encoded one by one and joined; one that is no category counts nowhere.
 */
export function correctCategoryEncoding(tf: TensorFlow): void {
  categoryEncodingPrototype(tf).call = function (this: CategoryEncodingLayer, inputs) {
    const [x] = Array.isArray(inputs) ? inputs : [inputs];
    if (x === undefined) throw new Error('CategoryEncoding was called without an input.');
    return tf.tidy(() => {
      const encoded = tf.cast(tf.oneHot(tf.cast(x, 'int32'), this.numTokens), 'float32');
      return this.outputMode === 'count' ? tf.sum(encoded, 1) : tf.max(encoded, 1);
    });
  };
}
