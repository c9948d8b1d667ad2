import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { compileNetwork } from '../../../shared/compile/compile.ts';
import { analyze } from '../../../shared/graph/analyze.ts';
import { network } from '../../../shared/testing/networks.ts';
import { distributionBins, distributionsSchema } from '../../../shared/training/distributions.ts';
import { plainEngine } from '../testing/engines.ts';
import { distributionOf } from './distributionOf.ts';
import { createKeptDistributions, namedWeights } from './keptDistributions.ts';

describe('a distribution', () => {
  it('has the mean, the deviation and the ends of its numbers, and counts each once', () => {
    const numbers = fc.float32Array({
      minLength: 1,
      noNaN: true,
      noDefaultInfinity: true,
      min: -1e6,
      max: 1e6,
    });
    fc.assert(
      fc.property(numbers, (values) => {
        const all = [...values];
        const { mean, std, min, max, counts, notFinite } = distributionOf(values);
        const expected = all.reduce((sum, value) => sum + value, 0) / all.length;
        const variance = all.reduce((sum, value) => sum + (value - expected) ** 2, 0) / all.length;
        const size = Math.max(...all.map(Math.abs), 1e-30);
        expect(Math.abs(mean - expected) / size).toBeLessThan(1e-6);
        expect(Math.abs(std - Math.sqrt(variance)) / size).toBeLessThan(1e-6);
        expect([Math.fround(min), Math.fround(max)].map((end) => end / size)).toEqual(
          [Math.min(...all), Math.max(...all)].map((end) => expect.closeTo(end / size, 6) as number),
        );
        expect(counts.reduce((sum, count) => sum + count)).toBe(all.length);
        expect(notFinite).toBe(0);
      }),
    );
  });

  it('counts in ranges that are equally wide, the largest number in the last', () => {
    const { counts } = distributionOf(Float32Array.of(0, 1, 1.5, 31.5, 32));
    expect(counts).toEqual([1, 2, ...new Array<number>(29).fill(0), 2]);
    expect(counts).toHaveLength(distributionBins);
  });

  it('of numbers that are all the same has them in its first range', () => {
    expect(distributionOf(Float32Array.of(2, 2, 2))).toMatchObject({ mean: 2, std: 0, min: 2, max: 2 });
    expect(distributionOf(Float32Array.of(2, 2, 2)).counts[0]).toBe(3);
  });

  it('leaves out what is infinite or no number, and says so', () => {
    const odd = distributionOf(Float32Array.of(1, Infinity, NaN, 3, -Infinity));
    expect(odd).toMatchObject({ mean: 2, std: 1, min: 1, max: 3, notFinite: 3 });
    expect(distributionOf(Float32Array.of(NaN))).toMatchObject({ mean: 0, min: 0, max: 0, notFinite: 1 });
  });
});

describe('the weights that distributions are told of', () => {
  const { tf } = plainEngine();

  it('are named by their layers, in the order in which these are computed; shared ones by their owner, once', async () => {
    vi.spyOn(console, 'warn').mockReturnValue(undefined);
    await tf.setBackend('cpu');
    const document = network(
      [
        ['input_1', 'Input', { shape: [6, 6, 2] }],
        ['norm', 'BatchNormalization'],
        ['b', 'Conv2D', { filters: 2, kernelSize: 3, padding: 'same' }, { sharedWith: 'a' }],
        ['a', 'Conv2D', { filters: 2, kernelSize: 3, padding: 'same' }],
        ['flatten', 'Flatten'],
        ['out', 'Dense', { units: 2, useBias: false }],
      ],
      ['input_1 > norm', 'norm > b', 'b > a', 'a > flatten', 'flatten > out'],
    );
    const compiled = compileNetwork(tf, document, analyze(document));
    const named = namedWeights(compiled);
    expect([...named.values()].map(({ layerId, name }) => `${layerId} ${name}`)).toEqual([
      'norm gamma',
      'norm beta',
      'norm moving_mean',
      'norm moving_variance',
      'a kernel',
      'a bias',
      'out kernel',
    ]);
    for (const [at, { layerId }] of named) {
      expect(compiled.model.weights[at]?.originalName.startsWith(layerId)).toBe(true);
    }
    expect(named.size).toBe(compiled.model.weights.length);
    compiled.model.dispose();
  });
});

describe('distributions kept on the way', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'convas-distributions-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  let clock = 0;
  const setUp = (cost: number) =>
    createKeptDistributions({
      folder,
      weights: new Map([
        [1, { layerId: 'dense_1', name: 'kernel' }],
        [0, { layerId: 'dense_1', name: 'bias' }],
      ]),
      steps: {
        look(order, visit) {
          clock += cost;
          visit('weights', 0, Float32Array.of(0, 1));
          visit('weights', 1, Float32Array.from(order));
          visit('gradients', 1, Float32Array.of(4));
        },
      },
      now: () => clock,
    });
  const moment = (step: number) => ({ step, epoch: step / 10, next: () => Uint32Array.of(step, step) });
  const written = async () => {
    const text = await readFile(join(folder, 'distributions.jsonl'), 'utf8');
    const lines = text.trimEnd().split('\n');
    return lines.map((line) => distributionsSchema.parse(JSON.parse(line)));
  };

  it('say of each weight how it and its gradient are distributed at that moment', async () => {
    await setUp(1).keep(moment(5));
    expect(await written()).toMatchObject([
      {
        step: 5,
        epoch: 0.5,
        weights: [
          { layerId: 'dense_1', name: 'kernel', weights: { mean: 5 }, gradients: { mean: 4 } },
          { layerId: 'dense_1', name: 'bias', weights: { mean: 0.5 }, gradients: null },
        ],
      },
    ]);
  });

  it('take no more than a small share of the time, within epochs and at their ends', async () => {
    const kept = setUp(20);
    const startedAt = clock;
    for (let step = 1; step < 3000; step += 1) {
      clock += 10;
      await kept.keepWithin(moment(step));
      if (step % 10 === 0) await kept.keepEpoch(moment(step));
    }
    const trained = 2999 * 10;
    expect((clock - startedAt) / trained).toBeLessThan(1.011);
    const moments = await written();
    expect(moments.some(({ epoch }) => Number.isInteger(epoch))).toBe(true);
    expect(moments.some(({ epoch }) => !Number.isInteger(epoch))).toBe(true);
  });

  it('are those of every epoch where one takes long, and of the last in any case', async () => {
    const kept = setUp(1);
    await kept.keep(moment(0));
    for (const step of [10, 20, 30]) {
      clock += 5000;
      await kept.keepEpoch(moment(step));
    }
    await kept.keepEpoch(moment(40));
    await kept.keep(moment(50));
    expect((await written()).map(({ step }) => step)).toEqual([0, 10, 20, 30, 50]);
  });

  it('are thinned out evenly where they are many, the first and the last being kept', async () => {
    const kept = setUp(0);
    await kept.keep(moment(0));
    for (let step = 10; step <= 30_000; step += 10) {
      clock += 1000;
      await kept.keepEpoch(moment(step));
    }
    await kept.keep(moment(30_010));
    const steps = (await written()).map(({ step }) => step);
    expect(steps.length).toBeGreaterThan(80);
    expect(steps.length).toBeLessThanOrEqual(200);
    expect([steps[0], steps.at(-1)]).toEqual([0, 30_010]);
    const gaps = steps.slice(2, -1).map((step, at) => step - (steps[at + 1] ?? 0));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(3 * Math.min(...gaps));
  });
});
