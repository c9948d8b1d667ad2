import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import type { TensorFlow } from '../tensorflow.ts';
import { correctBackend } from './corrections/index.ts';
import { createCrossEntropy } from './crossEntropy.ts';
import type { LoadedBackend } from './native.ts';
import { createHashUniform } from './random.ts';
import { createThreadedBackend } from './wasm/threads.ts';
import { registerWasmKernels } from './wasmKernels.ts';

const require = createRequire(import.meta.url);

/** The name under which the package's backend and its kernels are registered, and its place among the others. */
const [backendName, priority] = ['wasm', 2] as const;

/**
 * Loads the WebAssembly backend and makes it the backend, with threads where it can have them and with the kernels for
 * training that it lacks.
 *
 * @throws Error where it cannot be loaded
 */
export async function loadWasm(tf: TensorFlow): Promise<LoadedBackend> {
  const file = require.resolve('@tensorflow/tfjs-backend-wasm');
  const wasm = require(file) as typeof import('@tensorflow/tfjs-backend-wasm');
  wasm.setWasmPaths(join(dirname(file), '/'));
  const threaded = await createThreadedBackend(wasm, dirname(dirname(file)));
  if (threaded !== undefined) {
    tf.removeBackend(backendName);
    tf.registerBackend(backendName, () => threaded.backend, priority);
  }
  if (!(await tf.setBackend(backendName))) throw new Error('TensorFlow.js refused the backend');
  registerWasmKernels(tf);
  correctBackend(tf, backendName);
  const threads = threaded?.threads ?? 1;
  return {
    info: { name: 'wasm', version: wasm.version_wasm, device: 'CPU', mode: 'eager', threads },
    uniform: createHashUniform(tf),
    crossEntropy: createCrossEntropy(tf),
  };
}
