import type * as tfl from '@tensorflow/tfjs-layers';

import { compileDocument } from '../../../shared/compile/compile.ts';
import { centring, type Centring } from '../../../shared/datasets/index.ts';
import type { Document } from '../../../shared/document.ts';
import type { Analysis } from '../../../shared/graph/analyze.ts';
import { examplesAtOnce } from '../../../shared/graph/cost.ts';
import { datasetOf } from '../../../shared/graph/preflight.ts';
import type { TrainingConfig } from '../../../shared/training/config.ts';
import type { PictureDataset } from '../dataset/mnist.ts';
import type { Engine } from '../engine/index.ts';
import { createGraphSteps, type BatchSizes } from '../graph/graphSteps.ts';
import { createSeededDropout, type StepClock } from './seededDropout.ts';
import { createSteps, type Steps } from './step.ts';

/** Pictures of the test set that are evaluated at once, where they fit into memory. */
const evaluatedAtOnce = 500;

/** A checked document, and how much of its dataset is trained on. */
export interface PrepareJob {
  readonly document: Document;
  readonly analysis: Analysis;
  /** Only so many training examples, the first ones. */
  readonly limit: number | null;
}

/** A model that is ready for its first batch. */
export interface Prepared {
  readonly model: tfl.LayersModel;
  readonly steps: Steps;
  readonly clock: StepClock;
  readonly centring: Centring;
  readonly trainExamples: number;
  /** Pictures evaluated at once. */
  readonly evaluationBatch: number;
  dispose(): void;
}

/** Builds the model of a document and its steps: what a training and an estimate begin with. */
export function prepareTraining(
  engine: Engine,
  dataset: PictureDataset,
  { document, analysis, limit }: PrepareJob,
): Prepared {
  const { tf } = engine;
  const trainExamples = Math.min(limit ?? dataset.train.count, dataset.train.count);
  const evaluationBatch = evaluationBatchOf(analysis);
  const clock: StepClock = { step: 0 };
  const model = compileDocument(tf, document, analysis, {
    createDropout: createSeededDropout(tf, engine.uniform, clock),
  });
  try {
    const steps = stepsFor(engine, model, document.training, clock, {
      train: sizesOf(trainExamples, document.training.batchSize),
      evaluate: sizesOf(dataset.test.count, evaluationBatch),
    });
    return {
      model,
      steps,
      clock,
      centring: placeOf(document, analysis),
      trainExamples,
      evaluationBatch,
      dispose() {
        steps.dispose();
        model.dispose();
      },
    };
  } catch (error) {
    model.dispose();
    throw error;
  }
}

/** How many pictures are evaluated at once. */
export function evaluationBatchOf(analysis: Analysis): number {
  return examplesAtOnce(analysis, evaluatedAtOnce);
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

/** Where the dataset's pictures stand in the network's input. */
export function placeOf(document: Document, analysis: Analysis): Centring {
  const input = document.nodes.find(({ kind }) => kind === 'Input');
  const shape = input === undefined ? null : analysis.layers.get(input.id)?.outputShape;
  const info = datasetOf(document);
  const place = info === undefined || shape == null ? undefined : centring(info.shape, shape);
  if (place === undefined) throw new Error('The pictures do not fit into the input; this is checked before.');
  return place;
}
