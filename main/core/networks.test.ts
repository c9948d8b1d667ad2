import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { EngineInfo } from '../../shared/engine.ts';
import { chain } from '../../shared/testing/networks.ts';
import { checkpointsOf, findNetwork } from './networks.ts';
import { appendHistory, newRecord, writeDocument, writeRecord } from './runFolder.ts';

const engine: EngineInfo = { name: 'native', version: '1', device: 'CPU', mode: 'eager', threads: 1 };
const document = chain(['input_1', 'Input', { shape: [28, 28, 1] }], ['flatten_1', 'Flatten']);

let folder = '';
const runs = { folderOf: () => folder };
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'convas-networks-'));
  await writeDocument(folder, document);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function record(finishedAt: string | null): Promise<void> {
  await writeRecord(folder, { ...newRecord('the-run', document, null, engine), finishedAt });
}

async function model(...names: readonly string[]): Promise<string> {
  const path = join(folder, ...names);
  await mkdir(path, { recursive: true });
  await writeFile(join(path, 'model.json'), '{}');
  return path;
}

async function found(epoch?: number) {
  const result = await findNetwork(runs, { runId: 'the-run', epoch });
  return result.ok ? result.value.source : result.problems[0]?.code;
}

describe('the network of a run', () => {
  it('has the weights that it ended with', async () => {
    await record('2026-11-25T00:00:00Z');
    const weights = await model('model');
    expect(await found()).toMatchObject({ weights, runId: 'the-run', document: { name: document.name } });
  });

  it('has those of an epoch that was kept; those of epoch 0 follow from the seed', async () => {
    await record('2026-11-25T00:00:00Z');
    const weights = await model('checkpoints', 'epoch-0002');
    expect(await found(2)).toMatchObject({ weights, runId: null });
    expect(await found(0)).toMatchObject({ weights: null, runId: null });
    expect(await found(1)).toBe('no-such-checkpoint');
  });

  it('has the trainer’s while it trains, and none where it ended without', async () => {
    await record(null);
    expect(await found()).toMatchObject({ weights: null, runId: 'the-run' });
    await record('2026-11-25T00:00:00Z');
    expect(await found()).toBe('run-without-model');
  });

  it('is not there where there is no such run', async () => {
    expect(await found()).toBe('no-such-run');
  });

  it('kept these epochs, with what they came to', async () => {
    await model('checkpoints', 'epoch-0010');
    await model('checkpoints', 'epoch-0002');
    await mkdir(join(folder, 'checkpoints', 'epoch-0004'));
    const event = { runId: 'the-run', loss: 1, accuracy: 0.5, valLoss: 1, seconds: 1, examplesPerSecond: 1 };
    await appendHistory(folder, [{ type: 'epoch', ...event, seq: 0, epoch: 2, valAccuracy: 0.75 }]);
    expect(await checkpointsOf(folder)).toEqual([
      { epoch: 0, valAccuracy: null },
      { epoch: 2, valAccuracy: 0.75 },
      { epoch: 10, valAccuracy: null },
    ]);
  });
});
