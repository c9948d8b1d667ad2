import { Zip, ZipPassThrough } from 'fflate';

import type { Analysis } from '../graph/analysis.ts';
import { sizeOf, type Shape } from '../layers/shape.ts';
import type { CodeWeight } from './code.ts';
import { npyHeader, permuteAxes } from './npy.ts';

/** The numbers of a weight in C order. */
export interface WeightValues {
  readonly shape: Shape;
  readonly values: Float32Array;
}

/**
 * TensorFlow.js's names of weights, by `layer/weight` as the analysis names them: a wrapper has the names of what it
 * wraps between them, but keeps their order.
 *
 * @param saved all names, in the model's order
 */
export function savedNames(analysis: Analysis, saved: readonly string[]): ReadonlyMap<string, string> {
  const byLayer = new Map<string, string[]>();
  for (const name of saved) {
    const id = name.slice(0, name.indexOf('/'));
    byLayer.set(id, [...(byLayer.get(id) ?? []), name]);
  }
  return new Map(
    [...analysis.layers.values()].flatMap(({ id, weights }) =>
      weights.map(({ name }, at) => [`${id}/${name}`, byLayer.get(id)?.[at] ?? ''] as const),
    ),
  );
}

/**
 * The bytes of `weights.npz`: an archive of one `.npy` file for each weight, stored as they are, since weights do not
 * compress. One weight is in memory at a time.
 *
 * @param read gives a weight as TensorFlow.js has it
 */
export async function* npzChunks(
  weights: readonly CodeWeight[],
  read: (source: NonNullable<CodeWeight['source']>) => Promise<WeightValues> | WeightValues,
): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = [];
  const archive = new Zip((error, chunk) => {
    if (error) throw error;
    ready.push(chunk);
  });
  for (const { key, source, permute, shape } of weights) {
    const file = new ZipPassThrough(`${key}.npy`);
    archive.add(file);
    if (source === null) {
      file.push(npyHeader('<i8', shape ?? []));
      file.push(new Uint8Array(8 * sizeOf(shape ?? [])), true);
    } else {
      const given = await read(source);
      const order = permute ?? given.shape.map((_, axis) => axis);
      const values = permuteAxes(given.values, given.shape, order);
      file.push(npyHeader('<f4', shape ?? order.map((axis) => given.shape[axis] ?? 1)));
      file.push(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), true);
    }
    yield* ready.splice(0);
  }
  archive.end();
  yield* ready.splice(0);
}
