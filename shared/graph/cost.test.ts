import { describe, expect, it } from 'vitest';

import type { Document } from '../document.ts';
import { findTemplate, templates } from '../templates/index.ts';
import { chain, network } from '../testing/networks.ts';
import { parseTraining } from '../training/config.ts';
import { admitExport, admitTraining } from './admission.ts';
import { analyze } from './analyze.ts';
import { estimateMemory, memoryProblem } from './cost.ts';

const withOptimizer = (document: Document, optimizer: object): Document => {
  const training = parseTraining({ ...document.training, optimizer });
  if (!training.ok) throw new Error(training.problems[0]?.message);
  return { ...document, training: training.value };
};
const estimate = (document: Document, batchSize: number) =>
  estimateMemory(document, analyze(document), batchSize);

/** 100 numbers in, 200 and 10 out: 22,210 weights. */
const small = (): Document => ({
  ...chain(
    ['in', 'Input', { shape: [100] }],
    ['hidden', 'Dense', { units: 200 }],
    ['norm', 'BatchNormalization'],
    ['end', 'Dense', { units: 10 }],
  ),
  dataset: null,
});

describe('the memory estimate', () => {
  it('counts weights as often as each optimizer holds them at its peak', () => {
    const trainable = 100 * 200 + 200 + 2 * 200 + 200 * 10 + 10;
    const moving = 2 * 200;
    const weights = (optimizer: object) => estimate(withOptimizer(small(), optimizer), 1).weights;
    expect(weights({ kind: 'sgd' })).toBe(4 * (7 * trainable + moving));
    expect(weights({ kind: 'momentum' })).toBe(4 * (8 * trainable + moving));
    expect(weights({ kind: 'adam' })).toBe(4 * (10 * trainable + moving));
  });

  it('counts every output forward and backward, once for each example of a batch', () => {
    const numbers = 100 + 200 + 200 + 10;
    expect(estimate(small(), 1).activations).toBe(2 * 4 * numbers);
    expect(estimate(small(), 64).activations).toBe(64 * 2 * 4 * numbers);
    expect(estimate(small(), 64).weights).toBe(estimate(small(), 1).weights);
  });

  it('counts the pictures of the dataset as bytes', () => {
    expect(estimate(small(), 1).dataset).toBe(0);
    expect(estimate({ ...small(), dataset: { kind: 'mnist' } }, 1).dataset).toBe(28 * 28 * 70_000);
  });

  it('is the sum of its parts', () => {
    for (const { document } of templates) {
      const { weights, activations, dataset, total } = estimate(document, 32);
      expect(total).toBe(weights + activations + dataset);
    }
  });

  it('names the layer that needs most: for its weights, or with large batches for its output', () => {
    expect(estimate(small(), 1).largest).toMatchObject({ id: 'hidden' });
    const wide = chain(
      ['in', 'Input', { shape: [28, 28, 1] }],
      ['conv', 'Conv2D', { filters: 64, kernelSize: 3 }],
      ['mean', 'GlobalAveragePooling2D'],
      ['dense', 'Dense', { units: 1000 }],
    );
    expect(estimate(wide, 1).largest?.id).toBe('dense');
    expect(estimate(wide, 256).largest?.id).toBe('conv');
    expect(estimate(wide, 256).largest?.bytes).toBe(4 * (640 * 10 + 2 * 256 * 26 * 26 * 64));
  });

  it('counts what is known beside an error, and nothing on an empty canvas', () => {
    const broken = chain(['in', 'Input', { shape: [4] }], ['conv', 'Conv2D', { filters: 1, kernelSize: 1 }]);
    expect(estimate(broken, 2).activations).toBe(2 * 2 * 4 * 4);
    expect(estimate({ ...chain(), dataset: null }, 2)).toMatchObject({ total: 0, largest: null });
  });
});

describe('the refusal for want of memory', () => {
  /** The lecture's fully connected layer as a convolution: 2³¹ weights. */
  const huge = () =>
    chain(
      ['in', 'Input', { shape: [32, 32, 512] }],
      ['all', 'Conv2D', { filters: 4096, kernelSize: 32 }],
      ['flat', 'Flatten'],
      ['end', 'Dense', { units: 10 }],
    );

  it('names the layer to blame, what is needed and what there is', () => {
    const problem = memoryProblem(huge(), analyze(huge()), 128, 16e9);
    expect(problem).toMatchObject({
      code: 'out-of-memory',
      severity: 'error',
      nodeId: 'all',
      values: { layer: 'all', batchSize: 128, available: '16' },
      expected: 'at most 13 GB',
    });
    // 10 numbers of four bytes for each of 2³¹ weights.
    expect(problem?.message).toMatch(
      /batches of 128 needs about 87 GB; 16 GB are free\. .*86 GB, is for all\./,
    );
  });

  it('leaves a fifth of the memory to everything else', () => {
    const document = small();
    const { total } = estimate(document, 8);
    const refusal = (available: number) => memoryProblem(document, analyze(document), 8, available);
    expect(refusal(total / 0.8 + 1)).toBeUndefined();
    expect(refusal(total / 0.8 - 1)).toMatchObject({ code: 'out-of-memory' });
  });

  it('comes before a training with batches that are too large, but not before its export', () => {
    const document = findTemplate('mnist-cnn')!.document;
    const greedy = { ...document, training: { ...document.training, batchSize: 65_536 } };
    expect(admitTraining(document, 4e9).ok).toBe(true);
    expect(admitTraining(greedy, 4e9)).toMatchObject({
      ok: false,
      problems: [{ code: 'out-of-memory', nodeId: 'conv2d_2' }],
    });
    expect(admitExport(greedy, 4e9).ok).toBe(true);
  });

  it('keeps even an export from 2³¹ weights, without a word of training', () => {
    const refused = admitExport(huge(), 16e9);
    expect(refused).toMatchObject({
      ok: false,
      problems: [{ code: 'export-out-of-memory', nodeId: 'all', expected: 'at most 13 GB' }],
    });
    expect(refused.ok ? '' : refused.problems[0]?.message).toMatch(
      /^Writing the model needs about \d+ GB, .*; 16 GB are free\. Most of it, 52 GB, is for all\.$/,
    );
  });

  it('names a number even where more is needed than numbers can say', () => {
    const doubling = Array.from({ length: 1100 }, (_, at) => at);
    const endless = network(
      [
        ['in', 'Input', { shape: [28, 28, 1] }],
        ...doubling.map((at) => [`c${String(at)}`, 'Concatenate'] as const),
        ['mean', 'GlobalAveragePooling2D'],
        ['end', 'Dense', { units: 10 }],
      ],
      [
        ...doubling.flatMap((at) => {
          const source = at === 0 ? 'in' : `c${String(at - 1)}`;
          return [`${source} > c${String(at)}:0`, `${source} > c${String(at)}:1`];
        }),
        'c1099 > mean',
        'mean > end',
      ],
    );
    for (const refused of [admitTraining(endless, 16e9), admitExport(endless, 16e9)]) {
      if (refused.ok) throw new Error('It was let pass.');
      expect(refused.problems[0]?.message).toContain('about > 1000000 GB');
      expect(JSON.stringify(refused.problems)).not.toMatch(/Infinity|NaN/);
    }
  });
});
