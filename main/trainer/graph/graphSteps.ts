import { setImmediate as turn } from 'node:timers/promises';

import type * as tfc from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import type { NodeJSKernelBackend } from '@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend';

import type { TrainingConfig } from '../../../shared/training/config.ts';
import { numberInputs, optimizerSpec } from '../../../shared/training/optimizers.ts';
import type { LabelledPictures } from '../dataset/mnist.ts';
import type { Engine } from '../engine/index.ts';
import { withoutChanges } from '../training/optimizerState.ts';
import type { StepClock } from '../training/randomLayers.ts';
import { checkState, valuesOf } from '../training/state.ts';
import { boundWeights } from '../training/weightRules.ts';
import { createPass, type BatchResult, type Pass, type Steps, type TrainingData } from '../training/step.ts';
import { forAnySize, recordedSizes, type SizedRecording } from './batchSize.ts';
import { openGraph, type Given } from './graphSession.ts';
import { record } from './recorder.ts';
import type { Recording } from './recording.ts';
import { graphTag, writeTrainingGraph, type Call, type PictureVariables } from './trainingGraph.ts';

/** How many examples there will be at once. */
export interface BatchSizes {
  /** Of the training: the usual size first, and that of the last batch of an epoch where it is another. */
  readonly train: readonly number[];
  readonly evaluate: readonly number[];
}

export interface GraphEngine extends Pick<Engine, 'tf' | 'crossEntropy'> {
  readonly native: NodeJSKernelBackend;
}

/** Batches of one call at most: those of the smallest networks take a tenth of a millisecond. */
const batchesAtOnce = 256;

/**
 * Carries out training steps as one TensorFlow graph each, in one call: see README.md.
 *
 * @throws Error where a step cannot be recorded; the model is as it was before
 */
