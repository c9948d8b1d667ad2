import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { estimateSchema, type Estimate } from '../shared/training/estimate.ts';
import { trainEventSchema, type TrainEvent } from '../shared/training/events.ts';
import { childrenOf, convas, convasJson, startConvas, temporaryFolder } from './support/program.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let env: Record<string, string>;
beforeAll(async () => {
  folder = await temporaryFolder();
  env = { CONVAS_DATA_DIR: folder.in('data') };
  await tf.setBackend('cpu');
});
afterAll(() => folder.remove());

const short = ['--epochs', '1', '--limit', '512', '--batch-size', '128', '--json'];

/** A network that trains in moments, with dropout, and without anything that bounds its numbers. */
const smallNetwork = {
  format: 'convas-project',
  version: 1,
  name: 'Small',
  nodes: [
    { id: 'input_1', kind: 'Input', params: { shape: [28, 28, 1] }, position: { x: 0, y: 0 } },
    { id: 'pool', kind: 'MaxPooling2D', params: { poolSize: 4 }, position: { x: 1, y: 0 } },
    { id: 'flatten_1', kind: 'Flatten', params: {}, position: { x: 2, y: 0 } },
    { id: 'dense_1', kind: 'Dense', params: { units: 32, activation: 'relu' }, position: { x: 3, y: 0 } },
    { id: 'dropout_1', kind: 'Dropout', params: { rate: 0.3 }, position: { x: 4, y: 0 } },
    { id: 'dense_2', kind: 'Dense', params: { units: 10, activation: 'softmax' }, position: { x: 5, y: 0 } },
  ],
  edges: [
    { source: 'input_1', target: 'pool' },
    { source: 'pool', target: 'flatten_1' },
    { source: 'flatten_1', target: 'dense_1' },
    { source: 'dense_1', target: 'dropout_1' },
    { source: 'dropout_1', target: 'dense_2' },
  ],
  dataset: { kind: 'mnist' },
};

function parse(stdout: string): TrainEvent[] {
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as TrainEvent);
}

function losses(events: readonly TrainEvent[]): number[] {
  return events.flatMap((event) => (event.type === 'batch' ? [event.loss] : []));
}

/** Starts a long training and waits for its first batches. */
async function startLong(out: string, more: readonly string[] = []) {
  const running = startConvas(['train', 'lenet-5', '--epochs', '50', '--json', '--out', out, ...more], {
    env,
  });
  let batches = 0;
  for await (const line of running.lines()) {
    if ((JSON.parse(line) as TrainEvent).type === 'batch') batches += 1;
    if (batches === 3) break;
  }
  return running;
}

