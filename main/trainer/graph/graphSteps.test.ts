import type * as tfc from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';

import { compileDocument } from '../../../shared/compile/compile.ts';
import { readDocument, type Document } from '../../../shared/document.ts';
import { analyze } from '../../../shared/graph/analyze.ts';
import { findTemplate } from '../../../shared/templates/index.ts';
import { chain } from '../../../shared/testing/networks.ts';
import { soundNetworks } from '../../../shared/testing/soundNetworks.ts';
import type { BatchNumbers } from '../dataset/batches.ts';
import { loadEngine, loadTensorFlowJs, type Engine } from '../engine/index.ts';
import { createRandom } from '../training/random.ts';
import { createSeededDropout, type StepClock } from '../training/seededDropout.ts';
import { createSteps } from '../training/step.ts';
import { createGraphSteps } from './graphSteps.ts';

const folder = process.env['CONVAS_TEST_ENGINE'];
const native = describe.skipIf(folder === undefined);
const tf = loadTensorFlowJs();
let engine: Engine;
beforeAll(async () => {
  if (folder === undefined) return;
  const loaded = await loadEngine({ choice: 'native', folder });
  if (!loaded.ok) throw new Error(loaded.problems[0]?.message);
  engine = loaded.value;
});

const classes = 3;
const sizes = { train: [4, 2], evaluate: [5] };

/** Random examples for a network's input. */
function batchOf(examples: number, inputShape: readonly number[], seed: number): BatchNumbers {
  const random = createRandom(seed, examples);
  const length = inputShape.reduce((product, side) => product * side, examples);
  const labels = Uint8Array.from({ length: examples }, () => Math.floor(random() * classes));
  const oneHot = new Float32Array(examples * classes);
  for (const [at, label] of labels.entries()) oneHot[at * classes + label] = 1;
  return { examples, pixels: Float32Array.from({ length }, random), oneHot, labels };
}

/** The same network, twice with the same weights, with the steps of one kind. */
function setUp(document: Document, kind: 'eager' | 'graph') {
  const clock: StepClock = { step: 0 };
  const analysis = analyze(document);
  const createDropout = createSeededDropout(tf, engine.uniform, clock);
  const model = compileDocument(tf, document, analysis, { createDropout });
  const { native: backend } = engine;
  if (backend === undefined) throw new Error('The engine is not TensorFlow.');
  const steps =
    kind === 'eager'
      ? createSteps(tf, model, document.training)
      : createGraphSteps(tf, backend, model, document.training, clock, sizes);
  const input = analysis.layers.get(document.nodes.find((node) => node.kind === 'Input')?.id ?? '');
  const inputShape = input?.outputShape ?? [];
  return {
    steps,
    train(count: number, from = 0) {
      return Array.from({ length: count }, (_, at) => {
        clock.step = from + at + 1;
        // The last batch of an epoch is smaller.
        return steps.train(batchOf(clock.step % 3 === 0 ? 2 : 4, inputShape, clock.step));
      });
    },
    evaluate: () => steps.evaluate(batchOf(5, inputShape, 99)),
    weights() {
      steps.sync();
      return model.weights.map((weight) => (weight.read() as tfc.Variable).dataSync() as Float32Array);
    },
    dispose() {
      steps.dispose();
      model.dispose();
    },
  };
}

/** Trains both ways and compares every loss, the evaluation, and all weights. */
function expectSame(document: Document, count = 6): void {
  const before = tf.memory().numTensors;
  const { kind, learningRate } = document.training.optimizer;
  // RMSprop and Adam divide by the size of a gradient: where that is next to nothing, its last bit decides a step.
  const tolerance = kind === 'sgd' || kind === 'momentum' ? 2e-4 : 2 * count * Number(learningRate);
  const [eager, graph] = [setUp(document, 'eager'), setUp(document, 'graph')];
  const [expected, received] = [eager.train(count), graph.train(count)];
  for (const [at, { loss }] of expected.entries()) expect(received[at]?.loss).toBeCloseTo(loss, 3);
  expect(graph.evaluate().loss).toBeCloseTo(eager.evaluate().loss, 3);
  const [eagerWeights, graphWeights] = [eager.weights(), graph.weights()];
  for (const [at, values] of eagerWeights.entries())
    for (const [index, value] of values.entries()) {
      const other = graphWeights[at]?.[index] ?? NaN;
      expect(Math.abs(other - value)).toBeLessThan(tolerance * Math.max(1, Math.abs(value)));
    }
  eager.dispose();
  graph.dispose();
  expect(tf.memory().numTensors).toBe(before);
}

const optimizers = [
  { kind: 'sgd', learningRate: 0.05 },
  { kind: 'momentum', learningRate: 0.02, momentum: 0.9, useNesterov: true },
  { kind: 'rmsprop', learningRate: 0.001, momentum: 0.5, centered: true },
  { kind: 'adam', learningRate: 0.001 },
] as const;

const withOptimizer = (document: Document, optimizer: (typeof optimizers)[number]): Document => {
  const read = readDocument({ ...document, training: { ...document.training, optimizer } });
  if (!read.ok) throw new Error(read.problems[0]?.message);
  return read.value;
};

const everything = chain(
  ['input_1', 'Input', { shape: [9, 8, 2] }],
  ['pad', 'ZeroPadding2D', {}],
  ['conv', 'Conv2D', { filters: 4, kernelSize: 3, padding: 'same', activation: 'relu' }],
  ['norm', 'BatchNormalization', {}],
  ['dropout_1', 'Dropout', { rate: 0.3 }],
  ['max', 'MaxPooling2D', {}],
  ['tanh', 'Activation', { activation: 'tanh' }],
  ['average', 'AveragePooling2D', { strides: 1 }],
  ['flat', 'Flatten', {}],
  ['hidden', 'Dense', { units: 5, activation: 'sigmoid' }],
  ['out', 'Dense', { units: classes, activation: 'softmax' }],
);

