import type * as tfc from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it, vi } from 'vitest';

import { createRandomLayers } from '../../training/randomLayers.ts';
import { engineFolder, nativeEngine, plainEngine } from '../../testing/engines.ts';
import { compileDocument } from '../../../../shared/compile/compile.ts';
import { analyze } from '../../../../shared/graph/analyze.ts';
import { network, type Drawn } from '../../../../shared/testing/networks.ts';
import { loadEngine, loadTensorFlowJs } from '../index.ts';
import { correctBackend } from './index.ts';

const tf = loadTensorFlowJs();

/** A layer, what it is given, the gradient of the sum of what it gives, and its input's shape where that is no row. */
type Case = readonly [
  title: string,
  layer: Drawn,
  input: readonly number[],
  gradient: readonly number[],
  shape?: readonly number[],
];

const activated = (activation: string, input: readonly number[], gradient: readonly number[]): Case => [
  activation,
  ['layer', 'Activation', { activation }],
  input,
  gradient,
];
const pooled = (
  kind: string,
  params: Readonly<Record<string, unknown>>,
  shape: readonly number[],
  input: readonly number[],
  gradient: readonly number[],
): Case => [kind, ['layer', kind, params], input, gradient, shape];
const third = 1 / 3;

/**
 * Numbers at which a derivative jumps, and one on each side. Source of the gradients: Keras 3.15.0 on TensorFlow 2.21.0,
 * by tf.GradientTape; hardSigmoid is keras.ops.clip(0.2 * x + 0.5, 0, 1), ThresholdedReLU keras.ops.where(x > 1, x, 0), as
 * in the code that Convas generates.
 */
const cases: readonly Case[] = [
  activated('relu', [0, -1, 1], [0, 0, 1]),
  activated('relu6', [0, 6, 1, 7, -1], [0, 0, 1, 0, 0]),
  activated('elu', [0, 1], [1, 1]),
  activated('selu', [0, 1, -1], [1.0507010221481323, 1.0507010221481323, 0.6467686295509338]),
  activated('softsign', [0, 1], [1, 0.25]),
  activated('hardSigmoid', [-2.5, 2.5, 0, 3], [0.2, 0.2, 0.2, 0]),
  ['ReLU', ['layer', 'ReLU', {}], [0, 1], [0, 1]],
  ['ReLU up to 6', ['layer', 'ReLU', { maxValue: 6 }], [0, 6, 1, 7], [0, 0, 1, 0]],
  ['ReLU up to 4', ['layer', 'ReLU', { maxValue: 4 }], [0, 4, 1, 5], [0, 1, 1, 0]],
  ['ELU', ['layer', 'ELU', {}], [0, 1], [1, 1]],
  ['LeakyReLU', ['layer', 'LeakyReLU', { alpha: 0.3 }], [0, -1, 1], [0.3, 0.3, 1]],
  [
    'PReLU',
    ['layer', 'PReLU', { alphaInitializer: { kind: 'constant', value: 0.25 } }],
    [0, -1, 1],
    [0, 0.25, 1],
  ],
  ['ThresholdedReLU', ['layer', 'ThresholdedReLU', { theta: 1 }], [1, 2, 0], [0, 1, 0]],
  pooled('MaxPooling1D', { poolSize: 4 }, [4, 1], [1, 2, 2, 2], [0, 1, 0, 0]),
  pooled('MaxPooling2D', { poolSize: 2 }, [2, 2, 1], [1, 2, 2, 2], [0, 1, 0, 0]),
  pooled(
    'MaxPooling2D',
    { poolSize: 2, padding: 'same' },
    [3, 3, 1],
    [0, 0, 0, 0, 0, 0, 0, 0, 0],
    [1, 0, 1, 0, 0, 0, 1, 0, 1],
  ),
  pooled(
    'MaxPooling2D',
    { poolSize: 2, strides: 1 },
    [3, 3, 1],
    [5, 5, 5, 5, 5, 5, 5, 5, 5],
    [1, 1, 0, 1, 1, 0, 0, 0, 0],
  ),
  // Here TensorFlow gives all of it to each of those that are equal.
  pooled('MaxPooling3D', { poolSize: 2 }, [2, 2, 2, 1], [1, 2, 2, 2, 2, 2, 2, 2], [0, 1, 1, 1, 1, 1, 1, 1]),
  pooled('GlobalMaxPooling1D', {}, [4, 1], [2, 1, 2, 2], [third, 0, third, third]),
  pooled('GlobalMaxPooling2D', {}, [2, 2, 1], [2, 1, 2, 2], [third, 0, third, third]),
];

