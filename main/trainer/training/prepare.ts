import type * as tfl from '@tensorflow/tfjs-layers';

import { compileNetwork, type CompiledNetwork } from '../../../shared/compile/compile.ts';
import { centring, type Centring } from '../../../shared/datasets/index.ts';
import type { Document } from '../../../shared/document.ts';
import type { Analysis } from '../../../shared/graph/analyze.ts';
import { examplesAtOnce } from '../../../shared/graph/cost.ts';
import type { PictureDataset } from '../dataset/mnist.ts';
import type { Engine } from '../engine/index.ts';
import { createGraphSteps, type BatchSizes } from '../graph/graphSteps.ts';
import { createEagerSteps } from './eagerSteps.ts';
import { createRandomLayers, type StepClock } from './randomLayers.ts';
import type { Steps, TrainingData } from './step.ts';

/** Pictures of the test set that are evaluated at once, where they fit into memory. */
const evaluatedAtOnce = 500;

export interface TrainingPlan {
  readonly document: Document;
  readonly analysis: Analysis;
  /** Only so many training examples, the first ones. */
  readonly limit: number | null;
  /** One operation after another, where a graph could be recorded. */
  readonly eager?: boolean | undefined;
}

/** A document compiled, with all that its training needs. */
export interface PreparedTraining {
  readonly model: tfl.LayersModel;
  readonly compiled: CompiledNetwork;
  readonly steps: Steps;
  readonly data: TrainingData;
  readonly trainExamples: number;
  /** Pictures evaluated at once. */
  readonly evaluationBatch: number;
  /** Gives the model what was learned, and lets go of what only the training needed. */
  finish(): void;
  dispose(): void;
}

/** Compiles a checked document and prepares its steps: as one graph where TensorFlow computes and can record them. */
export async function prepareTraining(
  engine: Engine,
  dataset: PictureDataset,
  { document, analysis, limit, eager = false }: TrainingPlan,
): Promise<PreparedTraining> {
  const { tf } = engine;
  const { training } = document;
  const trainExamples = Math.min(limit ?? dataset.train.count, dataset.train.count);
  const evaluationBatch = evaluationBatchOf(analysis);
  const data = { dataset, centring: placeOf(dataset, document, analysis) };
  const clock: StepClock = { step: 0 };
  const compiled = compileNetwork(tf, document, analysis, {
    createRandomLayer: createRandomLayers(tf, engine.uniform, clock),
  });
  const { model } = compiled;
  try {
    const sizes = {
      train: sizesOf(trainExamples, training.batchSize),
      evaluate: sizesOf(dataset.test.count, evaluationBatch),
    };
    const steps =
      (eager ? undefined : await graphSteps(engine, model, training, clock, data, sizes)) ??
      createEagerSteps(engine, model, training, clock, data);
    let isTraining = true;
    return {
      model,
      compiled,
      steps,
      data,
      trainExamples,
      evaluationBatch,
      finish() {
        steps.sync();
        isTraining = false;
        steps.dispose();
      },
      dispose() {
        if (isTraining) steps.dispose();
        model.dispose();
      },
    };
  } catch (error) {
    model.dispose();
    throw error;
  }
}

/** How many pictures of the test set are evaluated at once. */
export function evaluationBatchOf(analysis: Analysis): number {
  return examplesAtOnce(analysis, evaluatedAtOnce);
}

/** The sizes of the batches that so many examples make. */
function sizesOf(examples: number, batchSize: number): readonly number[] {
  const rest = examples % batchSize;
  return [...(examples >= batchSize ? [batchSize] : []), ...(rest > 0 ? [rest] : [])];
}

async function graphSteps(
  { native, ...engine }: Engine,
  model: tfl.LayersModel,
  config: Document['training'],
  clock: StepClock,
  data: TrainingData,
  sizes: BatchSizes,
): Promise<Steps | undefined> {
  if (native === undefined) return undefined;
  try {
    return await createGraphSteps({ ...engine, native }, model, config, clock, data, sizes);
  } catch (error) {
    console.error(`The step was not recorded: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

/** Where a dataset's pictures stand in the network's input. */
export function placeOf({ train }: PictureDataset, document: Document, analysis: Analysis): Centring {
  const input = document.nodes.find(({ kind }) => kind === 'Input');
  const shape = input === undefined ? null : analysis.layers.get(input.id)?.outputShape;
  const place = shape == null ? undefined : centring([train.height, train.width, train.channels], shape);
  if (place === undefined) throw new Error('The pictures do not fit into the input; this is checked before.');
  return place;
}
