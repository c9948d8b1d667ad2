import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type * as tfc from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import type { NodeJSKernelBackend } from '@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend';

import type { TrainingConfig } from '../../../shared/training/config.ts';
import type { BatchNumbers } from '../dataset/batches.ts';
import type { TensorFlow } from '../tensorflow.ts';
import { countCorrect } from '../training/measure.ts';
import type { StepClock } from '../training/seededDropout.ts';
import { createEager, type BatchResult, type Steps } from '../training/step.ts';
import { createGraphWriter, type GraphWriter } from './graphDef.ts';
import { record, type KnownTensors } from './recorder.ts';
import { optimizerVariables, withoutChanges } from './state.ts';

const tag = 'train';

/** How many examples there will be at once. */
export interface BatchSizes {
  /** Of the training: the usual one, and that of the last batch of an epoch where it is another. */
  readonly train: readonly number[];
  readonly evaluate: readonly number[];
}

/** What one recorded run takes and gives. */
interface Recorded {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/**
 * Carries out training steps as one TensorFlow graph each, in one call. The eager step (forward, gradients, optimizer)
 * is recorded once for each size of a batch; weights and the optimizer's numbers become variables of TensorFlow, which
 * the recorded step reads and assigns. What changes from step to step comes in anew: the batch, and the number of the
 * step, from which dropout draws.
 *
 * @throws Error where a step cannot be recorded; model and optimizer are as they were before
 */
export function createGraphSteps(
  tf: TensorFlow,
  backend: NodeJSKernelBackend,
  model: tfl.LayersModel,
  config: TrainingConfig,
  clock: StepClock,
  sizes: BatchSizes,
): Steps {
  const eager = createEager(tf, model, config);
  const { inputShape, classes, optimizer } = eager;
  const weights = model.weights.map((weight) => weight.read() as tfc.Variable);
  let savedModel: number | undefined;

  try {
    makeSlots();
    const variables = [...weights, ...optimizerVariables(optimizer)];
    const writer = createGraphWriter();
    const reads = variables.map((variable, at) => declareVariable(writer, variable, at));
    const recorded = new Map<string, Recorded>();
    for (const size of new Set(sizes.train)) recorded.set(`train ${String(size)}`, recordTraining(size));
    for (const size of new Set(sizes.evaluate))
      recorded.set(`evaluate ${String(size)}`, recordEvaluation(size));
    const state = declareState(writer, variables, reads);
    savedModel = load(backend, writer);
    const id = savedModel;
    for (const done of run(id, variables, state.inputs, state.set)) done.dispose();
    // The optimizer's numbers are the graph's from here on: a second copy of them would serve nobody.
    eager.dispose();
    const weightOutputs = state.outputs.slice(0, weights.length);

    /** A run of the graph; what it gives is the caller's to dispose. */
    function run(
      graph: number,
      inputs: readonly tfc.Tensor[],
      names: readonly string[],
      outputs: readonly string[],
    ) {
      const infos = names.map((name) => ({
        name,
        shape: [],
        dtype: 'float32' as const,
        tfDtype: 'DT_FLOAT',
      }));
      return backend.runSavedModel(graph, [...inputs], infos, [...outputs]);
    }

    function runBatch(key: string, batch: BatchNumbers): BatchResult {
      const known = recorded.get(`${key} ${String(batch.examples)}`);
      if (known === undefined)
        throw new Error(`No step for ${String(batch.examples)} examples was recorded.`);
      return tf.tidy(() => {
        const x = tf.tensor(batch.pixels, [batch.examples, ...inputShape]);
        const y = tf.tensor2d(batch.oneHot, [batch.examples, classes]);
        const given = key === 'train' ? [x, y, tf.scalar(clock.step, 'int32')] : [x, y];
        const [loss, predictions] = run(id, given, known.inputs, known.outputs);
        return {
          loss: loss?.dataSync()[0] ?? NaN,
          correct: countCorrect(predictions?.dataSync() ?? [], batch.labels, classes),
        };
      });
    }

    function recordTraining(size: number): Recorded {
      return recordRun(`train_${String(size)}`, size, true, (x, y) => eager.trainOn(x, y));
    }

    function recordEvaluation(size: number): Recorded {
      return recordRun(`evaluate_${String(size)}`, size, false, (x, y) => eager.evaluateOn(x, y));
    }

    function recordRun(
      name: string,
      size: number,
      isTraining: boolean,
      step: (x: tfc.Tensor, y: tfc.Tensor) => { readonly loss: tfc.Tensor; readonly predictions: tfc.Tensor },
    ): Recorded {
      const known: KnownTensors = new Map();
      const inputs: string[] = [];
      const given = (tensor: tfc.Tensor, what: string) => {
        const input = `${name}_${what}`;
        known.set(tensor.dataId, writer.placeholder(input, tensor.dtype, tensor.shape));
        inputs.push(input);
        return tensor;
      };
      const variablesBefore = variables.map(({ dataId }) => dataId);
      for (const [at, dataId] of variablesBefore.entries()) known.set(dataId, reads[at] ?? '');
      return withoutChanges(tf, variables, () =>
        tf.tidy(() => {
          const x = given(tf.zeros([size, ...inputShape]), 'x');
          const y = given(tf.oneHot(tf.zeros([size], 'int32'), classes).toFloat(), 'y');
          if (isTraining) clock.tensor = given(tf.scalar(clock.step, 'int32'), 'step') as tfc.Scalar;
          let kept: tfc.Tensor | undefined;
          try {
            const { loss, predictions } = record(backend, writer, known, () => {
              const tensors = step(x, y);
              kept = tensors.predictions;
              return tensors;
            });
            const assigned = variables.flatMap((variable, at) => {
              if (variable.dataId === variablesBefore[at]) return [];
              const value = known.get(variable.dataId);
              if (value === undefined) throw new Error(`The new value of ${variable.name} was not recorded.`);
              const float = { form: 'type', value: writer.typeNumber('float32') } as const;
              const assign = writer.operation('AssignVariableOp', [`variable_${String(at)}`, value], {
                dtype: float,
              });
              return [`^${assign}`];
            });
            const outputs = [output(loss, 'loss', assigned), output(predictions, 'predictions', [])];
            return { inputs, outputs };
          } finally {
            kept?.dispose();
            delete clock.tensor;
          }

          function output(tensor: tfc.Tensor, what: string, after: readonly string[]): string {
            const value = known.get(tensor.dataId);
            if (value === undefined) throw new Error(`The ${what} was not recorded.`);
            const type = { form: 'type', value: writer.typeNumber(tensor.dtype) } as const;
            return writer.operation('Identity', [value, ...after], { T: type }, `${name}_${what}`);
          }
        }),
      );
    }

    return {
      mode: 'graph',
      train: (batch) => runBatch('train', batch),
      evaluate: (batch) => runBatch('evaluate', batch),
      sync() {
        const values = run(id, [], [], weightOutputs);
        for (const [at, variable] of weights.entries()) {
          const value = values[at];
          if (value === undefined) throw new Error(`The graph gave no value for ${variable.name}.`);
          variable.assign(value);
          value.dispose();
        }
      },
      dispose() {
        backend.deleteSavedModel(id);
      },
    };
  } catch (error) {
    if (savedModel !== undefined) backend.deleteSavedModel(savedModel);
    eager.dispose();
    throw error;
  }

  /** Optimizers make their numbers at their first step: one on nothing, which is undone. */
  function makeSlots(): void {
    const before = new Set(optimizerVariables(optimizer));
    withoutChanges(tf, [...weights, ...before], () =>
      tf.tidy(() => {
        eager.trainOn(tf.zeros([1, ...inputShape]), tf.zeros([1, classes])).predictions.dispose();
      }),
    );
    for (const slot of optimizerVariables(optimizer)) {
      if (before.has(slot)) continue;
      // They begin with zeros, whatever the optimizer.
      tf.tidy(() => slot.assign(tf.zeros(slot.shape)));
    }
  }
}

/** A variable of the graph; gives what reads it. */
function declareVariable(writer: GraphWriter, { shape }: tfc.Variable, at: number): string {
  const name = `variable_${String(at)}`;
  const dtype = { form: 'type', value: writer.typeNumber('float32') } as const;
  writer.operation(
    'VarHandleOp',
    [],
    {
      dtype,
      shape: { form: 'shape', value: shape },
      shared_name: { form: 'string', value: name },
      container: { form: 'string', value: '' },
    },
    name,
  );
  return `${writer.operation('ReadVariableOp', [name], { dtype }, `${name}_read`)}:0`;
}

interface State {
  /** Placeholders for the values of all variables, and the output that puts them in. */
  readonly inputs: readonly string[];
  readonly set: readonly string[];
  /** The values of all variables. */
  readonly outputs: readonly string[];
}

function declareState(
  writer: GraphWriter,
  variables: readonly tfc.Variable[],
  reads: readonly string[],
): State {
  const dtype = { form: 'type', value: writer.typeNumber('float32') } as const;
  const inputs: string[] = [];
  const assigned: string[] = [];
  const outputs = variables.map(({ shape }, at) => {
    const input = `state_in_${String(at)}`;
    const value = writer.placeholder(input, 'float32', shape);
    inputs.push(input);
    assigned.push(`^${writer.operation('AssignVariableOp', [`variable_${String(at)}`, value], { dtype })}`);
    return writer.operation('Identity', [reads[at] ?? ''], { T: dtype }, `state_out_${String(at)}`);
  });
  const done = writer.operation('Identity', [`${inputs[0] ?? ''}:0`, ...assigned], { T: dtype }, 'state_set');
  return { inputs, set: [done], outputs };
}

/** Hands a graph to TensorFlow, which takes it as a folder. */
function load(backend: NodeJSKernelBackend, writer: GraphWriter): number {
  const folder = mkdtempSync(join(tmpdir(), 'convas-graph-'));
  try {
    writeFileSync(join(folder, 'saved_model.pb'), writer.serialize(tag));
    return backend.loadSavedModelMetaGraph(folder, tag);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
