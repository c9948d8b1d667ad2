import type * as tfc from '@tensorflow/tfjs-core';

import { compileDocument } from '../../../shared/compile/compile.ts';
import { readDocument, type Document } from '../../../shared/document.ts';
import { analyze } from '../../../shared/graph/analyze.ts';
import { layers, layerSpec } from '../../../shared/layers/index.ts';
import { completeParams } from '../../../shared/layers/paramValues.ts';
import { sizeOf } from '../../../shared/layers/shape.ts';
import { chain, network, type Drawn } from '../../../shared/testing/networks.ts';
import type { LabelledPictures } from '../dataset/mnist.ts';
import type { Engine } from '../engine/index.ts';
import { createGraphSteps, type GraphEngine } from '../graph/graphSteps.ts';
import { createEagerSteps } from '../training/eagerSteps.ts';
import { createRandom } from '../training/random.ts';
import { createRandomLayers, type StepClock } from '../training/randomLayers.ts';
import type { TrainingData } from '../training/step.ts';

export const classes = 3;
const batchSize = 4;
/** An epoch's last batch is smaller. */
const sizes = { train: [batchSize, 2], evaluate: [5] };
export const learningRateOf = ({ training }: Document) => Number(training.optimizer['learningRate']);

function picturesOf(
  count: number,
  [height = 1, width = 1, channels = 1]: readonly number[],
): LabelledPictures {
  const random = createRandom(count, height);
  const pixels = Uint8Array.from({ length: count * height * width * channels }, () => random() * 256);
  return {
    count,
    height,
    width,
    channels,
    pixels,
    labels: Uint8Array.from({ length: count }, () => random() * classes),
  };
}

/** Pictures for a network; a row and a column smaller than its input, so that they are centred in it. */
export function dataOf(inputShape: readonly number[]): TrainingData {
  const [height = 1, width = 1, channels = 1] = inputShape;
  const shape = [height - 1, width - 1, channels];
  return {
    dataset: { kind: 'test', classes, train: picturesOf(24, shape), test: picturesOf(5, shape) },
    centring: { top: 1, bottom: 0, left: 0, right: 1 },
  };
}

/** The engine as the graph needs it. */
export function graphEngine(engine: Engine): GraphEngine {
  const { native: backend } = engine;
  if (backend === undefined) throw new Error('The engine is not TensorFlow.');
  return { ...engine, native: backend };
}

/** A network with the steps of one kind: with the same weights each time. */
export async function setUp(engine: Engine, document: Document, kind: 'eager' | 'graph') {
  const clock: StepClock = { step: 0 };
  const analysis = analyze(document);
  const { tf } = engine;
  const createRandomLayer = createRandomLayers(tf, engine.uniform, clock);
  const model = compileDocument(tf, document, analysis, { createRandomLayer });
  const input = analysis.layers.get(document.nodes.find((node) => node.kind === 'Input')?.id ?? '');
  const data = dataOf(input?.outputShape ?? []);
  const steps =
    kind === 'eager'
      ? createEagerSteps(engine, model, document.training, clock, data)
      : await createGraphSteps(graphEngine(engine), model, document.training, clock, data, sizes);
  let at = 0;
  const next = (examples: number) =>
    Uint32Array.from({ length: examples }, () => (at = (at + 5) % data.dataset.train.count));
  return {
    steps,
    clock,
    train: (count: number, learningRate = learningRateOf(document)) =>
      Array.from({ length: count }, (_, step) =>
        steps.train(next(step % 3 === 2 ? 2 : batchSize), 1, learningRate),
      ).flat(),
    /** As many batches in one call as there can be. */
    trainAtOnce: () =>
      steps.train(next(batchSize * steps.batchesAtOnce), steps.batchesAtOnce, learningRateOf(document)),
    trainUsual: (count: number) =>
      Array.from({ length: count }, () => steps.train(next(batchSize), 1, learningRateOf(document))).flat(),
    evaluate: () => steps.evaluate(Uint32Array.of(0, 1, 2, 3, 4)),
    weights() {
      steps.sync();
      return model.weights.map((weight) => (weight.read() as tfc.Variable).dataSync() as Float32Array);
    },
    /** Weights, and the gradients that the next step has where its batch is these. */
    look(order: Uint32Array) {
      const seen = { weights: new Map<number, Float32Array>(), gradients: new Map<number, Float32Array>() };
      steps.look(order, (what, at, values) => seen[what].set(at, values.slice()));
      return seen;
    },
    dispose() {
      steps.dispose();
      model.dispose();
    },
  };
}

