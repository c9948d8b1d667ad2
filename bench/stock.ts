import { createRequire } from 'node:module';
import { join } from 'node:path';
import util from 'node:util';

import type { TFJSBinding } from '@tensorflow/tfjs-node-gpu/dist/tfjs_binding';

import type { TensorFlow } from '../main/trainer/tensorflow.ts';

const require = createRequire(import.meta.url);

/**
 * TensorFlow.js as its packages have it, on the engine's TensorFlow: with none of the kernels, gradients and corrections
 * that the trainer adds when it loads them.
 *
 * @param folder the native engine's
 */
export async function loadStock(folder: string): Promise<TensorFlow> {
  const tf = require('@tensorflow/tfjs') as TensorFlow;
  // tfjs-node calls these two, which Node.js 23 removed.
  const isNullOrUndefined = (value: unknown) => value === null || value === undefined;
  Object.assign(util, { isArray: Array.isArray, isNullOrUndefined });
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
  const binding = require(join(folder, 'lib', 'napi-v8', 'tfjs_binding.node')) as TFJSBinding;
  require('@tensorflow/tfjs-node-gpu/dist/register_all_kernels');
  const { NodeJSKernelBackend } =
    require('@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend') as typeof import('@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend');
  const backend = new NodeJSKernelBackend(binding, '@tensorflow/tfjs-node-gpu');
  tf.registerBackend('tensorflow', () => backend);
  if (!(await tf.setBackend('tensorflow'))) throw new Error('TensorFlow.js refused the backend.');
  return tf;
}
