import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { join } from 'node:path';

import type * as tfc from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';

import { compileDocument } from '../../shared/compile/compile.ts';
import { centring, type Centring } from '../../shared/datasets/index.ts';
import type { Document } from '../../shared/document.ts';
import type { Analysis } from '../../shared/graph/analyze.ts';
import { examplesAtOnce } from '../../shared/graph/cost.ts';
import { printable } from '../../shared/plainData.ts';
import { failed, fine, problem, unexpected, type Result } from '../../shared/problem.ts';
import type { TrainingConfig } from '../../shared/training/config.ts';
import type { Receipt, TrainEvent } from '../../shared/training/events.ts';
import type { PictureDataset } from './dataset/mnist.ts';
import type { Engine } from './engine/index.ts';
import { fileProblem } from './fileProblem.ts';
import { exportModel, writeCheckpoint, type Comparison } from './model/exportModel.ts';
import { createGraphSteps, type BatchSizes } from './graph/graphSteps.ts';
import { readModelFiles } from './model/readModel.ts';
import { createEventGroups } from './training/eventGroups.ts';
import { createSeededDropout, type StepClock } from './training/seededDropout.ts';
import { createSteps, type Steps } from './training/step.ts';
import { trainLoop, type Told } from './training/train.ts';

/** Pictures of the test set that are evaluated at once, where they fit into memory. */
const evaluatedAtOnce = 500;
/** At most this many groups of events a second reach the screens. */
const groupsPerSecond = 30;

export interface TrainJob {
  readonly runId: string;
  /** The run's folder: history.jsonl and model/ are written into it. */
  readonly folder: string;
  readonly document: Document;
  readonly analysis: Analysis;
  readonly limit: number | null;
}

/**
 * Trains a checked document. Gives groups of events, each with the run's id and number; all of them also go to the
 * run's history.jsonl. What goes wrong on the way is a last event, not an exception.
 */
export async function* train(
  engine: Engine,
  dataset: PictureDataset,
  job: TrainJob,
  shouldStop: () => boolean,
): AsyncGenerator<TrainEvent[], void> {
  const path = join(job.folder, 'history.jsonl');
  const history = createWriteStream(path, { flags: 'a' });
  // A disk that is full, a folder that went away: the training stops and says so.
  let unwritable: Error | undefined;
  history.on('error', (error) => {
    unwritable ??= error;
  });
  const groups = createEventGroups(1000 / groupsPerSecond);
  let seq = 0;
  const tell = (said: Told) => {
    const isEnd = said.type === 'done' || said.type === 'stopped';
    const told: Told =
      unwritable !== undefined && isEnd
        ? { type: 'failed', problem: fileProblem(unwritable) ?? unexpected(unwritable) }
        : said;
    const { type, ...more } = told;
    const event = { type, runId: job.runId, seq, ...more } as TrainEvent;
    seq += 1;
    history.write(`${JSON.stringify(event)}\n`);
    groups.push(event);
  };
  const work = runTraining(engine, dataset, job, tell, () => unwritable !== undefined || shouldStop())
    .catch((error: unknown) => {
      tell({ type: 'failed', problem: fileProblem(error) ?? unexpected(error) });
    })
    .then(async () => {
      history.end();
      // What could not be written was told of already.
      await finished(history).catch(() => undefined);
    })
    .finally(() => {
      groups.end();
    });
  yield* groups.groups();
  await work;
}

