import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { analyze } from '../../shared/graph/analyze.ts';
import { fine } from '../../shared/problem.ts';
import { chain } from '../../shared/testing/networks.ts';
import { distributionsSchema } from '../../shared/training/distributions.ts';
import type { TrainEvent } from '../../shared/training/events.ts';
import type { PictureDataset } from './dataset/mnist.ts';
import { plainEngine } from './testing/engines.ts';
import { train } from './session.ts';

const engine = plainEngine();
const { tf } = engine;
const pictures = (count: number, channels = 1) => ({
  count,
  height: 28,
  width: 28,
  channels,
  pixels: new Uint8Array(count * 28 * 28 * channels).fill(128),
  labels: Uint8Array.from({ length: count }, (_, at) => at % 10),
});
const datasetOf = (channels: number): PictureDataset => ({
  kind: 'mnist',
  classes: 10,
  train: pictures(64, channels),
  test: pictures(20, channels),
});
const documentOf = (channels: number) =>
  chain(
    ['input_1', 'Input', { shape: [28, 28, channels] }],
    ['pool', 'MaxPooling2D', { poolSize: 14 }],
    ['flatten_1', 'Flatten'],
    ['dense_1', 'Dense', { units: 10, activation: 'softmax' }],
  );

let folder = '';
beforeEach(async () => {
  // It says how slow it is.
  vi.spyOn(console, 'warn').mockReturnValue(undefined);
  await tf.setBackend('cpu');
  folder = await mkdtemp(join(tmpdir(), 'convas-session-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function events(channels = 1): Promise<TrainEvent[]> {
  const document = documentOf(channels);
  const job = {
    runId: 'run',
    folder,
    document: { ...document, training: { ...document.training, batchSize: 8, epochs: 2 } },
    analysis: analyze(document),
    limit: null,
    firstSeq: 1,
  };
  const all: TrainEvent[] = [];
  for await (const group of train(
    engine,
    () => Promise.resolve(fine(datasetOf(channels))),
    job,
    () => false,
  ))
    all.push(...group);
  return all;
}

describe('a training', () => {
  it('tells its batches and epochs, and ends with a receipt; no tensor is left behind', async () => {
    const before = tf.memory().numTensors;
    const all = await events();
    expect(all.map(({ seq }) => seq)).toEqual(all.map((_, at) => at + 1));
    const stages = all.flatMap((event) => (event.type === 'preparing' ? [event.stage] : []));
    expect(stages).toEqual(['data', 'network', 'firstBatch']);
    expect(all.filter(({ type }) => type === 'batch')).toHaveLength(16);
    expect(all.at(-1)).toMatchObject({ type: 'done', epoch: 2, receipt: { ok: true, examples: 20 } });
    expect(tf.memory().numTensors).toBe(before);
  });

  it('keeps how its weights are distributed, to its end', async () => {
    await events();
    const lines = (await readFile(join(folder, 'distributions.jsonl'), 'utf8')).trimEnd().split('\n');
    const moments = lines.map((line) => distributionsSchema.parse(JSON.parse(line)));
    expect(moments.find(({ epoch }) => epoch === 1)).toMatchObject({ step: 8 });
    expect(moments.at(-1)).toMatchObject({ step: 16, epoch: 2 });
    const names = moments[0]?.weights.map(({ layerId, name }) => `${layerId} ${name}`);
    expect(names).toEqual(['dense_1 kernel', 'dense_1 bias']);
    const [before, after] = [moments[0], moments.at(-1)].map((moment) => moment?.weights[1]);
    expect(after?.weights.std).toBeGreaterThan(before?.weights.std ?? NaN);
    expect(before?.gradients?.std).toBeGreaterThan(0);
  });

  it('takes pictures of as many channels as its dataset has', async () => {
    expect((await events(3)).at(-1)).toMatchObject({ type: 'done', epoch: 2, receipt: { ok: true } });
  });

  it.skipIf(process.platform !== 'linux')('whose disk is full ends with that sentence', async () => {
    await symlink('/dev/full', join(folder, 'history.jsonl'));
    const last = (await events()).at(-1);
    expect(last).toMatchObject({ type: 'failed', problem: { code: 'unwritable-folder' } });
    expect(last?.type === 'failed' && last.problem.message).toContain('the disk is full');
  });
});