native('a recorded step', () => {
  it.each(optimizers)('is the eager step, batch for batch, with $kind', (optimizer) => {
    expectSame(withOptimizer(everything, optimizer));
  });

  it('is the eager step with branches and merges', () => {
    const residual = findTemplate('residual-cnn')?.document;
    if (residual === undefined) throw new Error('There is no such template.');
    const small = {
      ...residual,
      nodes: residual.nodes.map((node) => {
        if (node.kind === 'Input') return { ...node, params: { shape: [8, 8, 1] } };
        return node.kind === 'Dense' ? { ...node, params: { ...node.params, units: classes } } : node;
      }),
    };
    expectSame(withOptimizer(small, optimizers[0]));
  });

  it('is the eager step for networks at random', () => {
    fc.assert(
      fc.property(soundNetworks(6), fc.constantFrom(...optimizers), (network, optimizer) => {
        const document = trainable(network);
        if (document !== undefined) expectSame(withOptimizer(document, optimizer), 3);
      }),
      { numRuns: 12 },
    );
  }, 60_000);

  it('draws another dropout at each step, and the same for the same seed and step', () => {
    const alone = chain(
      ['input_1', 'Input', { shape: [40] }],
      ['dropout_1', 'Dropout', { rate: 0.5 }],
      ['out', 'Dense', { units: classes, activation: 'softmax' }],
    );
    const still = withOptimizer(alone, { kind: 'sgd', learningRate: 1e-30 as 0.05 });
    const [first, second] = [setUp(still, 'graph'), setUp(still, 'graph')];
    const batch = batchOf(4, [40], 1);
    const losses = (from: typeof first) =>
      [1, 2, 3].map(() => {
        from.train(0);
        return from.steps.train(batch).loss;
      });
    // The clock stands, so the same numbers are drawn; it goes on, and others are.
    const standing = losses(first);
    expect(new Set(standing).size).toBe(1);
    const going = [...first.train(1, 1), ...first.train(1, 4)].map(({ loss }) => loss);
    expect(new Set(going).size).toBe(2);
    expect([...second.train(1, 1), ...second.train(1, 4)].map(({ loss }) => loss)).toEqual(going);
    first.dispose();
    second.dispose();
  });

  it('goes on from where it was when its numbers were taken out, bit for bit', () => {
    const [whole, parts] = [setUp(everything, 'graph'), setUp(everything, 'graph')];
    whole.train(6);
    parts.train(3);
    parts.weights();
    parts.train(3, 3);
    expect(parts.weights()).toEqual(whole.weights());
    whole.dispose();
    parts.dispose();
  });

  it('leaves no tensor behind where an operation cannot be written down', () => {
    const { native: backend } = engine;
    if (backend === undefined) throw new Error('The engine is not TensorFlow.');
    const model = compileDocument(tf, everything, analyze(everything));
    const before = tf.memory().numTensors;
    const { executeSingleOutput } = backend;
    backend.executeSingleOutput = function (op, attributes, inputs) {
      // A form that no attribute has.
      const strange = op === 'ReluGrad' ? [{ name: 'strange', type: -1, value: 0 }] : [];
      const output = executeSingleOutput.call(backend, op, attributes, inputs);
      attributes.push(...strange);
      return output;
    };
    try {
      expect(() =>
        createGraphSteps(tf, backend, model, everything.training, { step: 0 }, { train: [4], evaluate: [] }),
      ).toThrow('strange');
    } finally {
      backend.executeSingleOutput = executeSingleOutput;
    }
    expect(tf.memory().numTensors).toBe(before);
    model.dispose();
  });

  it('leaves model and optimizer as they were where a step cannot be recorded', () => {
    const { native: backend } = engine;
    if (backend === undefined) throw new Error('The engine is not TensorFlow.');
    const model = compileDocument(tf, everything, analyze(everything));
    const before = model.getWeights().map((weight) => weight.dataSync().slice());
    const load = backend.loadSavedModelMetaGraph;
    backend.loadSavedModelMetaGraph = () => {
      throw new Error('an operation that TensorFlow does not know');
    };
    expect(() =>
      createGraphSteps(tf, backend, model, everything.training, { step: 0 }, { train: [4], evaluate: [] }),
    ).toThrow('does not know');
    backend.loadSavedModelMetaGraph = load;
    expect(model.getWeights().map((weight) => weight.dataSync().slice())).toEqual(before);
    model.dispose();
  });
});

/** A random network with classes at its end, where it has one input and something to learn. */
function trainable(network: Document): Document | undefined {
  const analysis = analyze(network);
  const inputs = network.nodes.filter(({ kind }) => kind === 'Input');
  const { outputId } = analysis;
  if (inputs.length !== 1 || outputId === null) return undefined;
  const last = analysis.layers.get(outputId)?.outputShape ?? [];
  const position = { x: 0, y: 0 };
  const ends = [
    ...(last.length > 1 ? [{ id: 'flat_end', kind: 'Flatten', params: {}, position }] : []),
    { id: 'end', kind: 'Dense', params: { units: classes, activation: 'softmax' }, position },
  ];
  const sources = [outputId, ...ends.map(({ id }) => id)];
  const edges = ends.map(({ id }, at) => ({ source: sources[at] ?? '', target: id }));
  const read = readDocument({
    ...network,
    nodes: [...network.nodes, ...ends],
    edges: [...network.edges, ...edges],
  });
  return read.ok ? read.value : undefined;
}
