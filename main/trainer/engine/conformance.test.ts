import type * as tfc from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it, vi } from 'vitest';

import { engineFolder, nativeEngine } from '../testing/engines.ts';
import { correctBackend } from './corrections/index.ts';
import { loadEngine, loadTensorFlowJs } from './index.ts';
import { replaced } from './replaceKernel.ts';
import { conformanceCases, type Sample } from './testing/conformanceCases.ts';
import { windowCases } from './testing/windowCases.ts';

const tf = loadTensorFlowJs();
const cases = [...conformanceCases(tf), ...windowCases(tf)];
const engines = ['wasm', ...(engineFolder === undefined ? [] : ['tensorflow'])];

type Numbers = readonly { readonly shape: readonly number[]; readonly values: readonly number[] }[];

/** What an operation gives, and where it has one its gradient, of a sum that weighs every number by another. */
function numbersOf({ run, inputs, hasGradient }: Sample): Numbers {
  return tf.tidy(() => {
    const given = inputs.map(({ values, shape, dtype }) => tf.tensor(values, [...shape], dtype));
    const weighed = (...tensors: tfc.Tensor[]): tfc.Tensor => {
      const y = run(...tensors);
      const weights = Float32Array.from({ length: y.size }, (_, at) => ((at * 7) % 5) - 1.5);
      return tf.sum(tf.mul(y, tf.tensor(weights, y.shape)));
    };
    const results = [run(...given), ...(hasGradient ? tf.grads(weighed)(given) : [])];
    return results.map((result) => ({ shape: result.shape, values: [...result.dataSync()] }));
  });
}

function expectSame(received: Numbers, expected: Numbers): void {
  expect(received.map(({ shape }) => shape)).toEqual(expected.map(({ shape }) => shape));
  for (const [at, { values }] of expected.entries()) {
    const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
    for (const [index, value] of values.entries()) {
      const other = received[at]?.values[index];
      const difference = Math.abs((other ?? NaN) - value);
      if (!Object.is(other, value) && !(difference <= 1e-4 * largest))
        expect.fail(`number ${String(index)} of ${String(at)} is ${String(other)}, not ${String(value)}`);
    }
  }
}

beforeAll(async () => {
  vi.spyOn(console, 'warn').mockReturnValue(undefined);
  if (engineFolder !== undefined) await nativeEngine();
  expect(await loadEngine({ choice: 'wasm' })).toMatchObject({ ok: true });
  await tf.setBackend('cpu');
  correctBackend(tf, 'cpu');
});

describe('what is replaced of TensorFlow.js', () => {
  const covered = (kind: 'kernels' | 'gradients') => new Set(cases.flatMap((one) => one[kind] ?? []));

  it('has a case here: each kernel of each backend, and each gradient', () => {
    const kernels = [...replaced.kernels.values()].flatMap((names) => [...names]);
    expect(kernels.length).toBeGreaterThan(20);
    expect(kernels.filter((name) => !covered('kernels').has(name))).toEqual([]);
    expect([...replaced.gradients].filter((name) => !covered('gradients').has(name))).toEqual([]);
  });

  it.each(cases)('is called by its case: $title', async ({ samples, kernels = [] }) => {
    const called = new Set<string>();
    for (const backend of ['cpu', ...engines]) {
      await tf.setBackend(backend);
      for (const sample of fc.sample(samples, { numRuns: 4, seed: 1 })) {
        const { kernelNames } = await tf.profile(() => {
          numbersOf(sample);
        });
        for (const name of kernelNames) called.add(name);
      }
    }
    expect(kernels.filter((name) => !called.has(name))).toEqual([]);
  });
});

describe.each(engines)('%s computes as plain JavaScript does', (engine) => {
  it.each(cases)('$title', async ({ samples, numRuns = 20 }) => {
    await fc.assert(
      fc.asyncProperty(samples, async (sample) => {
        await tf.setBackend('cpu');
        const expected = numbersOf(sample);
        await tf.setBackend(engine);
        const { numTensors } = tf.memory();
        const received = numbersOf(sample);
        expect(tf.memory().numTensors).toBe(numTensors);
        expectSame(received, expected);
      }),
      { numRuns },
    );
  });
});
