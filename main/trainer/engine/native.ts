import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import util from 'node:util';

import type { NodeJSKernelBackend } from '@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend';
import type { TFJSBinding } from '@tensorflow/tfjs-node-gpu/dist/tfjs_binding';

import type { EngineInfo } from '../../../shared/engine.ts';
import type { TensorFlow } from '../tensorflow.ts';
import { correctUnequalStrides } from './corrections/unequalStrides.ts';
import { correctLargestOfVolumes } from './corrections/windows3d.ts';
import { createNativeCrossEntropy, type CrossEntropy } from './crossEntropy.ts';
import { normalizeNatively } from './nativeBatchNormalization.ts';
import { registerNativeKernels } from './nativeKernels.ts';
import { createNativeUniform, type Uniform } from './random.ts';
import { multiplyWholeConvolutions } from './wholeConvolution.ts';

const require = createRequire(import.meta.url);

/** The name under which tfjs-node's backend and its kernels are registered. */
const backendName = 'tensorflow';

/** The addon, relative to the engine's folder, which it shares with the library that it loads. */
const bindingFile = join('lib', 'napi-v8', 'tfjs_binding.node');

export interface LoadedBackend {
  readonly info: EngineInfo;
  readonly uniform: Uniform;
  readonly crossEntropy: CrossEntropy;
  readonly native?: NodeJSKernelBackend;
}

/**
 * Loads TensorFlow from the engine's folder and makes it the backend. The package's own entry is left aside: it knows
 * one place for the addon, within itself, and lets `file://` addresses read any file.
 *
 * @param folder holds `lib/napi-v8/` and `deps/lib/`, verified by the caller
 * @throws Error where it cannot be loaded
 */
export async function loadNative(tf: TensorFlow, folder: string): Promise<LoadedBackend> {
  const bindingPath = join(folder, bindingFile);
  if (!existsSync(bindingPath)) throw new Error(`there is no ${bindingPath}`);
  restoreUtil();
  // The library reads it when it is loaded; it tells of instructions that it would like to have otherwise.
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
  const binding = require(bindingPath) as TFJSBinding;
  require('@tensorflow/tfjs-node-gpu/dist/register_all_kernels');
  const { NodeJSKernelBackend: Backend } =
    require('@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend') as typeof import('@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend');
  const backend: NodeJSKernelBackend = new Backend(binding, '@tensorflow/tfjs-node-gpu');
  tf.registerBackend(backendName, () => backend, 3);
  if (!(await tf.setBackend(backendName))) throw new Error('TensorFlow.js refused the backend');
  registerNativeKernels(tf, backend, backendName);
  normalizeNatively(tf, backend);
  correctLargestOfVolumes(tf, backendName);
  correctUnequalStrides(tf, backendName);
  multiplyWholeConvolutions(tf, backendName);
  return {
    info: {
      name: 'native',
      version: binding.TF_Version,
      device: backend.isUsingGpuDevice ? gpuName() : 'CPU',
      mode: 'eager',
      threads: availableParallelism(),
    },
    uniform: createNativeUniform(tf, backend),
    crossEntropy: createNativeCrossEntropy(tf, backend),
    native: backend,
  };
}

/** Puts back what tfjs-node calls and Node.js 23 removed. */
function restoreUtil(): void {
  const removed = {
    isArray: Array.isArray,
    isNullOrUndefined: (value: unknown) => value === null || value === undefined,
  };
  for (const [name, replacement] of Object.entries(removed)) {
    if (!(name in util)) Object.assign(util, { [name]: replacement });
  }
}

/** The first GPU's name, as NVIDIA's driver for Linux gives it. */
function gpuName(): string {
  try {
    const folder = '/proc/driver/nvidia/gpus';
    const [first = ''] = readdirSync(folder);
    const information = readFileSync(join(folder, first, 'information'), 'utf8');
    return /^Model:\s*(.+)$/m.exec(information)?.[1]?.trim() ?? 'GPU';
  } catch {
    return 'GPU';
  }
}
