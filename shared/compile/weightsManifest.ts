import { z } from 'zod';

import { firstIssue } from '../layers/paramValues.ts';
import { failed, fine, problem, type Result } from '../problem.ts';

/** Bytes of one number of each type that a model of ours can hold. */
const bytesOf = { float32: 4, int32: 4, bool: 1, uint8: 1 } as const;

const groupSchema = z.object({
  paths: z.array(z.string()).min(1).max(10_000),
  weights: z.array(
    z.object({
      name: z.string(),
      shape: z.array(z.int().min(0)).max(8),
      dtype: z.enum(['float32', 'int32', 'bool', 'uint8']),
    }),
  ),
});
const manifestSchema = z.array(groupSchema).max(10_000);

/** A group of files that hold, one after the other, the numbers of some weights. */
export interface WeightsGroup {
  readonly paths: readonly string[];
  /** Bytes of all files of the group together. */
  readonly bytes: number;
}

// A name alone, never a way: TensorFlow.js's own loaders follow `../` out of the model's folder.
const fileName = /^(?!\.+$)[\w.-]{1,128}$/;

/**
 * Checks the `weightsManifest` of a model.json before any file is opened: paths are plain file names, and the
 * shapes say how many bytes there must be.
 */
export function checkWeightsManifest(manifest: unknown): Result<readonly WeightsGroup[]> {
  const parsed = manifestSchema.safeParse(manifest);
  if (!parsed.success) {
    const { path, message } = firstIssue(parsed.error);
    return failed(problem('invalid-weights-manifest', { path, message }));
  }
  const groups: WeightsGroup[] = [];
  for (const { paths, weights } of parsed.data) {
    const unsafe = paths.find((path) => !fileName.test(path));
    if (unsafe !== undefined) return failed(problem('unsafe-weights-path', { path: unsafe.slice(0, 100) }));
    let bytes = 0;
    for (const { name, shape, dtype } of weights) {
      bytes += shape.reduce((product, side) => product * side, bytesOf[dtype]);
      if (!Number.isSafeInteger(bytes))
        return failed(problem('weights-too-large', { weight: name.slice(0, 100) }));
    }
    groups.push({ paths, bytes });
  }
  return fine(groups);
}
