import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

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

/** Writes model.json and its weights, to disk and not only to the system's cache, model.json last. */
export async function writeModelFiles(tf: TensorFlow, model: tfl.LayersModel, folder: string): Promise<void> {
  await model.save(
    tf.io.withSaveHandler(async (artifacts) => {
      const { modelTopology, weightSpecs = [], weightData, format, generatedBy, convertedBy } = artifacts;
      const weights = tf.io.CompositeArrayBuffer.join(weightData);
      await writeDurably(join(folder, weightsFileName), new Uint8Array(weights));
      const json = {
        format,
        generatedBy,
        convertedBy: convertedBy ?? null,
        modelTopology,
        weightsManifest: [{ paths: [weightsFileName], weights: weightSpecs }],
      };
      await writeDurably(join(folder, modelFileName), JSON.stringify(json));
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
    }),
  );
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
