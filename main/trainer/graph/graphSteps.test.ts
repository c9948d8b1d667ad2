import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';

import { compileDocument } from '../../../shared/compile/compile.ts';
import { readDocument, type Document } from '../../../shared/document.ts';
import { analyze } from '../../../shared/graph/analyze.ts';
import { layers } from '../../../shared/layers/index.ts';
import { findTemplate } from '../../../shared/templates/index.ts';
import { chain, network } from '../../../shared/testing/networks.ts';
import { soundNetworks } from '../../../shared/testing/soundNetworks.ts';
import { loadTensorFlowJs, type Engine } from '../engine/index.ts';
import { engineFolder, nativeEngine } from '../testing/engines.ts';
import {
  alone,
  classes,
  dataOf,
  everything,
  graphEngine,
  learningRateOf,
  optimizers,
  setUp,
  withOptimizer,
  withTraining,
} from '../testing/steps.ts';
import { createRandomLayers } from '../training/randomLayers.ts';
import { createGraphSteps } from './graphSteps.ts';

const tf = loadTensorFlowJs();
let engine: Engine;

/** Weights that begin far from 0 make losses of which float32 keeps a few digits. */
function expectClose(received: number | undefined, expected: number): void {
  expect(Math.abs((received ?? NaN) - expected)).toBeLessThan(5e-4 * Math.max(1, Math.abs(expected)));
}

