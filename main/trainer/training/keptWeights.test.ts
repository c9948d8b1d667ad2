import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createKeptWeights } from './keptWeights.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'convas-kept-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const names = async () => (await readdir(join(folder, 'checkpoints')).catch(() => [])).sort();

describe('weights kept on the way', () => {
  it('are those of every epoch, thinned out where they are many', async () => {
    let clock = 0;
    const write = (path: string) => mkdir(path, { recursive: true });
    const kept = createKeptWeights({ folder, bytes: 1, write, now: () => (clock += 1000) });
    for (const epoch of [0, 1, 2]) {
      clock += 1e9;
      await kept.keep(epoch);
    }
    expect(await names()).toEqual(['epoch-0000', 'epoch-0001', 'epoch-0002']);
    for (let epoch = 3; epoch <= 60; epoch += 1) {
      clock += 1e9;
      await kept.keep(epoch);
    }
    const left = await names();
    expect(left.length).toBeLessThanOrEqual(20);
    expect([left[0], left.at(-1)]).toEqual(['epoch-0000', 'epoch-0060']);
  });

  it('are left out while an epoch is short against the time that writing takes', async () => {
    let clock = 0;
    const write = async (path: string) => {
      clock += 20;
      await mkdir(path, { recursive: true });
    };
    const kept = createKeptWeights({ folder, bytes: 1, write, now: () => clock });
    await kept.keep(0);
    clock += 500;
    await kept.keep(1);
    clock += 600;
    await kept.keep(2);
    expect(await names()).toEqual(['epoch-0000', 'epoch-0002']);
  });

  it('are none where two models would be too much for the disk', async () => {
    const kept = createKeptWeights({ folder, bytes: 200 * 2 ** 20, write: (path) => mkdir(path) });
    await kept.keep(0);
    expect(await names()).toEqual([]);
  });
});
