import { setImmediate as turn } from 'node:timers/promises';

import type { Document } from '../../../shared/document.ts';
import { problem, type Problem } from '../../../shared/problem.ts';
import type { TrainEvent } from '../../../shared/training/events.ts';
import { epochOrder } from '../dataset/batches.ts';
import type { Progress } from './explain.ts';
import type { KeptDistributions, Moment } from './keptDistributions.ts';
import { createMean } from './measure.ts';
import { createPace, type Pace } from './pace.ts';
import type { PreparedTraining } from './prepare.ts';

/** An event as the loop tells it, before it gets the run's id and its number. */
export type Told<T extends TrainEvent = TrainEvent> = T extends TrainEvent ? Omit<T, 'runId' | 'seq'> : never;

export interface TrainLoop extends Pick<
  PreparedTraining,
  'steps' | 'data' | 'trainExamples' | 'evaluationBatch'
> {
  readonly document: Document;
  tell(event: Told): void;
  /** Asked after every batch. */
  shouldStop(): boolean;
  /** Keeps the weights as they are; gives the path of the written model.json. */
  checkpoint(): Promise<string>;
  /** Keeps the weights of an epoch for those who look back. */
  keep(epoch: number): Promise<void>;
  readonly distributions: KeptDistributions;
  /**
   * Why a training learns nothing, or its loss is no number any more; undefined where it learns.
   *
   * @param next the batch that its gradients are looked at for
   */
  explain(progress: Progress, next: Uint32Array): Problem | undefined;
}

export type TrainOutcome =
  | { readonly type: 'done' | 'stopped'; readonly epoch: number; readonly valAccuracy: number | null }
  | { readonly type: 'failed'; readonly problem: Problem; readonly cause?: Problem | undefined };

/** Checkpoints come no more often than this, so that tiny epochs do not spend their time on the disk. */
const checkpointInterval = 5000;

/** Goes through the epochs: shuffled batches, validation on the test set, checkpoints. */
export async function trainLoop(loop: TrainLoop): Promise<TrainOutcome> {
  const { document, tell } = loop;
  const wanted = document.training.epochs;
  const pace = createPace(loop.steps.batchesAtOnce);
  let valAccuracy: number | null = null;
  let checkpointAt = performance.now();
  const epochs: { readonly loss: number; readonly accuracy: number }[] = [];
  let firstLoss: number | undefined;
  /** What can be said of it, looked at after an epoch or where it broke off. */
  const explain = (epoch: number, loss: number, accuracy: number, steps: number) => {
    epochs.push({ loss, accuracy });
    return loop.explain({ epochs, firstLoss: firstLoss ?? loss, steps }, momentOf(loop, epoch).next());
  };
  for (let epoch = 1; epoch <= wanted; epoch += 1) {
    const outcome = await trainEpoch(loop, pace, epoch);
    if (outcome.type === 'failed') return { ...outcome, cause: explain(epoch, NaN, 0, Infinity) };
    if (outcome.type === 'stopped') return { type: 'stopped', epoch: epoch - 1, valAccuracy };
    const validation = await evaluate(loop);
    if (validation === undefined) return { type: 'stopped', epoch: epoch - 1, valAccuracy };
    if (!Number.isFinite(validation.loss)) {
      return {
        type: 'failed',
        problem: notFinite('test-loss-not-finite', document, validation.loss, epoch, 0),
        cause: explain(epoch, NaN, 0, Infinity),
      };
    }
    valAccuracy = validation.accuracy;
    firstLoss ??= outcome.firstLoss;
    const cause = explain(epoch, outcome.loss, outcome.accuracy, momentOf(loop, epoch).step);
    tell({
      type: 'epoch',
      epoch,
      loss: outcome.loss,
      accuracy: outcome.accuracy,
      valLoss: validation.loss,
      valAccuracy,
      seconds: outcome.seconds,
      examplesPerSecond: loop.trainExamples / outcome.seconds,
      ...(cause === undefined ? {} : { cause }),
    });
    await loop.keep(epoch);
    await loop.distributions[epoch < wanted ? 'keepEpoch' : 'keep'](momentOf(loop, epoch));
    if (epoch < wanted && performance.now() - checkpointAt >= checkpointInterval) {
      tell({ type: 'checkpoint', epoch, path: await loop.checkpoint() });
      checkpointAt = performance.now();
    }
  }
  return { type: 'done', epoch: wanted, valAccuracy };
}

