import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { beforeEach, describe, expect, it, vi } from 'vitest';

import { analyze } from '../../../shared/graph/analyze.ts';
import { fine } from '../../../shared/problem.ts';
import { chain } from '../../../shared/testing/networks.ts';
import type { PictureDataset } from '../dataset/mnist.ts';
import { plainEngine } from '../testing/engines.ts';
import { train } from '../session.ts';
import { estimateEpoch } from './estimate.ts';

const engine = plainEngine();
const { tf } = engine;
const pictures = (count: number) => ({
  count,
  height: 28,
  width: 28,
  channels: 1,
  pixels: Uint8Array.from({ length: count * 28 * 28 }, (_, at) => (at * 7) % 256),
  labels: Uint8Array.from({ length: count }, (_, at) => at % 10),
});
const dataset: PictureDataset = { kind: 'mnist', classes: 10, train: pictures(60), test: pictures(20) };
const small = chain(
  ['input_1', 'Input', { shape: [28, 28, 1] }],
  ['pool', 'MaxPooling2D', { poolSize: 14 }],
  ['flatten_1', 'Flatten'],
  ['dropout_1', 'Dropout', { rate: 0.5 }],
  ['dense_1', 'Dense', { units: 10, activation: 'softmax' }],
);
const document = { ...small, training: { ...small.training, batchSize: 8, epochs: 1 } };
const job = { document, analysis: analyze(document) };

beforeEach(async () => {
  // It says how slow it is.
  vi.spyOn(console, 'warn').mockReturnValue(undefined);
  await tf.setBackend('cpu');
});

describe('an estimate', () => {
  it('gives times that fit each other, and leaves no tensor behind', async () => {
    const before = tf.memory().numTensors;
    const estimate = await estimateEpoch(engine, dataset, job, () => false);
    if (estimate === null) throw new Error('It was not ended.');
    const { trainingSeconds, validationSeconds, secondsPerEpoch, examplesPerSecond } = estimate;
    expect(trainingSeconds).toBeGreaterThan(0);
    expect(validationSeconds).toBeGreaterThan(0);
    expect(secondsPerEpoch).toBeCloseTo(trainingSeconds + validationSeconds, 9);
    expect(examplesPerSecond * trainingSeconds).toBeCloseTo(dataset.train.count, 6);
    expect(estimate.steps).toBeGreaterThan(0);
    expect(estimate.engine.mode).toBe('eager');
    expect(tf.memory().numTensors).toBe(before);
  });

  it.each([1, 2, 5])('ends after the step at which it is asked to (%i), with nothing left', async (asked) => {
    const before = tf.memory().numTensors;
    let count = 0;
    const estimate = await estimateEpoch(engine, dataset, job, () => (count += 1) >= asked);
    expect([estimate, count]).toEqual([null, asked]);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('of a network whose batch costs too much comes from two smaller batches', async () => {
    const analysis = { ...job.analysis, totals: { ...job.analysis.totals, macs: 1e7 } };
    const estimate = await estimateEpoch(engine, dataset, { document, analysis }, () => false);
    expect(estimate?.trainingSeconds).toBeGreaterThan(0);
    expect(Number.isFinite(estimate?.secondsPerEpoch)).toBe(true);
  });

  it('changes nothing in the training that follows', async () => {
    const first = await losses();
    await estimateEpoch(engine, dataset, job, () => false);
    expect(await losses()).toEqual(first);
  });
});

async function losses(): Promise<number[]> {
  const folder = await mkdtemp(join(tmpdir(), 'convas-estimate-'));
  const all: number[] = [];
  const run = { ...job, runId: 'run', folder, limit: null, firstSeq: 0 };
  for await (const group of train(
    engine,
    () => Promise.resolve(fine(dataset)),
    run,
    () => false,
  )) {
    for (const event of group) if (event.type === 'batch') all.push(event.loss);
  }
  await rm(folder, { recursive: true, force: true });
  expect(all).toHaveLength(8);
  return all;
}
