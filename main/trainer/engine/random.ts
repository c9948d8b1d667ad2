import type * as tfc from '@tensorflow/tfjs-core';
import type { NodeJSKernelBackend } from '@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend';

import type { TensorFlow } from '../tensorflow.ts';

/** Uniform numbers in [0, 1) of a shape that follow from two words of 32 bits alone, one of which may be a tensor. */
export type Uniform = (shape: readonly number[], seed: readonly [number, number | tfc.Scalar]) => tfc.Tensor;

/** Draws by TensorFlow's own stateless generator. */
export function createNativeUniform(tf: TensorFlow, backend: NodeJSKernelBackend): Uniform {
  const { TF_ATTR_TYPE: type, TF_FLOAT, TF_INT32 } = backend.binding;
  const attributes = [
    { name: 'dtype', type, value: TF_FLOAT },
    { name: 'T', type, value: TF_INT32 },
    { name: 'Tseed', type, value: TF_INT32 },
  ];
  return (shape, [first, second]) =>
    tf.tidy(() =>
      backend.executeSingleOutput('StatelessRandomUniform', attributes, [
        tf.tensor1d([...shape], 'int32'),
        typeof second === 'number'
          ? tf.tensor1d([first | 0, second | 0], 'int32')
          : tf.stack([tf.scalar(first | 0, 'int32'), second]),
      ]),
    );
}

/** Draws by a generator in JavaScript: each number is a hash of its place and the seed. */
export function createHashUniform(tf: TensorFlow): Uniform {
  return (shape, [first, second]) => {
    const values = new Float32Array(shape.reduce((product, side) => product * side, 1));
    // Mixed first: places and seeds are small numbers alike, and must not cancel each other out.
    const word2 = typeof second === 'number' ? second : (second.dataSync()[0] ?? 0);
    const [key, offset] = [mix(first), mix(~word2)];
    for (let index = 0; index < values.length; index += 1) {
      const word = mix(mix(index ^ key) + offset);
      // The 24 bits that a float holds.
      values[index] = (word >>> 8) / 0x1000000;
    }
    return tf.tensor(values, [...shape]);
  };
}

/** Spreads every bit of a word over all of them. */
function mix(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16) ^ 0x9e3779b9, 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return mixed ^ (mixed >>> 15);
}
