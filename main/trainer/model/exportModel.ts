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
/** Random examples that it is compared on where there is no dataset. */
const randomExamples = 2;
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
  /** How many examples are predicted at once. */
  readonly atOnce: number;
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
    const reloaded = await reload(tf, pending.path);
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

/** Loads a written model; the files' bytes are let go of before anything is computed. */
async function reload(tf: TensorFlow, folder: string): Promise<tfl.LayersModel> {
  const artifacts = await readModelFiles(folder);
  if (!artifacts.ok) throw new Error(artifacts.problems[0]?.message);
  return tf.loadLayersModel(tf.io.fromMemory(artifacts.value));
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
  { trained, comparison, atOnce }: ExportOptions,
): Receipt {
  const pictures = comparison === undefined ? randomPictures(model) : testPictures(comparison);
  const { examples, labels } = pictures;
  const [before, after] = [predict(tf, model, pictures, atOnce), predict(tf, reloaded, pictures, atOnce)];
  let largest = before.length === after.length ? 0 : Infinity;
  for (let at = 0; at < before.length; at += 1) {
    largest = Math.max(largest, Math.abs((before[at] ?? NaN) - (after[at] ?? NaN)));
  }
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
  readonly examples: number;
  /** One for each input of the model: the shape of an example, and the numbers of all, one after the other. */
  readonly inputs: readonly { readonly shape: readonly number[]; readonly numbers: Float32Array }[];
  readonly labels?: Uint8Array;
}

/** What a model gives for all examples, a part after the other; of several outputs, the first of a part comes first. */
function predict(
  tf: TensorFlow,
  model: tfl.LayersModel,
  { examples, inputs }: Pictures,
  atOnce: number,
): Float32Array {
  const parts: Float32Array[] = [];
  for (let from = 0; from < examples; from += atOnce) {
    const count = Math.min(atOnce, examples - from);
    const given = () =>
      inputs.map(({ shape, numbers }) => {
        const size = numbers.length / examples;
        return tf.tensor(numbers.subarray(from * size, (from + count) * size), [count, ...shape]);
      });
    parts.push(
      ...tf.tidy(() => {
        const outputs = model.apply(given(), { training: false }) as tfc.Tensor | tfc.Tensor[];
        return [outputs].flat().map((output) => output.dataSync<'float32'>());
      }),
    );
  }
  const all = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function testPictures({ dataset, centring }: Comparison): Pictures {
  const { test } = dataset;
  const indices = Uint32Array.from({ length: Math.min(comparedExamples, test.count) }, (_, index) => index);
  const { pixels, labels } = gatherBatch(test, indices, centring, dataset.classes);
  const height = centring.top + test.height + centring.bottom;
  const width = centring.left + test.width + centring.right;
  return {
    examples: indices.length,
    inputs: [{ shape: [height, width, test.channels], numbers: pixels }],
    labels,
  };
}

function randomPictures(model: tfl.LayersModel): Pictures {
  const random = createRandom(1, 0);
  const inputs = model.inputs.map((input) => {
    const shape = input.shape.slice(1).map((side) => side ?? 1);
    const length = shape.reduce((product, side) => product * side, randomExamples);
    return { shape, numbers: Float32Array.from({ length }, random) };
  });
  return { examples: randomExamples, inputs };
}