export const optimizers = [
  { kind: 'sgd', learningRate: 0.05 },
  { kind: 'momentum', learningRate: 0.02, momentum: 0.9 },
  { kind: 'momentum', learningRate: 0.02, momentum: 0.9, useNesterov: true },
  { kind: 'rmsprop', learningRate: 0.001 },
  { kind: 'rmsprop', learningRate: 0.001, momentum: 0.5, centered: true },
  { kind: 'adam', learningRate: 0.001 },
] as const;

export const withTraining = (document: Document, training: object): Document => {
  const read = readDocument({ ...document, training: { ...document.training, ...training } });
  if (!read.ok) throw new Error(read.problems[0]?.message);
  return read.value;
};
export const withOptimizer = (document: Document, optimizer: (typeof optimizers)[number]): Document =>
  withTraining(document, { optimizer });

export const everything = chain(
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

/** A small network around one kind of layer, where its own examples can be drawn so. */
export function alone(kind: string): Document | undefined {
  const example = layers.get(kind)?.examples.find(({ inputs }) => inputs.every(({ length }) => length > 0));
  if (example === undefined || kind === 'Input') return undefined;
  const end = [
    ['flat', 'Flatten', {}],
    ['out', 'Dense', { units: classes, activation: 'softmax' }],
  ] as const;
  const [input = []] = example.inputs;
  // A sequence is a picture's rows; of numbers that are no words, an embedding has none.
  const sequence = input.length === 2 ? ([['to_rows', 'Reshape', { targetShape: [6, 6] }]] as const) : [];
  if (example.inputs.length > 1) return undefined;
  const picture =
    input.length === 3
      ? input.map((side, at) => (at < 2 ? Math.min(side, 8) : Math.min(side, 3)))
      : [6, 6, 1];
  const before = input.length === 1 ? ([['to_row', 'Flatten', {}]] as const) : [];
  const document = chain(
    ['input_1', 'Input', { shape: picture }],
    ...before,
    ...sequence,
    ['layer', kind, example.params],
    ...end,
  );
  return analyze(document).problems.some(({ severity }) => severity === 'error') ? undefined : document;
}

/** Sides small enough to be trained on in a moment. */
const [longest, deepest, mostNumbers] = [7, 3, 1000] as const;

/**
 * A small network for each of a layer's examples: learned layers before it give it inputs of the example's form, and one
 * behind it reads what it gives.
 */
export function around(kind: string): readonly Document[] {
  const { examples, inputs: ports, outputShape } = layerSpec(kind);
  return examples.flatMap(({ params, inputs }) => {
    const values = completeParams(layerSpec(kind).params, params);
    const smaller = inputs.map((input) =>
      input.map((side, at) => Math.min(side, at === input.length - 1 && at > 0 ? deepest : longest)),
    );
    const shapes = outputShape(values, smaller).ok ? smaller : inputs;
    if (kind === 'Input' || shapes.some((shape) => sizeOf(shape) > mostNumbers)) return [];
    const branches = shapes.map((shape, port) => ({
      layers: [
        [`grown_${String(port)}`, 'Dense', { units: sizeOf(shape), activation: 'tanh' }],
        [`shaped_${String(port)}`, 'Reshape', { targetShape: [...shape] }],
      ] as const,
      edges: [
        `row > grown_${String(port)}`,
        `grown_${String(port)} > shaped_${String(port)}`,
        `shaped_${String(port)} > layer${ports.max > 1 ? `:${String(port)}` : ''}`,
      ],
    }));
    const drawn: readonly Drawn[] = [
      ['input_1', 'Input', { shape: [4, 3, 2] }],
      ['row', 'Flatten'],
      ...branches.flatMap(({ layers }) => layers),
      ['layer', kind, params],
      ['flat', 'Flatten'],
      ['out', 'Dense', { units: classes, activation: 'softmax' }],
    ];
    const edges = ['input_1 > row', ...branches.flatMap(({ edges }) => edges), 'layer > flat', 'flat > out'];
    const document = network(drawn, edges);
    // A mask ends in a layer that reads one step after another.
    const read = network(
      [...drawn.filter(([id]) => id !== 'flat'), ['read', 'SimpleRNN', { units: 3 }]],
      [...edges.filter((edge) => !edge.includes('flat')), 'layer > read', 'read > out'],
    );
    const sound = (one: Document) => analyze(one).problems.every(({ severity }) => severity !== 'error');
    const chosen = [document, read].find(sound);
    return chosen === undefined ? [] : [withOptimizer(chosen, optimizers[0])];
  });
}
