import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, it } from 'vitest';

import { activationCurve } from './activationCurve.ts';
import { activations } from './commonParams.ts';

beforeAll(() => tf.setBackend('cpu'));

const points = Array.from({ length: 41 }, (_, index) => (index - 20) / 2.5);

it.each(activations.filter((name) => activationCurve(name) !== null))(
  'draws %s as TensorFlow.js computes it',
  (name) => {
    const layer = tf.layers.activation({ activation: name });
    const theirs = tf.tidy(() => (layer.apply(tf.tensor2d([points])) as tf.Tensor).dataSync());
    points.forEach((x, index) => expect(activationCurve(name)?.(x)).toBeCloseTo(theirs[index] ?? NaN, 3));
  },
);

it('has no curve for softmax, which looks at all numbers', () => {
  expect(activationCurve('softmax')).toBeNull();
});
