import { beforeAll, describe, expect, it } from 'vitest';

import { loadEngine, loadTensorFlowJs } from './index.ts';
import { createHashUniform, type Uniform } from './random.ts';

const tf = loadTensorFlowJs();
const folder = process.env['CONVAS_TEST_ENGINE'];
const notSetUp = folder === undefined ? ' (skipped: not set up, npm run setup-engine)' : '';

const generators = [
  { title: 'the generator in JavaScript', engine: 'wasm', skip: false },
  { title: `TensorFlow's generator${notSetUp}`, engine: 'native', skip: folder === undefined },
] as const;

describe.each(generators)('$title', ({ engine, skip }) => {
  let uniform: Uniform;

  beforeAll(async () => {
    if (skip) return;
    const loaded = await loadEngine({ choice: engine, folder });
    if (!loaded.ok) throw new Error(loaded.problems[0]?.message);
    uniform = loaded.value.uniform;
  });

  const draw = (seed: readonly [number, number], shape: readonly number[] = [40, 50, 20]) => {
    const tensor = uniform(shape, seed);
    const values = tensor.dataSync() as Float32Array;
    tensor.dispose();
    return values;
  };

  it.skipIf(skip)('draws the same numbers from the same seed', () => {
    expect(draw([7, 3])).toEqual(draw([7, 3]));
  });

  it.skipIf(skip).each([
    [
      [1, 1],
      [1, 2],
    ],
    [
      [1, 1],
      [2, 1],
    ],
    [
      [3, 5],
      [5, 3],
    ],
    [
      [0, 0],
      [0, 2 ** 31],
    ],
    [
      [0xffffffff, 0],
      [0, 0xffffffff],
    ],
  ] as [[number, number], [number, number]][])(
    'draws unrelated numbers from seeds %j and %j',
    (one, other) => {
      const [a, b] = [draw(one), draw(other)];
      const correlation = (shift: number) =>
        a.reduce((sum, value, index) => sum + (value - 0.5) * ((b[index ^ shift] ?? 0.5) - 0.5), 0) *
        (12 / a.length);
      for (const shift of [0, 1, 3]) expect(Math.abs(correlation(shift))).toBeLessThan(0.03);
    },
  );

  it.skipIf(skip)('draws evenly from 0 up to, but without, 1', () => {
    const values = draw([42, 0]);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    const tenths = new Array<number>(10).fill(0);
    for (const value of values) tenths[Math.floor(value * 10)]! += 1 / values.length;

    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThan(1);
    expect(mean).toBeCloseTo(1 / 2, 2);
    expect(variance).toBeCloseTo(1 / 12, 2);
    for (const share of tenths) expect(share).toBeCloseTo(0.1, 2);
  });

  it.skipIf(skip).each([0.1, 0.25, 0.5, 0.9])(
    'keeps as many as are at least %d, anew for each seed',
    (bound) => {
      // The numbers of an example are no multiple of four.
      const keep = (seed: readonly [number, number]) =>
        tf.tidy(() => uniform.atLeast?.(bound, [40, 50, 21], seed).dataSync() as Float32Array);
      const kept = keep([9, 4]);
      expect(new Set(kept)).toEqual(new Set([0, 1]));
      const mean = kept.reduce((sum, value) => sum + value, 0) / kept.length;
      expect(mean).toBeCloseTo(1 - bound, 2);
      expect(keep([9, 4])).toEqual(kept);
      const other = keep([9, 5]);
      const same = kept.filter((value, at) => value === other[at]).length / kept.length;
      expect(same).toBeCloseTo(bound ** 2 + (1 - bound) ** 2, 2);
    },
  );

  it.skipIf(skip)('gives a tensor of the shape that was asked for and leaves no other behind', () => {
    const { numTensors } = tf.memory();
    const tensor = uniform([2, 3, 4], [1, 2]);

    expect(tensor.shape).toEqual([2, 3, 4]);
    expect(tensor.dtype).toBe('float32');
    expect(tf.memory().numTensors).toBe(numTensors + 1);
    tensor.dispose();
  });
});

it('the generator in JavaScript keeps its numbers from version to version', () => {
  const values = createHashUniform(tf)([3], [1, 2]).dataSync();
  expect([...values].map((value) => value.toFixed(4))).toMatchInlineSnapshot(`
    [
      "0.2421",
      "0.1142",
      "0.6685",
    ]
  `);
});

it.each([0, 0.1, 0.25, 0.5, 0.999, 1])(
  'the generator in JavaScript knows which numbers are at least %d',
  (bound) => {
    const uniform = createHashUniform(tf);
    const drawn = uniform([30, 50], [5, 6]).dataSync() as Float32Array;
    const atLeast = uniform.atLeast?.(bound, [30, 50], [5, 6]);

    expect(atLeast?.shape).toEqual([30, 50]);
    expect([...(atLeast?.dataSync() ?? [])]).toEqual(
      [...drawn].map((value) => Number(value >= Math.fround(bound))),
    );
  },
);