describe('a training', () => {
  it('tells every batch and epoch in order, keeps its history, and writes a model that stock TensorFlow.js loads', async () => {
    const out = folder.in('run');
    const args = [
      'train',
      'residual-cnn',
      '--epochs',
      '2',
      '--limit',
      '300',
      '--batch-size',
      '128',
      '--json',
    ];
    const { code, stdout } = await convas([...args, '--out', out], { env });
    expect(code).toBe(0);
    const events = parse(stdout);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, at) => at));
    const count = (type: TrainEvent['type']) => events.filter((event) => event.type === type).length;
    expect([count('started'), count('batch'), count('epoch'), count('done')]).toEqual([1, 6, 2, 1]);
    expect(events[0]).toMatchObject({ type: 'started', seq: 0 });
    // The run's own history has besides what it waited for.
    const history = parse(await readFile(join(out, 'history.jsonl'), 'utf8'));
    expect(history.map(({ seq }) => seq)).toEqual(history.map((_, at) => at));
    const stages = history.flatMap((event) => (event.type === 'preparing' ? [event.stage] : []));
    expect(stages).toEqual(['engine', 'data', 'network', 'firstBatch']);
    const told = history.filter(({ type }) => type !== 'preparing');
    expect(told.map((event, seq) => ({ ...event, seq }))).toEqual(events);

    const last = events.at(-1);
    expect(last).toMatchObject({
      type: 'done',
      epoch: 2,
      receipt: { ok: true, trained: true, examples: 100 },
    });
    const json = JSON.parse(await readFile(join(out, 'model', 'model.json'), 'utf8')) as {
      modelTopology: object;
      weightsManifest: { weights: tf.io.WeightsManifestEntry[] }[];
    };
    const weights = await readFile(join(out, 'model', 'weights.bin'));
    const model = await tf.loadLayersModel(
      tf.io.fromMemory({
        modelTopology: json.modelTopology,
        weightSpecs: json.weightsManifest[0]?.weights ?? [],
        weightData: new Uint8Array(weights).buffer,
      }),
    );
    expect(model.outputShape).toEqual([null, 10]);
    const sums = (model.predict(tf.zeros([2, 28, 28, 1])) as tf.Tensor).sum(1).dataSync();
    for (const sum of sums) expect(sum).toBeCloseTo(1, 4);
  });

  it('gives the same curve for the same seed, dropout included, and another for another', async () => {
    const path = folder.in('small.convas');
    await writeFile(path, JSON.stringify(smallNetwork));
    const train = (seed: string, out: string) =>
      convas(['train', path, ...short, '--seed', seed, '--out', folder.in(out)], { env });
    const first = parse((await train('7', 'seed-a')).stdout);
    const second = parse((await train('7', 'seed-b')).stdout);
    const other = parse((await train('8', 'seed-c')).stdout);
    expect(losses(first)).toHaveLength(4);
    expect(losses(second)).toEqual(losses(first));
    expect(losses(other)).not.toEqual(losses(first));
  });

  it('exports a run by its id, with the weights that it learned', async () => {
    const { stdout } = await convas(['train', 'lenet-5', ...short], { env });
    const runId = parse(stdout)[0]?.runId ?? '';
    const { code, json } = await convasJson<{ accuracyTrained: number }>(
      ['export', runId, '--out', folder.in('by-id')],
      { env },
    );
    expect(code).toBe(0);
    expect(json).toMatchObject({ ok: true, trained: true, maxAbsDifference: 0 });
    expect(json.accuracyTrained).toBeGreaterThan(0.3);
    const exported = await readFile(join(folder.in('by-id'), 'weights.bin'));
    expect(
      exported.equals(await readFile(join(folder.in('data'), 'runs', runId, 'model', 'weights.bin'))),
    ).toBe(true);
  });

  it('stops at Ctrl-C with what it learned, and exits with 130', async () => {
    const out = folder.in('stopped');
    const running = await startLong(out);
    running.process.kill('SIGINT');
    const { code, stdout } = await running.ended;
    expect(code).toBe(130);
    expect(parse(stdout).at(-1)).toMatchObject({ type: 'stopped', receipt: { ok: true, trained: true } });
    expect(JSON.parse(await readFile(join(out, 'run.json'), 'utf8'))).toMatchObject({ status: 'stopped' });
  });

  it.skipIf(process.platform === 'win32')(
    'whose process is killed fails with a sentence and exit code 3',
    async () => {
      const out = folder.in('killed');
      const running = await startLong(out);
      const [trainer] = await childrenOf(running.process.pid ?? 0);
      process.kill(trainer ?? 0, 'SIGKILL');
      const { code, stdout } = await running.ended;
      expect(code).toBe(3);
      const last = parse(stdout).at(-1);
      expect(last).toMatchObject({ type: 'failed', problem: { code: 'trainer-crashed' } });
      expect(last?.type === 'failed' && last.problem.message).toContain('SIGKILL');
      expect(JSON.parse(await readFile(join(out, 'run.json'), 'utf8'))).toMatchObject({ status: 'failed' });
    },
  );

  it('stops at the batch whose loss is not finite, and names the learning rate', async () => {
    const path = folder.in('hot.convas');
    const training = { optimizer: { kind: 'sgd', learningRate: 1e30 } };
    await writeFile(path, JSON.stringify({ ...smallNetwork, training }));
    const { code, stdout } = await convas(
      ['train', path, '--limit', '1280', '--json', '--out', folder.in('hot')],
      { env },
    );
    expect(code).toBe(3);
    const events = parse(stdout);
    expect(events.at(-1)).toMatchObject({ type: 'failed', problem: { code: 'loss-not-finite' } });
    expect(losses(events).every(Number.isFinite)).toBe(true);
  });

  it('runs on WebAssembly where that is asked for', async () => {
    const args = ['train', 'lenet-5', '--epochs', '1', '--limit', '256', '--engine', 'wasm', '--json'];
    const { code, stdout } = await convas([...args, '--out', folder.in('wasm')], { env });
    expect(code).toBe(0);
    const started = parse(stdout).find(({ type }) => type === 'started');
    expect(started).toMatchObject({ type: 'started', engine: { name: 'wasm' } });
  });

  it('can be estimated before', async () => {
    const { code, json } = await convasJson<Estimate>(['estimate', 'lenet-5'], { env });
    expect(code).toBe(0);
    const { secondsPerEpoch, trainingSeconds, validationSeconds } = estimateSchema.parse(json);
    expect(trainingSeconds).toBeGreaterThan(0);
    expect(secondsPerEpoch).toBeCloseTo(trainingSeconds + validationSeconds, 9);
    const refused = await convasJson<{ problems: { code: string }[] }>(['estimate', 'alexnet'], { env });
    expect(refused.code).toBe(1);
    expect(refused.json.problems.map((problem) => problem.code)).toEqual(['no-dataset']);
  });

  it('of a network without dataset is refused, with what is missing', async () => {
    const { code, json } = await convasJson<{ problems: { code: string }[] }>(['train', 'alexnet'], { env });
    expect(code).toBe(1);
    expect(json.problems.map((problem) => problem.code)).toEqual(['no-dataset']);
  });

  it.each(['alexnet', 'no-such-file'])(
    'that is refused says so as the one line of a run: %s',
    async (what) => {
      const { json } = await convasJson<TrainEvent>(['train', what], { env });
      expect(trainEventSchema.parse(json)).toMatchObject({ type: 'failed', seq: 0 });
      expect(json.runId).toMatch(/^[\w-]{1,80}$/);
    },
  );

  it('falls back to WebAssembly where TensorFlow is not set up, and doctor says why', async () => {
    const { code, json } = await convasJson<{
      engine: { name: string };
      rungs: { name: string; ok: boolean; reason: string }[];
    }>(['doctor'], { env: { ...env, CONVAS_ENGINE_DIR: folder.in('nowhere') } });
    expect(code).toBe(0);
    expect(json.engine.name).toBe('wasm');
    expect(json.rungs.find(({ name }) => name === 'native')).toMatchObject({ ok: false });
  });
});
