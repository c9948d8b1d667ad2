import type * as tfc from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';

import { compileDocument } from '../../../shared/compile/compile.ts';
import { analyze } from '../../../shared/graph/analyze.ts';
import { network, type Drawn } from '../../../shared/testing/networks.ts';
import { gatherBatch } from '../dataset/batches.ts';
import { loadTensorFlowJs } from '../engine/index.ts';
import { plainEngine } from '../testing/engines.ts';
import { classes, dataOf, learningRateOf, setUp, withTraining } from '../testing/steps.ts';
import { penaltyOf } from './weightRules.ts';

const tf = loadTensorFlowJs();
const engine = plainEngine();

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const drawn = (hidden: object, more: object = {}) => {
  const layers: Drawn[] = [
    ['in', 'Input', { shape: [4, 3, 1] }],
    ['flat', 'Flatten'],
    ['hidden', 'Dense', { units: 5, activation: 'tanh', ...hidden }, more],
    ['out', 'Dense', { units: classes, activation: 'softmax' }],
  ];
  const document = network(layers, ['in > flat', 'flat > hidden', 'hidden > out']);
  return withTraining(document, { optimizer: { kind: 'sgd', learningRate: 0.5 } });
};

it('adds what regularizers say to the loss, and learns as model.fit of TensorFlow.js does', async () => {
  const document = drawn({
    kernelRegularizer: { kind: 'l1l2', l1: 0.02, l2: 0.05 },
    biasRegularizer: { kind: 'l2', l2: 0.1 },
    biasInitializer: 'ones',
  });
  const ours = await setUp(engine, document, 'eager');
  const [result] = ours.trainUsual(1);
  const model = compileDocument(tf, document, analyze(document));
  model.compile({ optimizer: tf.train.sgd(learningRateOf(document)), loss: 'categoricalCrossentropy' });
  const data = dataOf([4, 3, 1]);
  const indices = Uint32Array.from({ length: 4 }, (_, at) => ((at + 1) * 5) % data.dataset.train.count);
  const { pixels, oneHot } = gatherBatch(data.dataset.train, indices, data.centring, classes);
  const history = await model.fit(tf.tensor(pixels, [4, 4, 3, 1]), tf.tensor(oneHot, [4, classes]), {
    epochs: 1,
    batchSize: 4,
    shuffle: false,
  });
  expect(result?.loss).toBeCloseTo(Number(history.history['loss']?.[0]), 4);
  for (const [at, weight] of model.weights.entries()) {
    const theirs = (weight.read() as tfc.Variable).dataSync();
    for (const [index, value] of ours.weights()[at]!.entries())
      expect(value).toBeCloseTo(theirs[index] ?? NaN, 4);
  }
  ours.dispose();
  model.dispose();
});

it('brings weights back within their bounds after every step', async () => {
  const ours = await setUp(
    engine,
    drawn({ kernelConstraint: 'unitNorm', biasConstraint: 'nonNeg' }),
    'eager',
  );
  ours.train(4);
  const [kernel = new Float32Array(), bias = new Float32Array()] = ours.weights();
  for (let unit = 0; unit < 5; unit += 1) {
    const length = Math.hypot(...Array.from({ length: 12 }, (_, at) => kernel[at * 5 + unit] ?? NaN));
    expect(length).toBeCloseTo(1, 4);
  }
  expect(Math.min(...bias)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...bias)).toBeGreaterThan(0);
  ours.dispose();
});

it('asks nothing of weights that are not trained', () => {
  const penalized = drawn({ kernelRegularizer: 'l2' });
  const frozen = drawn({ kernelRegularizer: 'l2' }, { trainable: false });
  expect(penaltyOf(compileDocument(tf, penalized, analyze(penalized)))).toBeDefined();
  expect(penaltyOf(compileDocument(tf, frozen, analyze(frozen)))).toBeUndefined();
});
