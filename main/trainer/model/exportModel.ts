import { join } from 'node:path';

import type * as tfc from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';

import type { Centring } from '../../../shared/datasets/index.ts';
import type { Receipt } from '../../../shared/training/events.ts';
import { gatherBatch } from '../dataset/batches.ts';
import type { PictureDataset } from '../dataset/mnist.ts';
import type { TensorFlow } from '../tensorflow.ts';
import { countCorrect } from '../training/measure.ts';
import { createRandom } from '../training/random.ts';
import { readModelFiles } from './readModel.ts';
import { beginFolder, modelFileName, writeDurably, writeModelFiles } from './writeModel.ts';

export const receiptFileName = 'receipt.json';

/** Test digits that the written model is compared on. */
const comparedExamples = 100;
/** A reloaded model must give the very same numbers up to this. */
const tolerance = 1e-5;

/** What a written model is compared on; without a dataset, on random pictures. */
export interface Comparison {
  readonly dataset: PictureDataset;
  readonly centring: Centring;
}

export interface ExportOptions {
  readonly trained: boolean;
  readonly comparison: Comparison | undefined;
}

/**
 * Writes a model's folder, loads it again from the disk with nothing but stock TensorFlow.js, compares both, and
 * only then puts the folder in its place. An older folder there gives way.
 */
export async function exportModel(
  tf: TensorFlow,
  model: tfl.LayersModel,
  folder: string,
  options: ExportOptions,
): Promise<Receipt> {
  const pending = await beginFolder(folder);
  try {
    await writeModelFiles(tf, model, pending.path);
    const artifacts = await readModelFiles(pending.path);
    if (!artifacts.ok) throw new Error(artifacts.problems[0]?.message);
    const reloaded = await tf.loadLayersModel(tf.io.fromMemory(artifacts.value));
    const receipt = compare(tf, model, reloaded, options);
    reloaded.dispose();
    await writeDurably(join(pending.path, receiptFileName), `${JSON.stringify(receipt, null, 2)}\n`);
    await pending.publish();
    return receipt;
  } catch (error) {
    await pending.discard();
    throw error;
  }
}

/** Writes a model's folder without comparing: what a training keeps on its way. */
export async function writeCheckpoint(
  tf: TensorFlow,
  model: tfl.LayersModel,
  folder: string,
): Promise<string> {
  const pending = await beginFolder(folder);
  try {
    await writeModelFiles(tf, model, pending.path);
    await pending.publish();
  } catch (error) {
    await pending.discard();
    throw error;
  }
  return join(folder, modelFileName);
}

function compare(
  tf: TensorFlow,
  model: tfl.LayersModel,
  reloaded: tfl.LayersModel,
  { trained, comparison }: ExportOptions,
): Receipt {
  const { shape, pixels, labels } =
    comparison === undefined ? randomPictures(model) : testPictures(comparison);
  const outputs = [model, reloaded].map((one) =>
    tf.tidy(() => (one.apply(tf.tensor(pixels, shape), { training: false }) as tfc.Tensor).dataSync()),
  );
  const [before = [], after = []] = outputs;
  let largest = before.length === after.length ? 0 : Infinity;
  for (let at = 0; at < before.length; at += 1) {
    largest = Math.max(largest, Math.abs((before[at] ?? NaN) - (after[at] ?? NaN)));
  }
  const examples = shape[0] ?? 0;
  const accuracy = (numbers: ArrayLike<number>) =>
    labels === undefined ? null : countCorrect(numbers, labels, numbers.length / examples) / examples;
  return {
    ok: largest <= tolerance,
    trained,
    maxAbsDifference: largest,
    examples,
    accuracyTrained: accuracy(before),
    accuracyReloaded: accuracy(after),
  };
}

interface Pictures {
  readonly shape: number[];
  readonly pixels: Float32Array;
  readonly labels?: Uint8Array;
}

function testPictures({ dataset, centring }: Comparison): Pictures {
  const { test } = dataset;
  const indices = Uint32Array.from({ length: Math.min(comparedExamples, test.count) }, (_, index) => index);
  const { pixels, labels } = gatherBatch(test, indices, centring, dataset.classes);
  const height = centring.top + test.height + centring.bottom;
  const width = centring.left + test.width + centring.right;
  return { shape: [indices.length, height, width, 1], pixels, labels };
}

function randomPictures(model: tfl.LayersModel): Pictures {
  const [, ...sides] = model.inputs[0]?.shape ?? [];
  const shape = [2, ...sides.map((side) => side ?? 1)];
  const random = createRandom(1, 0);
  const length = shape.reduce((product, side) => product * side, 1);
  return { shape, pixels: Float32Array.from({ length }, random) };
}
