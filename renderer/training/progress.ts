import type { RunRecord } from './runRecord.ts';

/** What a training is doing, in the order in which it does it. */
export type Phase =
  'preparing' | 'training' | 'validating' | 'stopping' | 'checking' | 'done' | 'stopped' | 'failed';

/** @param stopping whether the user has asked for the end */
export function phaseOf({ started, stage, lastBatch, epochs, end }: RunRecord, stopping: boolean): Phase {
  if (end !== null) return end.type;
  if (started === null || (stage !== null && !stopping)) return 'preparing';
  const finished = epochs.at(-1)?.epoch ?? 0;
  if (finished >= started.epochs) return 'checking';
  if (stopping) return 'stopping';
  const atEpochsEnd = lastBatch !== null && lastBatch.batch + 1 >= started.batchesPerEpoch;
  return atEpochsEnd && lastBatch.epoch > finished ? 'validating' : 'training';
}

export interface Progress {
  /** The epoch it is in, from 1. */
  readonly epoch: number;
  readonly epochs: number;
  /** Batches finished in this epoch. */
  readonly batch: number;
  readonly batchesPerEpoch: number;
  /** 0 to 1, over all epochs. */
  readonly fraction: number;
}

/** How far a training has come; null before it has started. */
export function progressOf({ started, lastBatch }: RunRecord): Progress | null {
  if (started === null) return null;
  const { epochs, batchesPerEpoch } = started;
  const epoch = lastBatch?.epoch ?? 1;
  const batch = lastBatch === null ? 0 : lastBatch.batch + 1;
  const fraction = ((epoch - 1) * batchesPerEpoch + batch) / (epochs * batchesPerEpoch);
  return { epoch, epochs, batch, batchesPerEpoch, fraction: Math.min(1, fraction) };
}

/** A step of training computes forward once and backward about twice that; testing a picture is the forward part. */
const testCost = 1 / 3;

/** Seconds that a training will still take at its present speed; null while that is unknown. */
export function secondsLeft(record: RunRecord): number | null {
  const progress = progressOf(record);
  const { started, epochs, examplesPerSecond } = record;
  if (started === null || progress === null || examplesPerSecond <= 0) return null;
  const untrained = (1 - progress.fraction) * progress.epochs * started.trainExamples;
  const untested = (progress.epochs - epochs.length) * started.testExamples;
  return (untrained + untested * testCost) / examplesPerSecond;
}

/** A length of time in the units that suit it, for a sentence. */
export type Duration =
  | { readonly unit: 'seconds'; readonly seconds: number }
  | { readonly unit: 'minutes'; readonly minutes: number; readonly seconds: number }
  | { readonly unit: 'hours'; readonly hours: number; readonly minutes: number };

export function durationOf(seconds: number): Duration {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return { unit: 'seconds', seconds: whole };
  if (whole < 3600) return { unit: 'minutes', minutes: Math.floor(whole / 60), seconds: whole % 60 };
  const minutes = Math.round(whole / 60);
  return { unit: 'hours', hours: Math.floor(minutes / 60), minutes: minutes % 60 };
}
