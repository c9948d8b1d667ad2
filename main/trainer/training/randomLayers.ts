import type * as tfc from '@tensorflow/tfjs-core';

import { stockRandomLayer, type RandomLayer } from '../../../shared/layers/random.ts';
import type { BuildContext } from '../../../shared/layers/spec.ts';
import type { Uniform } from '../engine/random.ts';
import type { TensorFlow } from '../tensorflow.ts';

/** How many training steps were begun: what makes each step's random numbers its own. */
export interface StepClock {
  step: number;
  /** The same as a tensor, while a step is recorded: a number would be the same in every step of the recording. */
  tensor?: tfc.Scalar;
}

/** Source: Klambauer et al., "Self-Normalizing Neural Networks", 2017: the lowest value of selu. */
const lowest = -1.6732632423543772 * 1.0507009873554805;

/**
 * Makes layers whose random numbers follow from the layer's seed and the step. TensorFlow.js's own draw the same numbers
 * at every step when seeded, or cannot be seeded. They stay TensorFlow.js's, with another `call`, so that the saved model
 * holds nothing that TensorFlow.js does not know.
 */
export function createRandomLayers(
  tf: TensorFlow,
  uniform: Uniform,
  clock: StepClock,
): BuildContext['createRandomLayer'] {
  return (config) => {
    const layer = stockRandomLayer(tf, config);
    const strength = config.kind === 'GaussianNoise' ? config.stddev : config.rate;
    layer.call = (inputs, kwargs) => {
      const [input] = Array.isArray(inputs) ? inputs : [inputs];
      if (input === undefined) throw new Error(`${config.kind} ${config.name} was called without an input.`);
      if (kwargs['training'] !== true || strength === 0) return input;
      return tf.tidy(() => disturbed(tf, drawing(tf, uniform, clock, config.seed), config, input));
    };
    return layer;
  };
}

interface Drawing {
  /** 1 with the probability 1 − rate, else 0. */
  kept(rate: number, shape: readonly number[]): tfc.Tensor;
  /** Numbers of mean 0 and variance 1. */
  normal(shape: readonly number[]): tfc.Tensor;
}

function drawing(tf: TensorFlow, uniform: Uniform, clock: StepClock, seed: number): Drawing {
  const place = (first: number) => [first, clock.tensor ?? clock.step] as const;
  return {
    kept: (rate, shape) =>
      uniform.atLeast?.(rate, shape, place(seed)) ??
      tf.cast(tf.greaterEqual(uniform(shape, place(seed)), rate), 'float32'),
    normal(shape) {
      // Box and Muller, "A Note on the Generation of Random Normal Deviates", 1958. A logarithm of 0 must not be.
      const distance = tf.sqrt(tf.mul(tf.log(tf.sub(1, uniform(shape, place(seed)))), -2));
      const angle = tf.mul(uniform(shape, place(~seed)), 2 * Math.PI);
      return tf.mul(distance, tf.cos(angle));
    },
  };
}

/** The input as the layer gives it on while training; the formulas are TensorFlow.js's. */
function disturbed(tf: TensorFlow, draw: Drawing, config: RandomLayer, input: tfc.Tensor): tfc.Tensor {
  switch (config.kind) {
    case 'Dropout':
      return dropped(input, draw.kept(config.rate, input.shape), config.rate);
    case 'SpatialDropout1D': {
      const [examples = 1, , features = 1] = input.shape;
      return dropped(input, draw.kept(config.rate, [examples, 1, features]), config.rate);
    }
    case 'GaussianDropout': {
      const spread = Math.sqrt(config.rate / (1 - config.rate));
      return tf.mul(input, tf.add(tf.mul(draw.normal(input.shape), spread), 1));
    }
    case 'AlphaDropout': {
      const { rate } = config;
      const kept = draw.kept(rate, input.shape);
      const factor = ((1 - rate) * (1 + rate * lowest ** 2)) ** -0.5;
      const low = tf.add(tf.mul(input, kept), tf.mul(tf.sub(1, kept), lowest));
      return tf.add(tf.mul(low, factor), -factor * lowest * rate);
    }
    case 'GaussianNoise':
      return tf.add(input, tf.mul(draw.normal(input.shape), config.stddev));
  }

  function dropped(x: tfc.Tensor, kept: tfc.Tensor, rate: number): tfc.Tensor {
    // What is kept grows, so that the sum stays what it is without dropout.
    return tf.mul(x, tf.mul(kept, 1 / (1 - rate)));
  }
}
