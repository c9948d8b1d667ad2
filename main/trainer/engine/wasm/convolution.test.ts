import type * as tfc from '@tensorflow/tfjs-core';
import { beforeAll, expect, it, vi } from 'vitest';

import { loadEngine, loadTensorFlowJs } from '../index.ts';

type Shape = [number, number, number, number];
interface Convolution {
  readonly x: Shape;
  readonly filter: Shape;
  readonly strides?: [number, number];
}

const tf = loadTensorFlowJs();

beforeAll(async () => {
  // Plain JavaScript says how slow it is.
  vi.spyOn(console, 'warn').mockReturnValue(undefined);
  expect(await loadEngine({ choice: 'wasm' })).toMatchObject({ ok: true });
});

const convolutions: readonly Convolution[] = [
  // Many pixels, so that they are summed up in several parts, the last one smaller.
  { x: [17, 34, 33, 8], filter: [3, 3, 8, 2] },
  { x: [17, 34, 35, 9], filter: [2, 4, 9, 3] },
  { x: [65, 16, 17, 8], filter: [1, 1, 8, 3] },
  { x: [5, 60, 61, 16], filter: [5, 1, 16, 2] },
  { x: [17, 34, 33, 8], filter: [3, 3, 8, 2], strides: [2, 1] },
  // One window in each picture.
  { x: [3, 5, 5, 4], filter: [5, 5, 4, 20] },
  { x: [3, 7, 6, 4], filter: [3, 2, 4, 20], strides: [3, 2] },
  { x: [300, 7, 6, 3], filter: [3, 2, 3, 20], strides: [2, 3] },
  { x: [4, 7, 9, 2], filter: [5, 4, 2, 40] },
  { x: [3, 8, 9, 4], filter: [1, 2, 4, 30], strides: [4, 3] },
];

it.each(
  (['valid', 'same'] as const).flatMap((pad) => convolutions.map((convolution) => ({ pad, ...convolution }))),
)(
  'gives the gradients of a convolution as plain JavaScript does: $pad $x $filter $strides',
  async ({ pad, x, filter, strides = [1, 1] }) => {
    const gradients = async (backend: 'cpu' | 'wasm') => {
      await tf.setBackend(backend);
      return tf.tidy(() => {
        const pictures = tf.randomUniform<tfc.Rank.R4>(x, -1, 1, 'float32', 1);
        const weights = tf.randomUniform<tfc.Rank.R4>(filter, -1, 1, 'float32', 2);
        const { outShape } = tf.backend_util.computeConv2DInfo(x, filter, strides, 1, pad);
        const dy = tf.randomUniform(outShape, -1, 1, 'float32', 3);
        const convolve = (a: tfc.Tensor, b: tfc.Tensor) =>
          tf.conv2d(a as tfc.Tensor4D, b as tfc.Tensor4D, strides, pad);
        return tf
          .grads(convolve)([pictures, weights], dy)
          .map((gradient) => gradient.dataSync() as Float32Array);
      });
    };
    const expected = await gradients('cpu');
    await tf.setBackend('wasm');
    const before = tf.backend().numDataIds();
    const actual = await gradients('wasm');

    for (const [index, values] of expected.entries()) {
      const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      const difference = values.reduce(
        (most, value, at) => Math.max(most, Math.abs(value - (actual[index]?.[at] ?? NaN))),
        0,
      );
      expect(actual[index]).toHaveLength(values.length);
      expect(difference / largest).toBeLessThan(1e-4);
    }
    expect(tf.backend().numDataIds()).toBe(before);
  },
);