export async function createGraphSteps(
  engine: GraphEngine,
  model: tfl.LayersModel,
  config: TrainingConfig,
  clock: StepClock,
  data: TrainingData,
  sizes: BatchSizes,
): Promise<Steps> {
  const { tf, native } = engine;
  const weights = model.weights.map((weight) => weight.read() as tfc.Variable);
  const { kind, ...params } = config.optimizer;
  const update = optimizerSpec(kind).update(params);
  const { train, test } = data.dataset;
  const pass = createPass(tf, engine.crossEntropy, model, config);
  const { classes } = pass;
  const learned = pass.variables.map((variable) => weights.indexOf(variable));
  const bounds = boundWeights(model).map(({ variable, bounded }) => {
    let recording: Recording | undefined;
    tf.tidy(() => {
      recording = record(native, new Map([['weight', variable]]), () => new Map([['weight', bounded()]]));
    });
    if (recording === undefined) throw new Error('A bound was not recorded.');
    return { weight: weights.indexOf(variable), recording };
  });
  let recordings: readonly [SizedRecording, SizedRecording];
  try {
    recordings = [
      await recordSizes((size) => recordPass(engine, pass, weights, clock, size)),
      await recordSizes((size) => recordPrediction(engine, pass, weights, size)),
    ];
  } finally {
    pass.dispose();
  }
  const graph = writeTrainingGraph({
    weights,
    learned,
    update,
    classes,
    train: pictureVariables(train, data),
    test: pictureVariables(test, data),
    pass: recordings[0],
    bounds,
    prediction: recordings[1],
    trainSizes: sizes.train,
    evaluationSizes: sizes.evaluate,
    batchesAtOnce,
  });
  await turn();
  const session = openGraph(native, graph.savedModel, graphTag);
  try {
    const weightNames = graph.stateIn.slice(0, weights.length);
    for (const done of session.runTensors(weightNames, weights, [graph.weightsSet])) done.dispose();
    const pictures = [...givenPictures(train), ...givenPictures(test)];
    session.run(
      pictures.map((given, at) => ({ ...given, name: graph.dataIn[at] ?? '' })),
      [graph.dataSet],
    );
  } catch (error) {
    session.dispose();
    throw error;
  }

  /** Whether the model holds its weights; the graph's are others from the next step on. */
  let isHeld = true;

  const numberNames = numberInputs(update);

  function results(metrics: ArrayLike<number> | undefined, batches: number): readonly BatchResult[] {
    return Array.from({ length: batches }, (_, at) => ({
      loss: metrics?.[2 * at] ?? NaN,
      correct: metrics?.[2 * at + 1] ?? NaN,
    }));
  }

  function order(call: Call, indices: Uint32Array): Given {
    return { name: call.order, dtype: 'int32', shape: [indices.length], values: Int32Array.from(indices) };
  }

  return {
    mode: 'graph',
    batchesAtOnce,
    train(indices, batches, learningRate) {
      if (isHeld) {
        for (const weight of weights) emptyVariable(engine, weight);
        isHeld = false;
      }
      const call = graph.train(indices.length / batches);
      const numbers = Array.from({ length: batches }, (_, at) => {
        const named = update.numbers(learningRate, clock.step + at + 1);
        return numberNames.map((name) => named[name] ?? NaN);
      }).flat();
      const given: Given[] = [
        order(call, indices),
        { name: call.batches, dtype: 'int32', shape: [], values: Int32Array.of(batches) },
        { name: call.firstStep, dtype: 'int32', shape: [], values: Int32Array.of(clock.step + 1) },
        { name: call.numbers, dtype: 'float32', shape: [numbers.length], values: Float32Array.from(numbers) },
      ];
      clock.step += batches;
      const [metrics] = session.run(given, [call.metrics]);
      return results(metrics, batches);
    },
    evaluate(indices) {
      const call = graph.evaluate(indices.length);
      const [metrics] = session.run([order(call, indices)], [call.metrics]);
      const [result] = results(metrics, 1);
      return result ?? { loss: NaN, correct: NaN };
    },
    look(indices, visit) {
      session.visit([], graph.stateOut.slice(0, weights.length), (at, values) => {
        visit('weights', at, values as Float32Array);
      });
      const { call, gradients } = graph.gradients;
      const given: readonly Given[] = [
        order(call, indices),
        { name: call.firstStep, dtype: 'int32', shape: [], values: Int32Array.of(clock.step + 1) },
      ];
      const names = gradients.map(({ name }) => name);
      session.visit(given, names, (at, values) => {
        visit('gradients', gradients[at]?.weight ?? NaN, values as Float32Array);
      });
    },
    sync() {
      if (isHeld) return;
      isHeld = true;
      const values = session.runTensors([], [], graph.stateOut.slice(0, weights.length));
      for (const [at, variable] of weights.entries()) {
        const value = values[at];
        if (value === undefined) throw new Error(`The graph gave no value for ${variable.name}.`);
        variable.assign(value);
        value.dispose();
      }
    },
    state() {
      const values = session.run([], graph.stateOut);
      const tensors = graph.state.map(({ name, shape }, at) => ({
        name,
        shape,
        values: (values[at] ?? new Float32Array()) as Float32Array,
      }));
      return { mode: 'graph', step: clock.step, tensors };
    },
    restore(state) {
      checkState('graph', graph.state, state);
      const given = graph.state.map(({ shape }, at): Given => {
        const name = graph.stateIn[at] ?? '';
        return { name, dtype: 'float32', shape, values: valuesOf(state, at) };
      });
      session.run(given, [graph.stateSet]);
      // The model's weights are others, whether it holds them or not.
      isHeld = false;
      clock.step = state.step;
    },
    dispose() {
      session.dispose();
    },
  };
}

/**
 * Takes a variable's numbers from it: those that count are the graph's, and a second copy of them would serve nobody.
 * Until it is assigned again, whoever reads it gets an error.
 */
function emptyVariable({ tf, native }: GraphEngine, variable: tfc.Variable): void {
  const { shape, dtype } = variable;
  const dataId = native.write(new Float32Array(), shape, dtype);
  tf.tidy(() => variable.assign(tf.engine().makeTensorFromTensorInfo({ dataId, shape, dtype })));
}

