import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { mnistFolder, readMnist } from './mnist.ts';

const names = [
  'train-images-idx3-ubyte',
  'train-labels-idx1-ubyte',
  't10k-images-idx3-ubyte',
  't10k-labels-idx1-ubyte',
] as const;
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'convas-mnist-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('MNIST', () => {
  it('is all there: 60,000 and 10,000 pictures, as many labels, every class', async () => {
    const read = await readMnist();
    if (!read.ok) throw new Error(read.problems[0]?.message);
    const { train, test, classes } = read.value;
    expect([train.count, test.count, train.labels.length, test.labels.length]).toEqual([
      60_000, 10_000, 60_000, 10_000,
    ]);
    expect(new Set(train.labels).size).toBe(classes);
    // The first training picture is the 5 that every textbook shows.
    expect(train.labels[0]).toBe(5);
    expect([...train.pixels.subarray(0, 784)].reduce((sum, value) => sum + value, 0)).toBe(27_525);
  });

  it('with a file cut short is refused, and the file is named', async () => {
    await Promise.all(names.map((name) => copyFile(join(mnistFolder(), name), join(folder, name))));
    await writeFile(join(folder, 't10k-labels-idx1-ubyte'), new Uint8Array(9000));
    const read = await readMnist(folder);
    expect(read.ok ? '' : read.problems[0]?.message).toContain('t10k-labels-idx1-ubyte');
  });

  it('that is not there is a sentence, not an exception', async () => {
    expect(await readMnist(join(folder, 'nowhere'))).toMatchObject({
      ok: false,
      problems: [{ code: 'dataset-unreadable' }],
    });
  });
});
