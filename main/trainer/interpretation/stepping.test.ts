import type * as tfc from '@tensorflow/tfjs-core';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import { analyze } from '../../../shared/graph/analyze.ts';
import { cellAt, outputsAt, wholeOutput } from '../../../shared/lecture/stepping/arithmetic.ts';
import { outputSize } from '../../../shared/lecture/stepping/geometry.ts';
import { steppedLayer } from '../../../shared/lecture/stepping/layerSteps.ts';
import type { StepperLayer } from '../../../shared/lecture/stepping/types.ts';
import { withNumbers } from '../../../shared/lecture/stepping/windows.ts';
import { numbersAt } from '../../../shared/rpc/bytes.ts';
import { chain, type Drawn } from '../../../shared/testing/networks.ts';
import { plainEngine } from '../testing/engines.ts';
import { activationsOf, weightsOf } from './activations.ts';
import { openNetwork } from './openNetwork.ts';

const { tf } = plainEngine();

beforeEach(async () => {
  vi.spyOn(console, 'warn').mockReturnValue(undefined);
  await tf.setBackend('cpu');
});

/** Numbers from a seed: Lehmer's generator. */
function seeded(seed: number): () => number {
  let state = (seed * 7919 + 1) % 2147483647;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

const pick = <T>(random: () => number, from: readonly [T, ...T[]]): T =>
  from[Math.floor(random() * from.length)] ?? from[0];
const activations = [
  'linear',
  'relu',
  'tanh',
  'sigmoid',
  'gelu',
  'selu',
  'softmax',
  'softplus',
  'hardSigmoid',
] as const;

type Made = (random: () => number) => readonly Drawn[];

/** A window, with strides or dilation as TensorFlow.js has either. */
function slide(random: () => number, equal = false) {
  const dilates = !equal && random() < 0.3;
  const stride = pick(random, [1, 2, 3]);
  return {
    kernelSize: [pick(random, [1, 2, 3]), pick(random, [1, 3, 4])],
    strides: dilates ? [1, 1] : [stride, equal ? stride : pick(random, [1, 2])],
    ...(equal ? {} : { dilationRate: dilates ? [2, pick(random, [1, 2])] : [1, 1] }),
    padding: pick<unknown>(random, ['same', 'valid', 1]),
    activation: pick(random, activations),
    useBias: random() < 0.7,
  };
}

const pooling =
  (kind: string): Made =>
  (random) => [
    [
      'layer',
      kind,
      {
        poolSize: [pick(random, [2, 3]), pick(random, [1, 2, 3])],
        strides: [pick(random, [1, 2]), pick(random, [1, 2, 3])],
        padding: pick<unknown>(random, ['same', 'valid', 1]),
      },
    ],
  ];
const sequence =
  (kind: string, params: (random: () => number) => object): Made =>
  (random) => [
    ['rows', 'Reshape', { targetShape: [9, 16] }],
    ['layer', kind, { ...params(random) }],
  ];

const kinds: Readonly<Record<string, Made>> = {
  Conv2D: (random) => [['layer', 'Conv2D', { ...slide(random), filters: 3 }]],
  DepthwiseConv2D: (random) => [
    ['layer', 'DepthwiseConv2D', { ...slide(random, true), depthMultiplier: pick(random, [1, 2]) }],
  ],
  SeparableConv2D: (random) => [
    [
      'layer',
      'SeparableConv2D',
      { ...slide(random, true), filters: 3, depthMultiplier: pick(random, [1, 2]) },
    ],
  ],
  Conv2DTranspose: (random) => {
    const { dilationRate: _none, ...params } = slide(random);
    return [
      ['layer', 'Conv2DTranspose', { ...params, filters: 3, padding: pick(random, ['same', 'valid']) }],
    ];
  },
  MaxPooling2D: pooling('MaxPooling2D'),
  AveragePooling2D: pooling('AveragePooling2D'),
  GlobalMaxPooling2D: () => [['layer', 'GlobalMaxPooling2D']],
  GlobalAveragePooling2D: () => [['layer', 'GlobalAveragePooling2D']],
  'Dense behind Flatten': (random) => [
    ['dropout', 'Dropout', { rate: 0.5 }],
    ['flatten', 'Flatten'],
    ['layer', 'Dense', { units: 5, activation: pick(random, activations), useBias: random() < 0.7 }],
  ],
  'Dense behind Dense': (random) => [
    ['flatten', 'Flatten'],
    ['first', 'Dense', { units: 24, activation: 'tanh' }],
    ['layer', 'Dense', { units: 5, activation: pick(random, activations) }],
  ],
  'Dense on a picture': (random) => [['layer', 'Dense', { units: 5, activation: pick(random, activations) }]],
  Conv1D: sequence('Conv1D', (random) => ({
    filters: 3,
    kernelSize: pick(random, [1, 2, 3]),
    strides: pick(random, [1, 2]),
    padding: pick(random, ['same', 'valid']),
    activation: pick(random, activations),
  })),
  MaxPooling1D: sequence('MaxPooling1D', (random) => ({
    poolSize: pick(random, [2, 3]),
    padding: pick(random, ['same', 'valid']),
  })),
  GlobalAveragePooling1D: sequence('GlobalAveragePooling1D', () => ({})),
};

/** The trainer's numbers of the layer `layer`, and its steps with the numbers that the trainer gives for them. */
function trained(layers: readonly Drawn[], seed: number) {
  const document = chain(['input_1', 'Input', { shape: [9, 8, 2] }], ...layers);
  const analysis = analyze(document);
  const stepped = steppedLayer(analysis, 'layer');
  const opened = openNetwork(tf, document, analysis);
  if (stepped === null || !opened.ok) throw new Error(JSON.stringify(layers));
  const { model } = opened.value.compiled;
  // Initial biases are 0, which would hide one that is forgotten.
  model.setWeights(
    model.getWeights().map((weight, at) => tf.randomNormal(weight.shape, 0, 0.5, 'float32', seed + at)),
  );
  const picture = tf.randomNormal<tfc.Rank.R4>([1, 9, 8, 2], 0, 1, 'float32', seed);
  const given = activationsOf(tf, opened.value, picture, [stepped.sourceId, 'layer']);
  const numbersOf = (id: string) => {
    const place = given.layers.find((one) => one.id === id);
    if (place === undefined) throw new Error(`There are no numbers of ${id}.`);
    return numbersAt(given.numbers, place);
  };
  const { weights, numbers } = weightsOf(opened.value, 'layer');
  const named = new Map(weights.map((place) => [place.name, numbersAt(numbers, place)]));
  let input: ArrayLike<number> = numbersOf(stepped.sourceId);
  const steps: StepperLayer[] = [];
  for (const step of stepped.steps) {
    const filled = withNumbers(step, input, named);
    steps.push(filled);
    input = wholeOutput(filled);
  }
  const output = numbersOf('layer');
  model.dispose();
  return { steps, output, shape: analysis.layers.get('layer')?.outputShape ?? [] };
}

describe.each(Object.entries(kinds))('%s, step by step', (_name, make) => {
  it('gives every number that the trainer gives, whatever its parameters', () => {
    for (let seed = 1; seed <= 12; seed += 1) {
      const layers = make(seeded(seed));
      const { steps, output } = trained(layers, seed);
      const last = steps.at(-1)!;
      const [rows, columns] = outputSize(last);
      const about = `${String(seed)} ${JSON.stringify(layers)}`;
      expect(rows * columns * last.filters, about).toBe(output.length);
      const filters = Array.from({ length: last.filters }, (_, filter) => filter);
      for (let row = 0; row < rows; row += 1) {
        for (let column = 0; column < columns; column += 1) {
          const all = outputsAt(last, { row, column }, filters);
          for (const filter of filters) {
            const expected = output[(row * columns + column) * last.filters + filter] ?? NaN;
            const cell = cellAt(last, { row, column }, filter);
            expect(cell.output, about).toBeCloseTo(expected, 4);
            expect(all[filter], about).toBeCloseTo(cell.output, 10);
            expect(
              cell.channels.every(({ terms }) =>
                terms.every(({ value, weight, product }) => product === value * (weight ?? 1)),
              ),
            ).toBe(true);
          }
        }
      }
    }
  });
});

it('sees a fully connected layer behind a Flatten as a convolution over the picture', () => {
  const { steps } = trained(
    [
      ['flatten', 'Flatten'],
      ['layer', 'Dense', { units: 4 }],
    ],
    1,
  );
  expect(steps[0]).toMatchObject({ inputShape: [9, 8, 2], size: [9, 8], filters: 4 });
});
