import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type * as tfc from '@tensorflow/tfjs-core';

import { checkWeightsManifest } from '../../../shared/compile/weightsManifest.ts';
import { checkPlainData, parseJson } from '../../../shared/plainData.ts';
import { failed, fine, problem, type Result } from '../../../shared/problem.ts';
import { modelFileName } from './writeModel.ts';

/**
 * Reads a model's folder without trusting it: weights lie in plain files of the folder itself, of exactly the bytes
 * that their shapes need. (TensorFlow.js's own loader follows `../` and links.)
 */
export async function readModelFiles(folder: string): Promise<Result<tfc.io.ModelArtifacts>> {
  const text = await readPlainFile(join(folder, modelFileName));
  if (!text.ok) return text;
  const json = parseJson(new TextDecoder().decode(text.value));
  if (!json.ok) return json;
  const plain = checkPlainData(json.value);
  if (plain !== undefined) return failed(plain);
  const { modelTopology, weightsManifest = [] } = json.value as {
    modelTopology?: object;
    weightsManifest?: readonly { readonly weights: tfc.io.WeightsManifestEntry[] }[];
  };
  const groups = checkWeightsManifest(weightsManifest);
  if (!groups.ok) return groups;
  const weightData: ArrayBuffer[] = [];
  for (const { paths, bytes } of groups.value) {
    let received = 0;
    for (const path of paths) {
      const file = await readPlainFile(join(folder, path));
      if (!file.ok) return file;
      received += file.value.byteLength;
      weightData.push(bufferOf(file.value));
    }
    if (received !== bytes) {
      return failed(problem('weights-size-differs', { path: paths.join(', '), received, expected: bytes }));
    }
  }
  return fine({
    ...(modelTopology === undefined ? {} : { modelTopology }),
    weightSpecs: weightsManifest.flatMap(({ weights }) => weights),
    weightData,
  });
}

/** The bytes as a buffer of their own: a file's already are, unless it is so small that Node.js has it share one. */
function bufferOf({ buffer, byteOffset, byteLength }: Uint8Array): ArrayBuffer {
  const isOwn = buffer instanceof ArrayBuffer && byteLength === buffer.byteLength;
  return isOwn ? buffer : new Uint8Array(new Uint8Array(buffer, byteOffset, byteLength)).buffer;
}

async function readPlainFile(path: string): Promise<Result<Uint8Array>> {
  try {
    // A link could lead out of the folder.
    if (!(await lstat(path)).isFile())
      return failed(problem('unreadable-file', { path, reason: 'not a plain file' }));
    return fine(await readFile(path));
  } catch (error) {
    return failed(
      problem('unreadable-file', { path, reason: error instanceof Error ? error.message : String(error) }),
    );
  }
}
