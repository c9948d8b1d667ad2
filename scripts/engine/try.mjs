import { createRequire } from 'node:module';
import { resolve } from 'node:path';

// `node try.mjs FILE`: loads a binding and multiplies two matrices, in a process of its own, since a library that does
// not fit the machine may end it. Prints TensorFlow's version and whether it found a GPU.

/**
 * The part of the addon that is used here.
 *
 * @typedef {object} Binding
 * @property {string} TF_Version
 * @property {number} TF_FLOAT
 * @property {number} TF_ATTR_BOOL
 * @property {number} TF_ATTR_TYPE
 * @property {() => boolean} isUsingGpuDevice
 * @property {(shape: number[], type: number, values: Float32Array) => number} createTensor
 * @property {(id: number) => Float32Array} tensorDataSync
 * @property {(name: string, attrs: object[], ids: number[], outputs: number) => { id: number }[]} executeOp
 */

const binding = /** @type {Binding} */ (createRequire(import.meta.url)(resolve(process.argv[2] ?? '')));
const a = binding.createTensor([2, 2], binding.TF_FLOAT, new Float32Array([1, 2, 3, 4]));
const [product] = binding.executeOp(
  'MatMul',
  [
    { name: 'transpose_a', type: binding.TF_ATTR_BOOL, value: false },
    { name: 'transpose_b', type: binding.TF_ATTR_BOOL, value: false },
    { name: 'T', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT },
  ],
  [a, a],
  1,
);
const values = product ? [...binding.tensorDataSync(product.id)] : [];
if (values.join() !== '7,10,15,22')
  throw new Error(`the product of two matrices came out as ${values.join()}`);
console.log(JSON.stringify({ tensorflow: binding.TF_Version, gpu: binding.isUsingGpuDevice() }));
