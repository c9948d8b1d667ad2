import type * as tfc from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';

import { loadEngine, loadTensorFlowJs } from '../index.ts';

const tf = loadTensorFlowJs();

beforeAll(async () => {
  expect(await loadEngine({ choice: 'wasm' })).toMatchObject({ ok: true });
});

/** The gradient of a sum over the windows' largest numbers, of a picture of one channel. */
const gradient = (rows: number[][], size: number, stride: number, pad: 'valid' | 'same' = 'valid') =>
  tf.tidy(() => {
    const picture = tf.reshape(tf.tensor2d(rows), [1, rows.length, -1, 1]);
    const sum = (x: tfc.Tensor) => tf.sum(tf.maxPool(x as tfc.Tensor4D, size, stride, pad));
    return tf.squeeze(tf.grad(sum)(picture)).arraySync();
  });

it('gives the gradient to the first of equal numbers', () => {
  const rows = [
    [0, 0, 1, 2],
    [0, 0, 2, 2],
  ];
  const expected = [
    [1, 0, 0, 1],
    [0, 0, 0, 0],
  ];
  expect(gradient(rows, 2, 2)).toEqual(expected);
});

it('adds up the gradients of windows that overlap, whatever the signs', () => {
  const rows = [
    [-5, -4, -3],
    [-4, -1, -1],
    [-9, -8, -7],
  ];
  const expected = [
    [0, 0, 0],
    [0, 4, 0],
    [0, 0, 0],
  ];
  expect(gradient(rows, 2, 1)).toEqual(expected);
});

it('gives windows that the border cuts off their own gradient', () => {
  const rows = [
    [1, 2, 3],
    [4, 5, 6],
    [7, 8, 9],
  ];
  const expected = [
    [0, 0, 0],
    [0, 1, 1],
    [0, 1, 1],
  ];
  expect(gradient(rows, 2, 2, 'same')).toEqual(expected);
});
