import { z } from 'zod';

import { engineInfoSchema } from '../engine.ts';

/** How long an epoch will take on this machine, from a few steps that were carried out and thrown away. */
export const estimateSchema = z.object({
  /** Training and validation together. */
  secondsPerEpoch: z.number(),
  trainingSeconds: z.number(),
  validationSeconds: z.number(),
  /** Of the training alone. */
  examplesPerSecond: z.number(),
  engine: engineInfoSchema,
  /** Steps that were timed, and how long they took together; those before them warmed up. */
  steps: z.number(),
  measuredSeconds: z.number(),
});
export type Estimate = z.infer<typeof estimateSchema>;
