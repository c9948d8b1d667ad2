import { setImmediate as turn } from 'node:timers/promises';

import type { EngineInfo } from '../../../shared/engine.ts';
import type { Estimate } from '../../../shared/training/estimate.ts';
import { epochOrder } from '../dataset/batches.ts';
import type { PictureDataset } from '../dataset/mnist.ts';
import type { Engine } from '../engine/index.ts';
import { createPace } from './pace.ts';
import { evaluationBatchOf, prepareTraining, type PreparedTraining, type TrainingPlan } from './prepare.ts';

/** When the timing of training steps is to be over, in milliseconds from the start, and how long it takes at most. */
const trainingUntil = 1700;
const mostTraining = 1000;
/** Fewer would say little, also where there is no time left for them. */
const leastTraining = 200;
const mostValidation = 250;
/** The first steps are slow once: TensorFlow arranges its graph and its memory. */
const warmUpSteps = 3;
const mostWarmUp = 250;

/** Multiply-adds that take some half a second: more are not carried out at once. */
const affordable: Record<EngineInfo['name'], number> = { native: 2e10, wasm: 2e9, cpu: 1e8 };
/** A step computes forward once and backward about twice that. */
const stepCost = 3;

type EstimateJob = Omit<TrainingPlan, 'limit'>;

/** Steps that were timed. */
interface Pace {
  readonly steps: number;
  readonly seconds: number;
}

/**
 * Measures how long an epoch of a training takes, by steps just like the training's, which are thrown away. A network
 * whose usual batch would take too long is measured with two smaller ones, from which the usual one follows.
 *
 * @param shouldEnd asked after every step
 * @returns null where it was ended before it knew
 */
export async function estimateEpoch(
  engine: Engine,
  dataset: PictureDataset,
  job: EstimateJob,
  shouldEnd: () => boolean,
): Promise<Estimate | null> {
  const { train, test } = dataset;
  const forward = affordable[engine.info.name] / Math.max(1, job.analysis.totals.macs);
  const batch = Math.min(job.document.training.batchSize, train.count);
  const tested = within(Math.floor(forward), 1, Math.min(evaluationBatchOf(job.analysis), test.count));
  const most = Math.max(1, Math.floor(forward / stepCost));
  const half = Math.max(1, most >> 1);
  const sizes = batch <= 2 * half ? [batch] : [half, 2 * half];
  const startedAt = performance.now();
  const training: Pace[] = [];
  let validation: Pace | null = null;
  let { info } = engine;
  for (const [at, size] of sizes.entries()) {
    await turn();
    if (shouldEnd()) return null;
    const prepared = await prepareTraining(
      engine,
      withFewTests(dataset, tested),
      batchesOf(job, size, train.count),
    );
    try {
      info = { ...info, mode: prepared.steps.mode };
      const left = (trainingUntil - (performance.now() - startedAt)) / (sizes.length - at);
      const time = within(left, leastTraining, mostTraining);
      const pace = await timeSteps(trainer(prepared, job, size), time, shouldEnd);
      if (pace === null) return null;
      training.push(pace);
      if (at === 0) validation = await timeSteps(tester(prepared, tested), mostValidation, shouldEnd);
      if (validation === null) return null;
    } finally {
      prepared.dispose();
    }
  }
  if (validation === null) return null;
  const trainingSeconds = (secondsOfBatch(sizes, training, batch) * train.count) / batch;
  const validationSeconds = (secondsOf(validation) * test.count) / tested;
  return {
    secondsPerEpoch: trainingSeconds + validationSeconds,
    trainingSeconds,
    validationSeconds,
    examplesPerSecond: train.count / trainingSeconds,
    engine: info,
    steps: training.reduce((sum, { steps }) => sum + steps, 0),
    measuredSeconds: training.reduce((sum, { seconds }) => sum + seconds, 0),
  };
}

/** The job with batches of this size, as many as fit in whole: the last, smaller one of an epoch is not measured. */
function batchesOf(job: EstimateJob, batchSize: number, count: number): TrainingPlan {
  const { training } = job.document;
  return {
    ...job,
    document: { ...job.document, training: { ...training, batchSize } },
    limit: count - (count % batchSize),
  };
}

function withFewTests({ test, ...dataset }: PictureDataset, count: number): PictureDataset {
  const size = test.height * test.width * test.channels;
  const pixels = test.pixels.subarray(0, count * size);
  return { ...dataset, test: { ...test, count, pixels, labels: test.labels.subarray(0, count) } };
}

/** Trains the next batches each time that it is called, as many as a training would at once; gives how many. */
function trainer(
  { steps, trainExamples }: PreparedTraining,
  { document: { training } }: EstimateJob,
  size: number,
): () => number {
  const order = epochOrder(trainExamples, training.seed, 1);
  const pace = createPace(steps.batchesAtOnce);
  let from = 0;
  return () => {
    const batches = pace.batches(Math.floor((trainExamples - from) / size));
    const startedAt = performance.now();
    steps.train(
      order.subarray(from, from + batches * size),
      batches,
      Number(training.optimizer['learningRate']),
    );
    pace.note((performance.now() - startedAt) / 1000, batches);
    from = (from + batches * size) % trainExamples;
    return batches;
  };
}

/** Tests the first pictures each time that it is called. */
function tester({ steps }: PreparedTraining, size: number): () => number {
  const indices = Uint32Array.from({ length: size }, (_, index) => index);
  return () => {
    steps.evaluate(indices);
    return 1;
  };
}

/** Times a step that is carried out again and again for so many milliseconds, after it has warmed up. */
async function timeSteps(step: () => number, time: number, shouldEnd: () => boolean): Promise<Pace | null> {
  const carryOut = async (most: number, milliseconds: number) => {
    const from = performance.now();
    let steps = 0;
    do {
      steps += step();
      // As in a training, messages get their turn: among them what ends this.
      await turn();
      if (shouldEnd()) return null;
    } while (steps < most && performance.now() - from < milliseconds);
    return { steps, seconds: (performance.now() - from) / 1000 };
  };
  const warmUp = await carryOut(warmUpSteps, mostWarmUp);
  return warmUp === null ? null : carryOut(Infinity, time);
}

function secondsOf({ steps, seconds }: Pace): number {
  return seconds / steps;
}

/** The time of a batch: as measured, else by the line through those of two smaller ones. */
function secondsOfBatch(sizes: readonly number[], paces: readonly Pace[], batch: number): number {
  const [first = 0, second] = paces.map(secondsOf);
  const [small = batch, large = batch] = sizes;
  if (second === undefined) return first;
  const each = Math.max(0, (second - first) / (large - small));
  // Where chance made the larger batch the faster one, a share of it is the better guess.
  if (each === 0) return (second * batch) / large;
  return Math.max(0, first - each * small) + each * batch;
}

function within(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}
