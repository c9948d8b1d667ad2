import { setImmediate as turn } from 'node:timers/promises';

import type * as tfl from '@tensorflow/tfjs-layers';

import type { Centring } from '../../../shared/datasets/index.ts';
import type { Document } from '../../../shared/document.ts';
import { problem, type Problem } from '../../../shared/problem.ts';
import type { TrainEvent } from '../../../shared/training/events.ts';
import { epochOrder, gatherBatch } from '../dataset/batches.ts';
import type { LabelledPictures, PictureDataset } from '../dataset/mnist.ts';
import { createMean } from './measure.ts';
import type { StepClock } from './seededDropout.ts';
import type { Steps } from './step.ts';

/** An event as the loop tells it, before it gets the run's id and its number. */
export type Told<T extends TrainEvent = TrainEvent> = T extends TrainEvent ? Omit<T, 'runId' | 'seq'> : never;

export interface TrainLoop {
  readonly document: Document;
  readonly model: tfl.LayersModel;
  readonly steps: Steps;
  readonly clock: StepClock;
  readonly dataset: PictureDataset;
  readonly centring: Centring;
  /** Pictures evaluated at once. */
  readonly evaluationBatch: number;
  /** Training examples used: the first ones of the dataset. */
  readonly trainExamples: number;
  tell(event: Told): void;
  /** Asked after every batch. */
  shouldStop(): boolean;
  /** Keeps the weights as they are; gives the path of the written model.json. */
  checkpoint(): Promise<string>;
}

export type TrainOutcome =
  | { readonly type: 'done' | 'stopped'; readonly epoch: number; readonly valAccuracy: number | null }
  | { readonly type: 'failed'; readonly problem: Problem };

/** Checkpoints come no more often than this, so that tiny epochs do not spend their time on the disk. */
const checkpointInterval = 5000;

/** Goes through the epochs: shuffled batches, validation on the test set, checkpoints. */
export async function trainLoop(loop: TrainLoop): Promise<TrainOutcome> {
  const { document, dataset, tell } = loop;
  const { epochs } = document.training;
  let valAccuracy: number | null = null;
  let checkpointAt = performance.now();
  for (let epoch = 1; epoch <= epochs; epoch += 1) {
    const outcome = await trainEpoch(loop, epoch);
    if (outcome.type === 'failed') return outcome;
    if (outcome.type === 'stopped') return { type: 'stopped', epoch: epoch - 1, valAccuracy };
    const validation = await evaluate(loop, dataset.test);
    if (validation === undefined) return { type: 'stopped', epoch: epoch - 1, valAccuracy };
    if (!Number.isFinite(validation.loss)) {
      return {
        type: 'failed',
        problem: notFinite('test-loss-not-finite', document, validation.loss, epoch, 0),
      };
    }
    valAccuracy = validation.accuracy;
    tell({
      type: 'epoch',
      epoch,
      loss: outcome.loss,
      accuracy: outcome.accuracy,
      valLoss: validation.loss,
      valAccuracy,
      seconds: outcome.seconds,
      examplesPerSecond: loop.trainExamples / outcome.seconds,
    });
    if (epoch < epochs && performance.now() - checkpointAt >= checkpointInterval) {
      tell({ type: 'checkpoint', epoch, path: await loop.checkpoint() });
      checkpointAt = performance.now();
    }
  }
  return { type: 'done', epoch: epochs, valAccuracy };
}

type EpochOutcome =
  | { readonly type: 'finished'; readonly loss: number; readonly accuracy: number; readonly seconds: number }
  | { readonly type: 'stopped' }
  | { readonly type: 'failed'; readonly problem: Problem };

async function trainEpoch(loop: TrainLoop, epoch: number): Promise<EpochOutcome> {
  const { document, steps, clock, dataset, centring, trainExamples, tell, shouldStop } = loop;
  const { batchSize, seed } = document.training;
  const order = epochOrder(trainExamples, seed, epoch);
  const mean = createMean();
  let seconds = 0;
  for (let from = 0, batch = 0; from < trainExamples; from += batchSize, batch += 1) {
    const startedAt = performance.now();
    const numbers = gatherBatch(
      dataset.train,
      order.subarray(from, from + batchSize),
      centring,
      dataset.classes,
    );
    clock.step += 1;
    const { loss, correct } = steps.train(numbers);
    const took = (performance.now() - startedAt) / 1000;
    seconds += took;
    if (!Number.isFinite(loss))
      return { type: 'failed', problem: notFinite('loss-not-finite', document, loss, epoch, batch) };
    mean.add(numbers.examples, loss, correct);
    const { examples } = numbers;
    tell({
      type: 'batch',
      epoch,
      batch,
      loss,
      accuracy: correct / examples,
      examplesPerSecond: examples / took,
    });
    // Messages (stop) and groups of events get their turn.
    await turn();
    if (shouldStop()) return { type: 'stopped' };
  }
  return { type: 'finished', loss: mean.loss, accuracy: mean.accuracy, seconds };
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

/** Loss and accuracy on pictures; `undefined` where it was stopped before its end. */
export async function evaluate(
  loop: Pick<TrainLoop, 'steps' | 'dataset' | 'centring' | 'evaluationBatch' | 'shouldStop'>,
  pictures: LabelledPictures,
): Promise<{ readonly loss: number; readonly accuracy: number } | undefined> {
  const { steps, dataset, centring, evaluationBatch, shouldStop } = loop;
  const mean = createMean();
  const all = Uint32Array.from({ length: pictures.count }, (_, index) => index);
  for (let from = 0; from < pictures.count; from += evaluationBatch) {
    const numbers = gatherBatch(
      pictures,
      all.subarray(from, from + evaluationBatch),
      centring,
      dataset.classes,
    );
    const { loss, correct } = steps.evaluate(numbers);
    mean.add(numbers.examples, loss, correct);
    await turn();
    if (shouldStop()) return undefined;
  }
  return { loss: mean.loss, accuracy: mean.accuracy };
}