/** Trains both ways and compares every loss, the evaluation, and all weights. */
async function expectSame(document: Document, count = 6): Promise<void> {
  const before = tf.memory().numTensors;
  const { kind } = document.training.optimizer;
  // RMSprop and Adam divide by the size of a gradient: where that is next to nothing, its last bit decides a step.
  const tolerance = kind === 'sgd' || kind === 'momentum' ? 2e-4 : 2 * count * learningRateOf(document);
  const [eager, graph] = [await setUp(engine, document, 'eager'), await setUp(engine, document, 'graph')];
  const [expected, received] = [eager.train(count), graph.train(count)];
  for (const [at, { loss, correct }] of expected.entries()) {
    // What is divided by zero in the one is so in the other; nothing can be said of the weights then.
    if (!Number.isFinite(loss)) {
      expect(received[at]?.loss).not.toSatisfy(Number.isFinite);
      eager.dispose();
      graph.dispose();
      return;
    }
    expectClose(received[at]?.loss, loss);
    expect(received[at]?.correct).toBe(correct);
  }
  expectClose(graph.evaluate().loss, eager.evaluate().loss);
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

describe.skipIf(engineFolder === undefined)('a recorded step', () => {
  beforeAll(async () => {
    engine = await nativeEngine();
  });

  it.each(optimizers)('is the eager step, batch for batch, with %o', async (optimizer) => {
    await expectSame(withOptimizer(everything, optimizer));
  });

  it('is the eager step with another loss, without a softmax at the end', async () => {
    const last = everything.nodes.map((node) =>
      node.id === 'out' ? { ...node, params: { units: classes } } : node,
    );
    await expectSame(
      withTraining({ ...everything, nodes: last }, { loss: 'meanSquaredError', optimizer: optimizers[0] }),
    );
  });

  const single = [...layers.keys()].filter((kind) => alone(kind) !== undefined);
  it.each(single)('is the eager step with a layer of its own: %s', async (kind) => {
    const document = alone(kind);
    if (document === undefined) throw new Error(`There is no network with ${kind}.`);
    await expectSame(withOptimizer(document, optimizers[0]), 3);
  });

  it('is the eager step with weights that are shared, frozen or penalized', async () => {
    const document = network(
      [
        ['in', 'Input', { shape: [6, 6, 2] }],
        [
          'a',
          'Conv2D',
          { filters: 2, kernelSize: 3, padding: 'same', kernelRegularizer: 'l1l2', activation: 'tanh' },
        ],
        ['b', 'Conv2D', { filters: 2, kernelSize: 3 }, { sharedWith: 'a' }],
        ['norm', 'BatchNormalization', { gammaRegularizer: 'l2' }],
        ['still', 'BatchNormalization', {}, { trainable: false }],
        ['flat', 'Flatten'],
        ['c', 'Dense', { units: 4, biasRegularizer: 'l1', biasInitializer: 'ones' }, { trainable: false }],
        ['out', 'Dense', { units: classes, activation: 'softmax' }],
      ],
      ['in > a', 'a > b', 'b > norm', 'norm > still', 'still > flat', 'flat > c', 'c > out'],
    );
    for (const optimizer of optimizers) await expectSame(withOptimizer(document, optimizer));
    const steps = await setUp(engine, document, 'graph');
    const before = steps.weights().map((values) => values.slice());
    steps.train(3);
    const changed = steps
      .weights()
      .map((values, at) => values.some((value, index) => value !== before[at]?.[index]));
    // Those of a, norm and out, and the averages of norm; not those of still and c.
    expect(changed.filter((each) => each)).toHaveLength(8);
    expect(changed).toHaveLength(14);
    steps.dispose();
  });

  it.each(['maxNorm', 'minMaxNorm', 'unitNorm', 'nonNeg'])(
    'is the eager step where weights are kept within bounds: %s',
    async (kind) => {
      const bounded = chain(
        ['in', 'Input', { shape: [6, 6, 2] }],
        ['conv', 'Conv2D', { filters: 3, kernelSize: 3, kernelConstraint: kind, biasConstraint: 'nonNeg' }],
        ['flat', 'Flatten', {}],
        ['out', 'Dense', { units: classes, activation: 'softmax', kernelConstraint: kind }],
      );
      for (const optimizer of optimizers.slice(0, 3)) await expectSame(withOptimizer(bounded, optimizer));
    },
  );

  it('is the eager step with branches and merges', async () => {
    const residual = findTemplate('residual-cnn')?.document;
    if (residual === undefined) throw new Error('There is no such template.');
    const small = {
      ...residual,
      nodes: residual.nodes.map((node) => {
        if (node.kind === 'Input') return { ...node, params: { shape: [8, 8, 1] } };
        return node.kind === 'Dense' ? { ...node, params: { ...node.params, units: classes } } : node;
      }),
    };
    await expectSame(withOptimizer(small, optimizers[0]));
  });

  it('is the eager step for networks at random', async () => {
    await fc.assert(
      fc.asyncProperty(soundNetworks(6), fc.constantFrom(...optimizers), async (network, optimizer) => {
        const document = trainable(network);
        if (document !== undefined) await expectSame(withOptimizer(document, optimizer), 3);
      }),
      { numRuns: 12 },
    );
  }, 120_000);

  it('is the same alone and among others of one call, bit for bit', async () => {
    const [one, many] = [await setUp(engine, everything, 'graph'), await setUp(engine, everything, 'graph')];
    const count = many.steps.batchesAtOnce;
    expect(count).toBeGreaterThan(1);
    expect(many.trainAtOnce()).toEqual(one.trainUsual(count));
    expect(many.trainAtOnce()).toEqual(one.trainUsual(count));
    expect(many.weights()).toEqual(one.weights());
    expect(many.clock.step).toBe(2 * count);
    one.dispose();
    many.dispose();
  });

  it('draws another dropout at each step, and the same for the same seed and step', async () => {
    const dropped = chain(
      ['input_1', 'Input', { shape: [6, 6, 1] }],
      ['dropout_1', 'Dropout', { rate: 0.5 }],
      ['flat', 'Flatten', {}],
      ['out', 'Dense', { units: classes, activation: 'softmax' }],
    );
    const [first, second] = [await setUp(engine, dropped, 'graph'), await setUp(engine, dropped, 'graph')];
    const batch = Uint32Array.of(0, 1, 2, 3);
    // Without a learning rate the loss changes by what is dropped alone.
    const lossAt = ({ steps, clock }: typeof first, step: number) => {
      clock.step = step - 1;
      return steps.train(batch, 1, 0)[0]?.loss;
    };
    const going = [1, 2, 3, 4].map((step) => lossAt(first, step));
    expect(new Set(going).size).toBe(4);
    expect([4, 3, 2, 1].map((step) => lossAt(second, step)).reverse()).toEqual(going);
    first.dispose();
    second.dispose();
  });

  it('leaves no tensor behind where an operation cannot be written down', async () => {
    const { native: backend } = graphEngine(engine);
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
      await expect(recordAlone(model)).rejects.toThrow('strange');
    } finally {
      backend.executeSingleOutput = executeSingleOutput;
    }
    expect(tf.memory().numTensors).toBe(before);
    model.dispose();
  });

  it('does not freeze random numbers that JavaScript draws', async () => {
    const model = compileDocument(tf, everything, analyze(everything));
    await expect(recordAlone(model)).rejects.toThrow('of its own for each example');
    model.dispose();
  });

  it('leaves the model as it was where a step cannot be recorded', async () => {
    const { native: backend } = graphEngine(engine);
    const createRandomLayer = createRandomLayers(tf, engine.uniform, { step: 0 });
    const model = compileDocument(tf, everything, analyze(everything), { createRandomLayer });
    const before = model.getWeights().map((weight) => weight.dataSync().slice());
    const load = backend.loadSavedModelMetaGraph;
    backend.loadSavedModelMetaGraph = () => {
      throw new Error('an operation that TensorFlow does not know');
    };
    await expect(recordAlone(model)).rejects.toThrow('does not know');
    backend.loadSavedModelMetaGraph = load;
    expect(model.getWeights().map((weight) => weight.dataSync().slice())).toEqual(before);
    model.dispose();
  });

  const recordAlone = (model: ReturnType<typeof compileDocument>) =>
    createGraphSteps(graphEngine(engine), model, everything.training, { step: 0 }, dataOf([9, 8, 2]), {
      train: [4],
      evaluate: [],
    });
});

/** A random network with classes at its end, where it has one input and something to learn. */
function trainable(network: Document): Document | undefined {
  const analysis = analyze(network);
  const inputs = network.nodes.filter(({ kind }) => kind === 'Input');
  const { outputId } = analysis;
  const input = analysis.layers.get(inputs[0]?.id ?? '')?.outputShape ?? [];
  if (inputs.length !== 1 || input.length !== 3 || outputId === null) return undefined;
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
