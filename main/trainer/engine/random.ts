import type * as tfc from '@tensorflow/tfjs-core';
import type { NodeJSKernelBackend } from '@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend';

import type { TensorFlow } from '../tensorflow.ts';

/** Uniform numbers in [0, 1) of a shape that follow from two words of 32 bits alone, one of which may be a tensor. */
export interface Uniform {
  (shape: readonly number[], seed: Seed): tfc.Tensor;
  /** 1 where a number drawn like this is at least the bound, else 0; where that is faster than to draw and to compare. */
  readonly atLeast?: (bound: number, shape: readonly number[], seed: Seed) => tfc.Tensor;
}

type Seed = readonly [number, number | tfc.Scalar];

/** Draws by TensorFlow's own stateless generator. */
export function createNativeUniform(tf: TensorFlow, backend: NodeJSKernelBackend): Uniform {
  const { TF_ATTR_TYPE: type, TF_ATTR_BOOL, TF_FLOAT, TF_INT32, TF_UINT8 } = backend.binding;
  const attributes = [
    { name: 'dtype', type, value: TF_FLOAT },
    { name: 'T', type, value: TF_INT32 },
    { name: 'Tseed', type, value: TF_INT32 },
  ];
  const seedOf = ([first, second]: Seed) =>
    typeof second === 'number'
      ? tf.tensor1d([first | 0, second | 0], 'int32')
      : tf.stack([tf.scalar(first | 0, 'int32'), second]);
  const uniform = (shape: readonly number[], seed: Seed) =>
    tf.tidy(() =>
      backend.executeSingleOutput('StatelessRandomUniform', attributes, [
        tf.tensor1d([...shape], 'int32'),
        seedOf(seed),
      ]),
    );

  /** Bytes at random, `[examples, numbers]`: a word gives four of them. Drawing is what takes the time. */
  function bytes(examples: number, numbers: number, seed: Seed): tfc.Tensor {
    const words = Math.ceil(numbers / 4);
    const ints = [{ name: 'dtype', type, value: TF_INT32 }, ...attributes.slice(1)];
    const drawn = backend.executeSingleOutput('StatelessRandomUniformFullInt', ints, [
      tf.tensor1d([examples, words], 'int32'),
      seedOf(seed),
    ]);
    const split = backend.executeSingleOutput(
      'Bitcast',
      [
        { name: 'T', type, value: TF_INT32 },
        { name: 'type', type, value: TF_UINT8 },
      ],
      [drawn],
    );
    const floats = backend.executeSingleOutput(
      'Cast',
      [
        { name: 'SrcT', type, value: TF_UINT8 },
        { name: 'DstT', type, value: TF_FLOAT },
        { name: 'Truncate', type: TF_ATTR_BOOL, value: false },
      ],
      [split],
    );
    const all = tf.reshape(floats, [examples, 4 * words]);
    return 4 * words === numbers ? all : tf.slice(all, [0, 0], [examples, numbers]);
  }

  const atLeast = (bound: number, shape: readonly number[], seed: Seed) =>
    tf.tidy(() => {
      // Shifted so that the bound is at 1: rounding down takes a third of the time of a comparison, which makes booleans.
      if (!Number.isInteger(bound * 256)) return tf.floor(tf.add(uniform(shape, seed), 1 - bound));
      const [examples = 1, ...rest] = shape;
      const drawn = bytes(examples, tf.util.sizeFromShape(rest), seed);
      return tf.reshape(tf.floor(tf.add(tf.mul(drawn, 1 / 256), 1 - bound)), [...shape]);
    });
  return Object.assign(uniform, { atLeast });
}

/** The numbers are this many, from 0 up to 1: as many as a float tells apart. */
const steps = 2 ** 24;

/** Draws by a generator in JavaScript: each number is a hash of its place and the seed. */
export function createHashUniform(tf: TensorFlow): Uniform {
  const draw = (shape: readonly number[], seed: Seed) => {
    const values = new Float32Array(tf.util.sizeFromShape([...shape]));
    const [first, second] = seed;
    // Mixed first: places and seeds are small numbers alike, and must not cancel each other out.
    const word2 = typeof second === 'number' ? second : (second.dataSync()[0] ?? 0);
    return { values, key: mix(first), offset: mix(~word2) };
  };
  const uniform = (shape: readonly number[], seed: Seed) => {
    const { values, key, offset } = draw(shape, seed);
    for (let index = 0; index < values.length; index += 1) {
      values[index] = (mix((mix(index ^ key) + offset) | 0) >>> 8) / steps;
    }
    return tf.tensor(values, [...shape]);
  };
  const atLeast = (bound: number, shape: readonly number[], seed: Seed) => {
    const { values, key, offset } = draw(shape, seed);
    const last = Math.ceil(Math.fround(bound) * steps) - 1;
    for (let index = 0; index < values.length; index += 1) {
      // The sign of a difference: a branch on a number at random would take longer than to draw it.
      values[index] = (last - (mix((mix(index ^ key) + offset) | 0) >>> 8)) >>> 31;
    }
    return tf.tensor(values, [...shape]);
  };
  return Object.assign(uniform, { atLeast });
}

/** Spreads every bit of a word over all of them. */
function mix(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16) ^ 0x9e3779b9, 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return mixed ^ (mixed >>> 15);
}
