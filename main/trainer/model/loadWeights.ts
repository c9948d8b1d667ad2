import type * as tfc from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';

import { printable } from '../../../shared/plainData.ts';
import { failed, fine, problem, type Result } from '../../../shared/problem.ts';
import type { TensorFlow } from '../tensorflow.ts';
import { readModelFiles } from './readModel.ts';

/** Gives a model the weights of a written one; they go by their names. */
export async function loadWeights(
  tf: TensorFlow,
  model: tfl.LayersModel,
  folder: string,
): Promise<Result<null>> {
  const artifacts = await readModelFiles(folder);
  if (!artifacts.ok) return artifacts;
  const { weightData, weightSpecs = [] } = artifacts.value;
  const tensors: tfc.NamedTensorMap = tf.io.decodeWeights(
    tf.io.CompositeArrayBuffer.join(weightData),
    weightSpecs,
  );
  try {
    model.loadWeights(tensors);
    return fine(null);
  } catch (error) {
    // TensorFlow.js names the weight that is missing, left over or of another shape.
    const reason = error instanceof Error ? error.message : String(error);
    return failed(problem('weights-do-not-fit', { path: folder, reason: printable(reason).slice(0, 300) }));
  } finally {
    tf.dispose(Object.values(tensors));
  }
}