async function recordSizes(recordOne: (size: number) => Recording): Promise<SizedRecording> {
  const recordings: Recording[] = [];
  for (const size of recordedSizes) {
    recordings.push(recordOne(size));
    // A wish to stop gets its turn.
    await turn();
  }
  const [two, three, five] = recordings;
  if (two === undefined || three === undefined || five === undefined)
    throw new Error('A recording is missing.');
  return forAnySize([two, three, five]);
}

/** Examples as different from those of another size as can be: a number that is read from them must not look like a rule. */
function examplesOf(tf: Engine['tf'], { inputShape, classes }: Pass, size: number) {
  const x = tf.randomUniform([size, ...inputShape], 0, 1, 'float32', size);
  const labels = tf.tensor1d(
    Array.from({ length: size }, (_, at) => (at * size) % classes),
    'int32',
  );
  return { x, y: tf.oneHot(labels, classes).toFloat() };
}

/** Where the recorded pass finds the model's weights, and puts those that it changes. */
const weightName = (at: number) => `weight ${String(at)}`;

function recordPass(
  engine: GraphEngine,
  pass: Pass,
  weights: readonly tfc.Variable[],
  clock: StepClock,
  size: number,
): Recording {
  const { tf } = engine;
  return withoutChanges(tf, weights, () => {
    // As a number it would be the same in every step.
    const step = tf.scalar(clock.step, 'int32');
    clock.tensor = step;
    const before = weights.map(({ dataId }) => dataId);
    try {
      return recordOn(engine, pass, weights, size, [['step', step]], (x, y) => {
        const { loss, scores, gradients } = pass.gradientsOf(x, y);
        const outputs = new Map([
          ['loss', loss],
          ['scores', scores],
        ]);
        for (const [at, { name }] of pass.variables.entries()) {
          const gradient = gradients[name];
          if (gradient !== undefined) outputs.set(`gradient ${String(at)}`, gradient);
        }
        for (const [at, weight] of weights.entries()) {
          if (weight.dataId !== before[at]) outputs.set(weightName(at), weight);
        }
        return outputs;
      });
    } finally {
      delete clock.tensor;
      step.dispose();
    }
  });
}

function recordPrediction(
  engine: GraphEngine,
  pass: Pass,
  weights: readonly tfc.Variable[],
  size: number,
): Recording {
  return recordOn(engine, pass, weights, size, [], (x, y) => {
    const { loss, scores } = pass.predict(x, y);
    return new Map([
      ['loss', loss],
      ['scores', scores],
    ]);
  });
}

/** Records `work` on so many examples; what it takes besides the examples and the weights is in `more`. */
function recordOn(
  { tf, native }: GraphEngine,
  pass: Pass,
  weights: readonly tfc.Variable[],
  size: number,
  more: readonly (readonly [string, tfc.Tensor])[],
  work: (x: tfc.Tensor, y: tfc.Tensor) => ReadonlyMap<string, tfc.Tensor>,
): Recording {
  let recording: Recording | undefined;
  tf.tidy(() => {
    const { x, y } = examplesOf(tf, pass, size);
    const named = weights.map((weight, at) => [weightName(at), weight] as const);
    const inputs = new Map<string, tfc.Tensor>([['x', x], ['y', y], ...more, ...named]);
    // Handed round `tf.tidy`, which would look for tensors among all its numbers.
    recording = record(native, inputs, () => work(x, y));
  });
  if (recording === undefined) throw new Error('Nothing was recorded.');
  return recording;
}

function pictureVariables(
  { count, height, width, channels }: LabelledPictures,
  { centring: { top, bottom, left, right } }: TrainingData,
): PictureVariables {
  const padding = [
    [top, bottom],
    [left, right],
  ] as const;
  return { count, height, width, channels, padding };
}

function givenPictures(pictures: LabelledPictures): readonly Omit<Given, 'name'>[] {
  const { count, height, width, channels, pixels, labels } = pictures;
  return [
    { dtype: 'uint8', shape: [count, height * width * channels], values: pixels },
    { dtype: 'int32', shape: [count], values: Int32Array.from(labels) },
  ];
}