type EpochOutcome =
  | {
      readonly type: 'finished';
      readonly loss: number;
      readonly accuracy: number;
      readonly seconds: number;
      readonly firstLoss: number;
    }
  | { readonly type: 'stopped' }
  | { readonly type: 'failed'; readonly problem: Problem };

async function trainEpoch(loop: TrainLoop, pace: Pace, epoch: number): Promise<EpochOutcome> {
  const { document, steps, trainExamples, distributions, tell, shouldStop } = loop;
  const { batchSize, seed, optimizer } = document.training;
  const order = epochOrder(trainExamples, seed, epoch);
  const mean = createMean();
  let firstLoss: number | undefined;
  let startedAt = performance.now();
  let from = 0;
  for (let batch = 0; from < trainExamples;) {
    const callAt = performance.now();
    const batches = pace.batches(Math.floor((trainExamples - from) / batchSize));
    const indices = order.subarray(from, from + batches * batchSize);
    const results = steps.train(indices, batches, Number(optimizer['learningRate']));
    const took = (performance.now() - callAt) / 1000;
    pace.note(took, batches);
    const examples = indices.length / batches;
    for (const { loss, correct } of results) {
      if (!Number.isFinite(loss)) {
        return { type: 'failed', problem: notFinite('loss-not-finite', document, loss, epoch, batch) };
      }
      mean.add(examples, loss, correct);
      firstLoss ??= loss;
      const examplesPerSecond = (examples * batches) / took;
      tell({ type: 'batch', epoch, batch, loss, accuracy: correct / examples, examplesPerSecond });
      batch += 1;
    }
    from += indices.length;
    // Messages (stop) and groups of events get their turn.
    await turn();
    if (shouldStop()) return { type: 'stopped' };
    // What is left may be less than a batch, which comes just before the end of the epoch.
    if (from + batchSize > trainExamples) continue;
    const lookedAt = performance.now();
    await distributions.keepWithin(momentWithin(loop, epoch, order, from));
    startedAt += performance.now() - lookedAt;
  }
  const seconds = (performance.now() - startedAt) / 1000;
  return { type: 'finished', loss: mean.loss, accuracy: mean.accuracy, seconds, firstLoss: firstLoss ?? NaN };
}

/** Between epochs; what comes next is the first batch of the following one. */
function momentOf({ document, trainExamples }: TrainLoop, epoch: number): Moment {
  const { batchSize, seed } = document.training;
  return {
    step: epoch * Math.ceil(trainExamples / batchSize),
    epoch,
    next: () => epochOrder(trainExamples, seed, epoch + 1).subarray(0, batchSize),
  };
}

/** In the epoch of that number, when the first examples of its order were trained on. */
function momentWithin(loop: TrainLoop, epoch: number, order: Uint32Array, examples: number): Moment {
  const { batchSize } = loop.document.training;
  return {
    step: momentOf(loop, epoch - 1).step + examples / batchSize,
    epoch: epoch - 1 + examples / loop.trainExamples,
    next: () => order.subarray(examples, examples + batchSize),
  };
}

function notFinite(
  code: 'loss-not-finite' | 'test-loss-not-finite',
  document: Document,
  loss: number,
  epoch: number,
  batch: number,
): Problem {
  const { learningRate } = document.training.optimizer;
  return problem(code, {
    loss: String(loss),
    epoch,
    batch,
    learningRate: typeof learningRate === 'number' ? learningRate : '',
  });
}

/** Loss and accuracy on the test set; `undefined` where it was stopped before its end. */
async function evaluate({
  steps,
  data,
  evaluationBatch,
  shouldStop,
}: TrainLoop): Promise<{ readonly loss: number; readonly accuracy: number } | undefined> {
  const { count } = data.dataset.test;
  const mean = createMean();
  const all = Uint32Array.from({ length: count }, (_, index) => index);
  for (let from = 0; from < count; from += evaluationBatch) {
    const indices = all.subarray(from, from + evaluationBatch);
    const { loss, correct } = steps.evaluate(indices);
    mean.add(indices.length, loss, correct);
    await turn();
    if (shouldStop()) return undefined;
  }
  return { loss: mean.loss, accuracy: mean.accuracy };
}
