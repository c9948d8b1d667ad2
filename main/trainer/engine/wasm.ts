import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import type { TensorFlow } from '../tensorflow.ts';
import { correctBackend } from './corrections/index.ts';
import { createCrossEntropy } from './crossEntropy.ts';
import type { LoadedBackend } from './native.ts';
import { createHashUniform } from './random.ts';
import { registerWasmKernels } from './wasmKernels.ts';

const require = createRequire(import.meta.url);

/**
 * Loads the WebAssembly backend and makes it the backend, with the kernels for training that it lacks.
 *
 * @throws Error where it cannot be loaded
 */
export async function loadWasm(tf: TensorFlow): Promise<LoadedBackend> {
  const file = require.resolve('@tensorflow/tfjs-backend-wasm');
  const wasm = require(file) as typeof import('@tensorflow/tfjs-backend-wasm');
  wasm.setWasmPaths(join(dirname(file), '/'));
  if (!(await tf.setBackend('wasm'))) throw new Error('TensorFlow.js refused the backend');
  registerWasmKernels(tf);
  correctBackend(tf, 'wasm');
  return {
    // In Node.js the backend has one thread: its threads need a browser's workers.
    info: { name: 'wasm', version: wasm.version_wasm, device: 'CPU', mode: 'eager', threads: 1 },
    uniform: createHashUniform(tf),
    crossEntropy: createCrossEntropy(tf),
  };
}
