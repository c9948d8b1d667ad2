import type * as tfc from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it, vi } from 'vitest';

import type { RandomLayer } from '../../../shared/layers/random.ts';
import { loadTensorFlowJs } from '../engine/index.ts';
import { createHashUniform } from '../engine/random.ts';
import { createRandomLayers, type StepClock } from './randomLayers.ts';

const tf = loadTensorFlowJs();
const named = { name: 'x', seed: 5 };
const kinds: readonly RandomLayer[] = [
  { ...named, kind: 'Dropout', rate: 0.3 },
  { ...named, kind: 'SpatialDropout1D', rate: 0.3 },
  { ...named, kind: 'GaussianDropout', rate: 0.3 },
  { ...named, kind: 'AlphaDropout', rate: 0.3 },
  { ...named, kind: 'GaussianNoise', stddev: 0.5 },
];

/** What a layer gives for numbers of mean 0 and variance 1, `[examples, steps, features]`. */
function given(config: RandomLayer, step: number, kwargs: object = { training: true }) {
  const clock: StepClock = { step };
  const layer = createRandomLayers(tf, createHashUniform(tf), clock)(config);
  const x = tf.randomNormal([20, 50, 40], 0, 1, 'float32', 1);
  const y = layer.apply(x, kwargs) as tfc.Tensor;
  const numbers = y.dataSync() as Float32Array;
  const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  const variance = numbers.reduce((sum, number) => sum + (number - mean) ** 2, 0) / numbers.length;
  return { layer, x: x.dataSync() as Float32Array, numbers, mean, variance };
}

beforeAll(async () => {
  vi.spyOn(console, 'warn').mockReturnValue(undefined);
  await tf.setBackend('cpu');
});

describe.each(kinds)('$kind', (config) => {
  it('is TensorFlow.js’s own class', () => {
    expect(given(config, 1).layer.getClassName()).toBe(config.kind);
  });

  it('draws the same numbers for the same seed and step, and others for others', () => {
    const { numbers } = given(config, 1);
    expect(given(config, 1).numbers).toEqual(numbers);
    expect(given(config, 2).numbers).not.toEqual(numbers);
    expect(given({ ...config, seed: 6 }, 1).numbers).not.toEqual(numbers);
  });

  it('does nothing when it predicts', () => {
    const { x, numbers } = given(config, 1, {});
    expect(numbers).toEqual(x);
  });

  it('keeps the mean, and spreads as far as TensorFlow.js has it', () => {
    const { mean, variance } = given(config, 1);
    expect(Math.abs(mean)).toBeLessThan(0.05);
    const wanted =
      config.kind === 'GaussianNoise'
        ? 1 + config.stddev ** 2
        : config.kind === 'AlphaDropout'
          ? 1
          : 1 / (1 - config.rate);
    expect(Math.abs(variance / wanted - 1)).toBeLessThan(0.06);
  });
});

it('drops the same features at every step of a sequence', () => {
  const [, config] = kinds;
  if (config === undefined) throw new Error('There is no such layer.');
  const { numbers, x } = given(config, 1);
  const dropped = (step: number) =>
    Array.from(
      { length: 40 },
      (_, feature) => numbers[step * 40 + feature] === 0 && x[step * 40 + feature] !== 0,
    );
  expect(dropped(0)).toContain(true);
  expect(dropped(49)).toEqual(dropped(0));
});
