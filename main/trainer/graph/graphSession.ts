import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type * as tfc from '@tensorflow/tfjs-core';
import type { NodeJSKernelBackend } from '@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend';

type Numbers = Float32Array | Int32Array | Uint8Array;

/** Numbers for a placeholder. */
export interface Given {
  readonly name: string;
  readonly dtype: 'float32' | 'int32' | 'uint8';
  readonly shape: readonly number[];
  readonly values: Numbers;
}

/** A graph that TensorFlow holds, with its variables. */
export interface GraphSession {
  /** A run; gives the numbers of what is fetched. */
  run(given: readonly Given[], fetches: readonly string[]): readonly Numbers[];
  /** A run whose numbers are shown one after another, so that they need not all be held at once. */
  visit(
    given: readonly Given[],
    fetches: readonly string[],
    visit: (at: number, numbers: Numbers) => void,
  ): void;
  /** A run that takes and gives tensors, which are shared, not copied. Those it gives are the caller's to dispose. */
  runTensors(
    names: readonly string[],
    tensors: readonly tfc.Tensor[],
    fetches: readonly string[],
  ): tfc.Tensor[];
  dispose(): void;
}

/** Hands a SavedModel to TensorFlow, which takes it as a folder. */
export function openGraph(backend: NodeJSKernelBackend, savedModel: Uint8Array, tag: string): GraphSession {
  const { binding } = backend;
  const types = { float32: binding.TF_FLOAT, int32: binding.TF_INT32, uint8: binding.TF_UINT8 };
  const folder = mkdtempSync(join(tmpdir(), 'convas-graph-'));
  let id: number;
  try {
    writeFileSync(join(folder, 'saved_model.pb'), savedModel);
    id = backend.loadSavedModelMetaGraph(folder, tag);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const visit: GraphSession['visit'] = (given, fetches, show) => {
    // By the binding itself: tensors of TensorFlow.js in between would be made and forgotten at every step.
    const tensors = given.map(({ dtype, shape, values }) =>
      binding.createTensor([...shape], types[dtype], values),
    );
    try {
      const names = given.map(({ name }) => name).join(',');
      const results = binding.runSavedModel(id, tensors, names, fetches.join(','));
      for (const [at, result] of results.entries()) {
        const values = binding.tensorDataSync(result.id);
        binding.deleteTensor(result.id);
        show(at, values);
      }
    } finally {
      for (const tensor of tensors) binding.deleteTensor(tensor);
    }
  };
  return {
    visit,
    run(given, fetches) {
      const all: Numbers[] = [];
      visit(given, fetches, (_at, values) => all.push(values));
      return all;
    },
    runTensors(names, tensors, fetches) {
      const infos = names.map((name) => ({
        name,
        shape: [],
        dtype: 'float32' as const,
        tfDtype: 'DT_FLOAT',
      }));
      return backend.runSavedModel(id, [...tensors], infos, [...fetches]);
    },
    dispose() {
      backend.deleteSavedModel(id);
    },
  };
}
