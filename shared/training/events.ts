import { z } from 'zod';

import { engineInfoSchema } from '../engine.ts';
import { problemSchema } from '../problem.ts';

/** What an export was found to be after its files were loaded again and compared. */
export const receiptSchema = z.object({
  ok: z.boolean(),
  /** False for a network with its initial weights. */
  trained: z.boolean(),
  /** Largest difference of any output between the model in memory and the reloaded one. */
  maxAbsDifference: z.number(),
  /** Test examples compared. */
  examples: z.number(),
  /** Accuracy on those examples, 0 to 1; null without a dataset. */
  accuracyTrained: z.number().nullable(),
  accuracyReloaded: z.number().nullable(),
});
export type Receipt = z.infer<typeof receiptSchema>;

const event = { runId: z.string(), /** Counts all events of a run, from 0. */ seq: z.number() };
const measures = { loss: z.number(), /** 0 to 1. */ accuracy: z.number() };
/** Why nothing is learned, most likely, with what mends it; found from what was measured. */
const cause = { cause: problemSchema.optional() };
const ended = {
  ...event,
  /** Epochs that were finished. */
  epoch: z.number(),
  valAccuracy: z.number().nullable(),
  /** Path of the written model.json. */
  model: z.string(),
  receipt: receiptSchema,
};

/** What a training waits for before its first batch, in the order in which it does. */
export const preparingStageSchema = z.enum(['engine', 'data', 'network', 'firstBatch']);
export type PreparingStage = z.infer<typeof preparingStageSchema>;

/** What a training tells while it runs. Epochs count from 1, batches of an epoch from 0. */
export const trainEventSchema = z.discriminatedUnion('type', [
  /** What it begins to wait for: the engine, as the core says; the rest as the trainer does. */
  z.object({ type: z.literal('preparing'), ...event, stage: preparingStageSchema }),
  z.object({
    type: z.literal('started'),
    ...event,
    engine: engineInfoSchema,
    trainExamples: z.number(),
    testExamples: z.number(),
    epochs: z.number(),
    batchesPerEpoch: z.number(),
  }),
  z.object({
    type: z.literal('batch'),
    ...event,
    epoch: z.number(),
    batch: z.number(),
    ...measures,
    examplesPerSecond: z.number(),
  }),
  z.object({
    type: z.literal('epoch'),
    ...event,
    epoch: z.number(),
    ...measures,
    valLoss: z.number(),
    valAccuracy: z.number(),
    /** Training time alone, without the validation. */
    seconds: z.number(),
    examplesPerSecond: z.number(),
    ...cause,
  }),
  z.object({ type: z.literal('checkpoint'), ...event, epoch: z.number(), path: z.string() }),
  /** Stopped by the user; what was learned until then is kept. */
  z.object({ type: z.literal('stopped'), ...ended }),
  z.object({ type: z.literal('done'), ...ended }),
  z.object({ type: z.literal('failed'), ...event, problem: problemSchema, ...cause }),
]);
export type TrainEvent = z.infer<typeof trainEventSchema>;

/** Whether nothing comes after this event. */
export function isLast({ type }: TrainEvent): boolean {
  return type === 'done' || type === 'stopped' || type === 'failed';
}
