import { z } from 'zod';

import { engineChoiceSchema, engineInfoSchema } from '../engine.ts';
import { problemSchema } from '../problem.ts';
import { base } from './base.ts';
import { bytesSchema, numbersPlaceSchema } from './bytes.ts';

export const runIdSchema = z.string().regex(/^[\w-]{1,80}$/);
const layerId = z.string().max(64);

/** Whose weights are looked at: a run's, or a document's initial ones. */
export const modelSourceSchema = z.union([
  z.object({
    runId: runIdSchema,
    /** Weights as they were after this epoch; as they are at last (or now, while it trains) where it is left out. */
    epoch: z.int().min(0).nullable().optional(),
  }),
  z.object({ document: z.unknown(), engine: engineChoiceSchema }),
]);
export type ModelSource = z.infer<typeof modelSourceSchema>;

/** The same as the trainer is told of it. */
export const networkSourceSchema = z.object({
  document: z.unknown(),
  /** Folder of a model with its weights; null for the document's initial ones. */
  weights: z.string().nullable(),
  /** The run whose weights these are, which may be under way; null for none. */
  runId: runIdSchema.nullable(),
});
export type NetworkSource = z.infer<typeof networkSourceSchema>;

/**
 * One picture: 32-bit floats from 0 to 1, `[height, width, channels]`. One of the dataset's size is put into the middle
 * of a larger input, as in training.
 */
export const pictureSchema = z.object({
  shape: z.tuple([z.int().min(1), z.int().min(1), z.int().min(1)]),
  numbers: bytesSchema,
});
export type Picture = z.infer<typeof pictureSchema>;

/** How it is asked what a network looks at. */
export const explanationMethodSchema = z.enum(['grad-cam', 'saliency', 'occlusion', 'deconvnet']);
export type ExplanationMethod = z.infer<typeof explanationMethodSchema>;

/** One way of computing that a machine may have: TensorFlow as it is set up, on the processor alone, or WebAssembly. */
const engineWaySchema = z.enum(['native', 'nativeOnProcessor', 'wasm']);
export type EngineWay = z.infer<typeof engineWaySchema>;

/** What one engine makes of the test set with the same weights. */
export const engineResultSchema = z.object({
  way: engineWaySchema,
  /** Null where there is none, or it refused. */
  result: z
    .object({
      engine: engineInfoSchema,
      examples: z.int(),
      /** 0 to 1. */
      accuracy: z.number(),
      loss: z.number(),
      seconds: z.number(),
      /** The largest difference of any probability from those of the first engine that answered; null for that one. */
      difference: z.number().nullable(),
    })
    .nullable(),
  /** Why there is no result. */
  problems: z.array(problemSchema),
});
export type EngineResult = z.infer<typeof engineResultSchema>;

/** Answers about a network with its weights: what it computes, and why. */
export const interpretationOf = <T extends z.ZodType>(source: T) => ({
  /** What layers give for one picture; of all layers where none are named. */
  activations: base
    .input(
      z.object({
        source,
        picture: pictureSchema,
        layers: z.array(layerId).max(10_000).nullable(),
      }),
    )
    .output(
      z.object({
        layers: z.array(numbersPlaceSchema.extend({ id: layerId })),
        /** The output's numbers: one probability for each class of a classifier. */
        output: z.array(z.number()),
        numbers: bytesSchema,
      }),
    ),
  /** The weights of one layer, in TensorFlow's order (`kernel` is `[rows, columns, channels in, filters]`). */
  weights: base
    .input(z.object({ source, layerId }))
    .output(
      z.object({ weights: z.array(numbersPlaceSchema.extend({ name: z.string() })), numbers: bytesSchema }),
    ),
  /** How much each pixel or place counts: a map `[rows, columns]`, which covers the input whatever its size. */
  explain: base
    .input(
      z.object({
        source,
        picture: pictureSchema,
        method: explanationMethodSchema,
        /** Whose maps Grad-CAM weighs or a deconvnet projects; where null the last convolution with more than one place. */
        layerId: layerId.nullable(),
        /** Of which class; of the one with the largest output where null. */
        classIndex: z.int().min(0).nullable(),
        /** Deconvnet: which feature map; the one that answers most strongly where null. */
        channel: z.int().min(0).nullable(),
        /** Occlusion: the side of the grey square and its step, in pixels of the input. */
        occlusion: z.object({ size: z.int().min(1), stride: z.int().min(1), value: z.number() }).optional(),
      }),
    )
    .output(
      z.object({
        map: numbersPlaceSchema,
        layerId: layerId.nullable(),
        classIndex: z.int().nullable(),
        channel: z.int().nullable(),
        /** What the class's output, or the feature's strongest place, is for this picture. */
        score: z.number(),
        numbers: bytesSchema,
      }),
    ),
  /** The test pictures that excite a filter most, each with the place that does and its projection back to pixels. */
  exciting: base
    .input(
      z.object({
        source,
        layerId,
        channel: z.int().min(0),
        count: z.int().min(1).max(25),
      }),
    )
    .output(
      z.object({
        pictures: z.array(
          z.object({
            index: z.int(),
            label: z.int(),
            value: z.number(),
            /** The receptive field in the input's pixels, clipped: where the strongest place looks. */
            box: z.object({ top: z.int(), left: z.int(), height: z.int(), width: z.int() }),
            picture: numbersPlaceSchema,
            projection: numbersPlaceSchema,
          }),
        ),
        numbers: bytesSchema,
      }),
    ),
  /** What comes of the whole test set: probabilities `[pictures, classes]` and labels, in the set's order. */
  evaluate: base.input(z.object({ source })).output(
    z.object({
      classes: z.array(z.string()),
      loss: z.number(),
      probabilities: numbersPlaceSchema,
      labels: z.array(z.int()),
      seconds: z.number(),
      numbers: bytesSchema,
    }),
  ),
});