/** A network of one layer, which is given the same numbers in each of its inputs; the gradients of those. */
function gradientsOf(
  layer: Drawn,
  shape: readonly number[],
  values: readonly number[],
  inputs = 1,
): number[][] {
  const [id] = layer;
  const names = Array.from({ length: inputs }, (_, at) => `in_${String(at)}`);
  const document = network(
    [...names.map((name): Drawn => [name, 'Input', { shape: [...shape] }]), layer],
    names.map((name, at) => `${name} > ${id}${inputs > 1 ? `:${String(at)}` : ''}`),
  );
  return tf.tidy(() => {
    const createRandomLayer = createRandomLayers(tf, plainEngine().uniform, { step: 0 });
    const model = compileDocument(tf, document, analyze(document), { createRandomLayer });
    const given = names.map(() => tf.tensor([...values], [1, ...shape]));
    const sum = (...xs: tfc.Tensor[]): tfc.Tensor =>
      tf.sum(model.apply(inputs === 1 ? (xs[0] ?? []) : xs, { training: true }) as tfc.Tensor);
    const gradients = tf
      .grads(sum)(given)
      .map((gradient) => [...gradient.dataSync()]);
    model.dispose();
    return gradients;
  });
}

const engines = ['cpu', 'wasm', ...(engineFolder === undefined ? [] : ['tensorflow'])];

describe.each(engines)('with %s, the gradient at a jump is that of Keras', (backend) => {
  beforeAll(async () => {
    vi.spyOn(console, 'warn').mockReturnValue(undefined);
    if (backend === 'tensorflow') await nativeEngine();
    if (backend === 'wasm') expect(await loadEngine({ choice: 'wasm' })).toMatchObject({ ok: true });
    await tf.setBackend(backend);
    if (backend === 'cpu') correctBackend(tf, 'cpu');
  });

  it.each(cases.map((one) => ({ name: one[0], one })))('$name', ({ one }) => {
    const [, layer, input, expected, shape = [input.length]] = one;
    const [gradient = []] = gradientsOf(layer, shape, input);
    for (const [at, number] of expected.entries()) expect(gradient[at]).toBeCloseTo(number, 5);
    expect(gradient).toHaveLength(expected.length);
  });

  it.each(['Maximum', 'Minimum'])('%s: of equal numbers the first input has it', (kind) => {
    expect(gradientsOf(['layer', kind, {}], [2], [1, 2], 3)).toEqual([
      [1, 1],
      [0, 0],
      [0, 0],
    ]);
  });

  it('l1 leaves a weight of 0 where it is', () => {
    const penalty = tf.regularizers.l1({ l1: 1 });
    const gradient = tf.tidy(() =>
      tf
        .grad((x) => penalty.apply(x))(tf.tensor1d([0, -1, 2]))
        .dataSync(),
    );
    expect([...gradient].map((number) => number + 0)).toEqual([0, -1, 1]);
  });

  it('the slope of PReLU is learned as in Keras', () => {
    const gradient = tf.tidy(() =>
      tf
        .grad((alpha) => tf.sum(tf.prelu(tf.tensor1d([0, -1, 1]), alpha)))(tf.fill([3], 0.25))
        .dataSync(),
    );
    expect([...gradient].map((number) => number + 0)).toEqual([0, -1, 0]);
  });
});
