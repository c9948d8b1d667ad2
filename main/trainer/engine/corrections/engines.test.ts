import type * as tfc from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it, vi } from 'vitest';

import { engineFolder, nativeEngine } from '../../testing/engines.ts';
import { loadEngine, loadTensorFlowJs } from '../index.ts';
import { correctBackend } from './index.ts';

const tf = loadTensorFlowJs();
type Picture = tfc.Tensor4D;
type Volume = tfc.Tensor5D;
type Pad = 'valid' | 'same';

/** An operation with the shapes of what it is given; each is asked for its gradient. */
interface Case {
  readonly run: (...inputs: tfc.Tensor[]) => tfc.Tensor;
  readonly shapes: readonly number[][];
}

const over = (
  name: string,
  run: (pad: Pad, ...inputs: tfc.Tensor[]) => tfc.Tensor,
  ...shapes: number[][]
): [string, Case][] =>
  (['valid', 'same'] as const).map((pad) => [
    `${name}, padding ${pad}`,
    { run: (...inputs) => run(pad, ...inputs), shapes },
  ]);

const volume = [2, 5, 6, 7, 2];
const picture = [2, 6, 7, 2];
const cases = new Map<string, Case>([
  ...over(
    'a convolution of volumes',
    (pad, x, f) => tf.conv3d(x as Volume, f as Volume, [1, 2, 1], pad),
    volume,
    [2, 3, 3, 2, 3],
  ),
  ...over(
    'one with strides larger than its kernel',
    (pad, x, f) => tf.conv3d(x as Volume, f as Volume, [2, 3, 2], pad),
    volume,
    [1, 2, 3, 2, 3],
  ),
  ...over(
    'a transposed convolution of volumes',
    (pad, x, f) =>
      tf.conv3dTranspose(
        x as Volume,
        f as Volume,
        pad === 'same' ? [2, 4, 6, 4, 3] : [2, 5, 7, 5, 3],
        [2, 2, 2],
        pad,
      ),
    [2, 2, 3, 2, 2],
    [3, 3, 3, 3, 2],
  ),
  ...over('the largest of volumes', (pad, x) => tf.maxPool3d(x as Volume, [2, 3, 2], [2, 2, 1], pad), volume),
  ...over(
    'the largest, with numbers left out',
    (pad, x) => tf.maxPool3d(x as Volume, [1, 2, 1], [2, 3, 2], pad),
    volume,
  ),
  ...over('the mean of volumes', (pad, x) => tf.avgPool3d(x as Volume, [2, 3, 2], [2, 2, 1], pad), volume),
  ...over(
    'the mean, with numbers left out',
    (pad, x) => tf.avgPool3d(x as Volume, [1, 2, 1], [2, 3, 2], pad),
    volume,
  ),
  ...over(
    'a depthwise convolution',
    (pad, x, f) => tf.depthwiseConv2d(x as Picture, f as Picture, 1, pad),
    picture,
    [3, 2, 2, 1],
  ),
  ...over(
    'a depthwise convolution with strides',
    (pad, x, f) => tf.depthwiseConv2d(x as Picture, f as Picture, 2, pad),
    picture,
    [3, 4, 2, 3],
  ),
  ...over(
    'a depthwise convolution with larger strides',
    (pad, x, f) => tf.depthwiseConv2d(x as Picture, f as Picture, 3, pad),
    picture,
    [2, 1, 2, 2],
  ),
  [
    'nearest neighbours',
    { run: (x) => tf.image.resizeNearestNeighbor(x as Picture, [12, 21]), shapes: [picture] },
  ],
  [
    'bilinear interpolation',
    { run: (x) => tf.image.resizeBilinear(x as Picture, [12, 21]), shapes: [picture] },
  ],
  ['rows picked out', { run: (x) => tf.gather(x, tf.tensor1d([1, 0, 1], 'int32')), shapes: [picture] }],
  [
    'what is above a bound',
    { run: (x) => tf.mul(x, tf.cast(tf.greater(x, 0.1), 'float32')), shapes: [picture] },
  ],
]);

/** What an operation gives, and the gradients of a sum of it, weighted so that no error can hide. */
function numbersOf({ run, shapes }: Case): readonly number[][] {
  return tf.tidy(() => {
    const inputs = shapes.map((shape, at) => tf.randomUniform(shape, -1, 1, 'float32', at + 1));
    const loss = (...given: tfc.Tensor[]) => {
      const y = run(...given);
      return tf.sum(tf.mul(y, tf.randomUniform(y.shape, -1, 1, 'float32', 9)));
    };
    return [run(...inputs), ...tf.grads(loss)(inputs)].map((tensor) => [...tensor.dataSync()]);
  });
}

describe.skipIf(engineFolder === undefined)('TensorFlow.js computes as TensorFlow does', () => {
  const expected = new Map<string, readonly number[][]>();

  beforeAll(async () => {
    vi.spyOn(console, 'warn').mockReturnValue(undefined);
    await nativeEngine();
    for (const [name, one] of cases) expected.set(name, numbersOf(one));
    expect(await loadEngine({ choice: 'wasm' })).toMatchObject({ ok: true });
    await tf.setBackend('cpu');
    correctBackend(tf, 'cpu');
  });

  it.each(['tensorflow', 'wasm', 'cpu'])(
    'the largest of windows that lie apart begin at the corner, with nothing to pad: %s',
    async (backend) => {
      await tf.setBackend(backend);
      // Of each three numbers in a row the first is taken; the others are left out.
      const x = tf.reshape(tf.range(0, 24), [1, 4, 2, 3, 1]);
      const run = (x: tfc.Tensor) => tf.maxPool3d(x as Volume, [1, 2, 1], [1, 1, 3], 'same');
      const [y, gradient] = [run(x), tf.grad((x) => tf.sum(run(x)))(x)];
      expect([...y.dataSync()]).toEqual([3, 3, 9, 9, 15, 15, 21, 21]);
      expect([...gradient.dataSync()].flatMap((number, at) => (number === 0 ? [] : [[at, number]]))).toEqual([
        [3, 2],
        [9, 2],
        [15, 2],
        [21, 2],
      ]);
      tf.dispose([x, y, gradient]);
    },
  );

  describe.each(['wasm', 'cpu'])('with %s', (backend) => {
    it.each([...cases])('%s', async (name, one) => {
      await tf.setBackend(backend);
      const before = tf.memory().numTensors;
      const received = numbersOf(one);
      expect(tf.memory().numTensors).toBe(before);
      for (const [at, numbers] of (expected.get(name) ?? []).entries()) {
        expect(received[at]).toHaveLength(numbers.length);
        for (const [index, number] of numbers.entries())
          expect(received[at]?.[index], `${String(at)}, ${String(index)}`).toBeCloseTo(number, 4);
      }
    });
  });
});
