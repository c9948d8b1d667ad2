import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import type * as tfc from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';

import type { TensorFlow } from '../tensorflow.ts';

export const modelFileName = 'model.json';
export const weightsFileName = 'weights.bin';

/** A folder that is being written beside its final place; nobody sees it until it is whole. */
export interface PendingFolder {
  readonly path: string;
  /** Puts the folder in its place; an older one there gives way. */
  publish(): Promise<void>;
  discard(): Promise<void>;
}

/**
 * Begins a folder that is either complete or not there. One that is there and empty is filled in its place, since it
 * may be one that cannot be renamed (a mounted volume, a link): model.json, which makes it a model, comes last.
 */
export async function beginFolder(folder: string): Promise<PendingFolder> {
  const suffix = randomBytes(6).toString('hex');
  const names = await readdir(folder).catch(() => undefined);
  if (names?.length === 0) return fillFolder(folder, join(folder, `.tmp-${suffix}`));
  const beside = (word: string) => join(dirname(folder), `.${basename(folder)}.${word}-${suffix}`);
  const path = beside('tmp');
  await mkdir(path, { recursive: true });
  return {
    path,
    async publish() {
      const old = beside('old');
      const moved = await rename(folder, old).then(
        () => true,
        () => false,
      );
      try {
        await rename(path, folder);
      } catch (error) {
        if (moved) await rename(old, folder);
        throw error;
      }
      if (moved) await rm(old, { recursive: true, force: true });
    },
    discard: () => rm(path, { recursive: true, force: true }),
  };
}

async function fillFolder(folder: string, path: string): Promise<PendingFolder> {
  await mkdir(path);
  return {
    path,
    async publish() {
      const names = await readdir(path);
      const isModel = (name: string) => Number(name === modelFileName);
      names.sort((a, b) => isModel(a) - isModel(b));
      for (const name of names) await rename(join(path, name), join(folder, name));
      await rmdir(path);
    },
    discard: () => rm(path, { recursive: true, force: true }),
  };
}

/**
 * Writes model.json and its weights as TensorFlow.js's own `save` does, to disk and not only to the system's cache,
 * model.json last. One weight after another: `save` would hold all of them three times.
 */
export async function writeModelFiles(tf: TensorFlow, model: tfl.LayersModel, folder: string): Promise<void> {
  const weights: tfc.io.WeightsManifestEntry[] = [];
  const file = await open(join(folder, weightsFileName), 'wx');
  try {
    for (const weight of model.weights) {
      const { shape, dtype } = weight.read();
      if (dtype !== 'float32') throw new Error(`The weight ${weight.originalName} is of type ${dtype}.`);
      const values = await weight.read().data<'float32'>();
      await file.writeFile(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
      weights.push({ name: weight.originalName, shape, dtype });
    }
    await file.sync();
  } finally {
    await file.close();
  }
  const json = {
    format: 'layers-model',
    generatedBy: `TensorFlow.js tfjs-layers v${tf.version['tfjs-layers']}`,
    convertedBy: null,
    modelTopology: model.toJSON(null, false) as object,
    weightsManifest: [{ paths: [weightsFileName], weights }],
  };
  await writeDurably(join(folder, modelFileName), JSON.stringify(json));
}

export async function writeDurably(path: string, data: string | Uint8Array): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(data);
    await file.sync();
  } finally {
    await file.close();
  }
}
