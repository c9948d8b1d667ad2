import { z } from 'zod';

/** The file in a run's folder that holds them, one moment a line. */
export const distributionsFileName = 'distributions.jsonl';

/** Ranges that a distribution counts numbers in. */
export const distributionBins = 32;

/** How many numbers are distributed, and where: of one weight of a layer, or of its gradient. */
export const distributionSchema = z.object({
  mean: z.number(),
  /** Standard deviation of all numbers (divided by their count, not by one less). */
  std: z.number(),
  min: z.number(),
  max: z.number(),
  /** How many numbers lie in each of 32 equally wide ranges from `min` to `max`; in the first where both are the same. */
  counts: z.array(z.int().min(0)).length(distributionBins),
  /** Numbers that are infinite or none at all. They are in nothing of the above, which is 0 where there are no others. */
  notFinite: z.int().min(0),
});
export type Distribution = z.infer<typeof distributionSchema>;

/** One weight of a layer at one moment of a training. */
export const weightDistributionSchema = z.object({
  /** The layer whose weight it is; the owner where layers share it. */
  layerId: z.string(),
  /** As TensorFlow names it: `kernel`, `bias`, `gamma`, `moving_mean`. */
  name: z.string(),
  weights: distributionSchema,
  /** Of the loss of the batch that comes next, with regard to the weight; null where that is not learned. */
  gradients: distributionSchema.nullable(),
});
export type WeightDistribution = z.infer<typeof weightDistributionSchema>;

/** All weights of a network at one moment of a training. */
export const distributionsSchema = z.object({
  /** Batches that were trained on until then: the first moment comes some batches after the start. */
  step: z.int().min(0),
  /** Epochs until then: 1 is the end of the first, 1.5 the middle of the second. */
  epoch: z.number().min(0),
  /** Layer by layer, in the order in which they are computed. */
  weights: z.array(weightDistributionSchema),
});
export type Distributions = z.infer<typeof distributionsSchema>;