async function runTraining(
  engine: Engine,
  dataset: PictureDataset,
  job: TrainJob,
  tell: (told: Told) => void,
  shouldStop: () => boolean,
): Promise<void> {
  const { tf, info } = engine;
  const { document, analysis, folder } = job;
  const trainExamples = Math.min(job.limit ?? dataset.train.count, dataset.train.count);
  const clock: StepClock = { step: 0 };
  const model = compileDocument(tf, document, analysis, {
    createDropout: createSeededDropout(tf, engine.uniform, clock),
  });
  const evaluationBatch = examplesAtOnce(analysis, evaluatedAtOnce);
  let steps: Steps | undefined;
  try {
    steps = stepsFor(engine, model, document.training, clock, {
      train: sizesOf(trainExamples, document.training.batchSize),
      evaluate: sizesOf(dataset.test.count, evaluationBatch),
    });
    const { sync } = steps;
    const { epochs, batchSize } = document.training;
    tell({
      type: 'started',
      engine: { ...info, mode: steps.mode },
      trainExamples,
      testExamples: dataset.test.count,
      epochs,
      batchesPerEpoch: Math.ceil(trainExamples / batchSize),
    });
    const modelFolder = join(folder, 'model');
    const place = placeOf(dataset, document, analysis);
    const outcome = await trainLoop({
      document,
      model,
      steps,
      clock,
      dataset,
      centring: place,
      evaluationBatch,
      trainExamples,
      tell,
      shouldStop,
      checkpoint() {
        sync();
        return writeCheckpoint(tf, model, modelFolder);
      },
    });
    if (outcome.type === 'failed') {
      tell(outcome);
      return;
    }
    sync();
    const comparison = { dataset, centring: place };
    const receipt = await exportModel(tf, model, modelFolder, {
      trained: true,
      comparison,
      atOnce: evaluationBatch,
    });
    tell({ ...outcome, model: join(modelFolder, 'model.json'), receipt });
  } finally {
    steps?.dispose();
    model.dispose();
  }
}

/** The sizes of the batches that so many examples make. */
function sizesOf(examples: number, batchSize: number): readonly number[] {
  const rest = examples % batchSize;
  return [...(examples >= batchSize ? [batchSize] : []), ...(rest > 0 ? [rest] : [])];
}

/** Steps as one TensorFlow graph where TensorFlow computes; eager ones elsewhere, and where a step cannot be recorded. */
function stepsFor(
  { tf, native }: Engine,
  model: tfl.LayersModel,
  config: TrainingConfig,
  clock: StepClock,
  sizes: BatchSizes,
): Steps {
  if (native === undefined) return createSteps(tf, model, config);
  try {
    return createGraphSteps(tf, native, model, config, clock, sizes);
  } catch (error) {
    console.error(`The step was not recorded: ${error instanceof Error ? error.message : String(error)}`);
    return createSteps(tf, model, config);
  }
}

export interface ExportJob {
  readonly document: Document;
  readonly analysis: Analysis;
  /** Folder of the model whose weights are taken; null for the initial ones. */
  readonly weights: string | null;
  readonly folder: string;
}

/** Writes a document's model, with a run's weights or its initial ones, and compares what was written. */
export async function exportDocument(
  { tf }: Engine,
  dataset: PictureDataset | undefined,
  { document, analysis, weights, folder }: ExportJob,
): Promise<Result<Receipt>> {
  const model = compileDocument(tf, document, analysis);
  try {
    if (weights !== null) {
      const loaded = await loadWeights(tf, model, weights);
      if (!loaded.ok) return loaded;
    }
    const comparison: Comparison | undefined =
      dataset === undefined ? undefined : { dataset, centring: placeOf(dataset, document, analysis) };
    const atOnce = examplesAtOnce(analysis, evaluatedAtOnce);
    return fine(await exportModel(tf, model, folder, { trained: weights !== null, comparison, atOnce }));
  } catch (error) {
    const told = fileProblem(error);
    if (told === undefined) throw error;
    return failed(told);
  } finally {
    model.dispose();
  }
}

async function loadWeights(tf: Engine['tf'], model: tfl.LayersModel, folder: string): Promise<Result<null>> {
  const artifacts = await readModelFiles(folder);
  if (!artifacts.ok) return artifacts;
  const { weightData, weightSpecs = [] } = artifacts.value;
  const tensors: tfc.NamedTensorMap = tf.io.decodeWeights(
    tf.io.CompositeArrayBuffer.join(weightData),
    weightSpecs,
  );
  try {
    model.loadWeights(tensors);
    return fine(null);
  } catch (error) {
    // TensorFlow.js names the weight that is missing, left over or of another shape.
    const reason = error instanceof Error ? error.message : String(error);
    return failed(problem('weights-do-not-fit', { path: folder, reason: printable(reason).slice(0, 300) }));
  } finally {
    tf.dispose(Object.values(tensors));
  }
}

/** Where the dataset's pictures stand in the network's input. */
function placeOf({ train }: PictureDataset, document: Document, analysis: Analysis): Centring {
  const input = document.nodes.find(({ kind }) => kind === 'Input');
  const shape = input === undefined ? null : analysis.layers.get(input.id)?.outputShape;
  const place = shape == null ? undefined : centring([train.height, train.width, train.channels], shape);
  if (place === undefined) throw new Error('The pictures do not fit into the input; this is checked before.');
  return place;
}
