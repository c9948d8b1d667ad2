import { z } from 'zod';

/** Which engine to use: the best there is, or one by name. */
export const engineChoiceSchema = z.enum(['auto', 'native', 'wasm']);
export type EngineChoice = z.infer<typeof engineChoiceSchema>;

/** The engine that computes. */
export const engineInfoSchema = z.object({
  name: z.enum(['native', 'wasm', 'cpu']),
  /** TensorFlow's version for `native`, TensorFlow.js's for the others. */
  version: z.string(),
  /** `CPU`, or the name of the GPU. */
  device: z.string(),
  /** How steps are carried out: `graph`, as one TensorFlow graph, or `eager`, one operation after another. */
  mode: z.string(),
  threads: z.number(),
});
export type EngineInfo = z.infer<typeof engineInfoSchema>;

/** One way of getting an engine, best first: whether it worked, and why not. */
export const engineRungSchema = z.object({ name: z.string(), ok: z.boolean(), reason: z.string() });
export type EngineRung = z.infer<typeof engineRungSchema>;
