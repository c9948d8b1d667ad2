import { createRequire } from 'node:module';

import type { NodeJSKernelBackend } from '@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend';

import type { EngineChoice, EngineInfo, EngineRung } from '../../../shared/engine.ts';
import { failed, fine, problem, type Result } from '../../../shared/problem.ts';
import type { TensorFlow } from '../tensorflow.ts';
import { correctBackend, correctTraining } from './corrections/index.ts';
import { createCrossEntropy, type CrossEntropy } from './crossEntropy.ts';
import { loadNative, type LoadedBackend } from './native.ts';
import { createHashUniform, type Uniform } from './random.ts';
import { loadWasm } from './wasm.ts';

/** A backend of TensorFlow.js, loaded, with what is drawn and told by it. */
export interface Engine {
  readonly tf: TensorFlow;
  readonly info: EngineInfo;
  /** The engines that were tried, best first, and why each holds or does not. */
  readonly rungs: readonly EngineRung[];
  readonly uniform: Uniform;
  readonly crossEntropy: CrossEntropy;
  /** TensorFlow's own backend, where that is the one. */
  readonly native?: NodeJSKernelBackend | undefined;
}

export interface EngineOptions {
  readonly choice: EngineChoice;
  /** The native engine's folder, already verified; without one it is not tried, and why is the caller's to say. */
  readonly folder?: string | undefined;
}

type EngineName = EngineInfo['name'];
type Backend = Exclude<EngineName, 'cpu'>;

/**
 * Loads the engine of this process: TensorFlow's library, else WebAssembly, else plain JavaScript; or the one that was
 * chosen, and then a problem where it cannot be. To be called once: a backend stays loaded until the process ends.
 */
export async function loadEngine({ choice, folder }: EngineOptions): Promise<Result<Engine>> {
  const tf = loadTensorFlowJs();
  const rungs: EngineRung[] = [];
  const loaders: Record<Backend, () => Promise<LoadedBackend>> = {
    native: () => loadNative(tf, folder ?? ''),
    wasm: () => loadWasm(tf),
  };
  if (choice === 'native' && folder === undefined) {
    const reason = 'it is not set up (npm run setup-engine)';
    return failed(problem('engine-unavailable', { engine: choice, reason }));
  }
  const auto: readonly Backend[] = folder === undefined ? ['wasm'] : ['native', 'wasm'];
  const names = choice === 'auto' ? auto : [choice];
  for (const name of names) {
    try {
      const loaded = await loaders[name]();
      rungs.push({ name, ok: true, reason: describe(loaded.info) });
      return fine({ tf, rungs, ...loaded });
    } catch (error) {
      const [reason = ''] = String(error instanceof Error ? error.message : error).split('\n');
      rungs.push({ name, ok: false, reason });
      if (choice !== 'auto') return failed(problem('engine-unavailable', { engine: name, reason }));
    }
  }
  await tf.setBackend('cpu');
  correctBackend(tf, 'cpu');
  const info: EngineInfo = {
    name: 'cpu',
    version: tf.version_core,
    device: 'CPU',
    mode: 'eager',
    threads: 1,
  };
  rungs.push({ name: 'cpu', ok: true, reason: describe(info) });
  return fine({ tf, info, rungs, uniform: createHashUniform(tf), crossEntropy: createCrossEntropy(tf) });
}

/**
 * TensorFlow.js itself, with its mistakes in training corrected. Always by `require`: its packages require one another,
 * and a copy that was imported as a module would be another TensorFlow.js, with other backends.
 */
export function loadTensorFlowJs(): TensorFlow {
  const tf = createRequire(import.meta.url)('@tensorflow/tfjs') as TensorFlow;
  correctTraining(tf);
  return tf;
}

const titles: Record<EngineName, string> = {
  native: 'TensorFlow',
  wasm: 'WebAssembly of TensorFlow.js',
  cpu: 'plain JavaScript of TensorFlow.js',
};

function describe({ name, version, device, threads }: EngineInfo): string {
  return `${titles[name]} ${version} on ${device}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
}
