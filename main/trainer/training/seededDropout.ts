import type * as tfc from '@tensorflow/tfjs-core';

import type { BuildContext } from '../../../shared/layers/spec.ts';
import type { Uniform } from '../engine/random.ts';
import type { TensorFlow } from '../tensorflow.ts';

/** How many training steps were begun: what makes each step's dropout its own. */
export interface StepClock {
  step: number;
  /** The same as a tensor, while a step is recorded: a number would be the same in every step of the recording. */
  tensor?: tfc.Scalar;
}

/**
 * Makes Dropout layers whose masks follow from the layer's seed and the step. TensorFlow.js's own, when seeded,
 * drops the same numbers at every step. The layer stays TensorFlow.js's `Dropout`, with another `call`, so that the
 * saved model holds nothing that TensorFlow.js does not know.
 */
export function createSeededDropout(
  tf: TensorFlow,
  uniform: Uniform,
  clock: StepClock,
): BuildContext['createDropout'] {
  return ({ name, rate, seed }) => {
    const layer = tf.layers.dropout({ name, rate });
    layer.call = (inputs, kwargs) => {
      const [input] = Array.isArray(inputs) ? inputs : [inputs];
      if (input === undefined) throw new Error(`Dropout ${name} was called without an input.`);
      if (kwargs['training'] !== true || rate === 0) return input;
      return tf.tidy(() => {
        const place = [seed, clock.tensor ?? clock.step] as const;
        const kept =
          uniform.atLeast?.(rate, input.shape, place) ??
          tf.cast(tf.greaterEqual(uniform(input.shape, place), rate), 'float32');
        // What is kept grows, so that the sum stays what it is without dropout.
        return tf.mul(input, tf.mul(kept, 1 / (1 - rate)));
      });
    };
    return layer;
  };
}
