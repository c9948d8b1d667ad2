import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { distributionBins, type Distributions } from '../../shared/training/distributions.ts';
import { readDistributions } from './runFolder.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'convas-run-folder-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const some = { mean: 0.5, std: 0.1, min: 0, max: 1, counts: new Array<number>(distributionBins).fill(2) };
const distribution = { ...some, notFinite: 0 };
const at = (step: number): Distributions => ({
  step,
  epoch: step / 10,
  weights: [{ layerId: 'dense_1', name: 'kernel', weights: distribution, gradients: null }],
});

describe('the distributions of a run', () => {
  it('are read from a step on, without a line that a crash cut off', async () => {
    const lines = [0, 10, 20].map((step) => JSON.stringify(at(step)));
    await writeFile(join(folder, 'distributions.jsonl'), `${lines.join('\n')}\n{"step":30,"ep`);
    expect(await readDistributions(folder, 0)).toEqual([0, 10, 20].map(at));
    expect(await readDistributions(folder, 11)).toEqual([at(20)]);
  });

  it('are none for a run that kept none, as those before there were any', async () => {
    expect(await readDistributions(folder, 0)).toEqual([]);
  });
});
