import type * as tfc from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it, vi } from 'vitest';

import { loadTensorFlowJs } from '../index.ts';
import { correctBackend } from './index.ts';

const tf = loadTensorFlowJs();

beforeAll(async () => {
  // It says how slow it is.
  vi.spyOn(console, 'warn').mockReturnValue(undefined);
  await tf.setBackend('cpu');
  correctBackend(tf, 'cpu');
});

/** Compares a function's gradient with the differences that small steps of each number make. */
function expectGradient(f: (x: tfc.Tensor4D) => tfc.Tensor, shape: [number, number, number, number]): void {
  const x = tf.randomUniform<tfc.Rank.R4>(shape, -1, 1, 'float32', 1);
  // Weights that differ, so that no error can hide in a sum.
  const loss = (input: tfc.Tensor4D): tfc.Scalar => {
    const y = f(input);
    return tf.sum(tf.mul(y, tf.randomUniform(y.shape, -1, 1, 'float32', 2)));
  };
  const gradient = tf
    .grad(loss as (x: tfc.Tensor) => tfc.Scalar)(x)
    .dataSync();
  const values = x.dataSync();
  const step = 1 / 64;
  const differences = Array.from(values, (_, index) => {
    const [above, below] = [step, -step].map((change) => {
      const moved = Float32Array.from(values, (value, at) => (at === index ? value + change : value));
      return loss(tf.tensor(moved, shape)).dataSync()[0]!;
    });
    return (above! - below!) / (2 * step);
  });
  for (const [index, difference] of differences.entries()) expect(gradient[index]).toBeCloseTo(difference, 2);
}

describe('gradients follow the function', () => {
  it('of an average over windows that the border cuts off', () => {
    expectGradient((x) => tf.avgPool(x, 3, 2, 'same'), [2, 4, 5, 2]);
  });

  it.each(['valid', 'same'] as const)("of a dilated convolution's input, padding %s", (pad) => {
    const filter = tf.randomUniform<tfc.Rank.R4>([2, 3, 2, 2], -1, 1, 'float32', 3);
    expectGradient((x) => tf.conv2d(x, filter, 1, pad, 'NHWC', [3, 2]), [1, 6, 7, 2]);
  });

  it.each(['valid', 'same'] as const)("of a dilated convolution's filter, padding %s", (pad) => {
    const x = tf.randomUniform<tfc.Rank.R4>([2, 6, 7, 2], -1, 1, 'float32', 3);
    expectGradient((filter) => tf.conv2d(x, filter, 1, pad, 'NHWC', [3, 2]), [2, 3, 2, 2]);
  });
});

it('saves a normalisation without weights as TensorFlow.js would', () => {
  const layer = tf.layers.batchNormalization({ center: false, scale: false, inputShape: [4] });
  const model = tf.sequential({ layers: [layer] });
  model.apply(tf.ones([2, 4]), { training: true });

  expect(model.getWeights()).toHaveLength(2);
  expect(Reflect.get(layer, 'gamma')).toBeUndefined();
});
