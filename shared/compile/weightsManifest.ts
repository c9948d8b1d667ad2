import { z } from 'zod';

import { issuePath } from '../fileIssues.ts';
import { receivedText } from '../layers/paramValues.ts';
import { printable } from '../plainData.ts';
import { failed, fine, problem, type Problem, type Result } from '../problem.ts';

/** Bytes of one number of each type that a model of ours can hold. */
const bytesOf: ReadonlyMap<string, number> = new Map([
  ['float32', 4],
  ['int32', 4],
  ['bool', 1],
  ['uint8', 1],
]);

const groupSchema = z.object({
  paths: z.array(z.string()).min(1).max(10_000),
  weights: z.array(
    z.object({
      name: z.string(),
      shape: z.array(z.int().min(0)).max(8),
      dtype: z.string(),
      quantization: z.object({ dtype: z.unknown() }).nullish(),
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
    const path = ['weightsManifest', issuePath(parsed.error)].filter(Boolean).join('.');
    return failed(problem('invalid-weights-manifest', { path }));
  }
  const unsafe = parsed.data.flatMap(({ paths }) => paths).find((path) => !fileName.test(path));
  if (unsafe !== undefined) return failed(problem('unsafe-weights-path', { path: unsafe.slice(0, 100) }));
  const groups: WeightsGroup[] = [];
  for (const { paths, weights } of parsed.data) {
    let bytes = 0;
    for (const { name, shape, dtype, quantization } of weights) {
      const weight = printable(name.slice(0, 100));
      if (quantization != null)
        return failed(problem('quantized-weights', { weight, received: receivedText(quantization.dtype) }));
      const perNumber = bytesOf.get(dtype);
      if (perNumber === undefined) {
        const [expected, received] = [[...bytesOf.keys()].join(', '), receivedText(dtype)];
        return failed(
          problem('weights-of-other-type', { weight, expected, received }, { expected, received }),
        );
      }
      bytes += shape.reduce((product, side) => product * side, perNumber);
      if (!Number.isSafeInteger(bytes)) return failed(problem('weights-too-large', { weight }));
    }
    groups.push({ paths, bytes });
  }
  return fine(groups);
}

/** Whether all that is said against weights is that they are written in a way that cannot be read. */
export function areUnreadable(problems: readonly Problem[]): boolean {
  return problems.every(({ code }) => code === 'quantized-weights' || code === 'weights-of-other-type');
}
