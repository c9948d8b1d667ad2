import { createCrossEntropy } from '../engine/crossEntropy.ts';
import { loadEngine, loadTensorFlowJs, type Engine } from '../engine/index.ts';
import { createHashUniform } from '../engine/random.ts';

/** TensorFlow's folder, where it is set up: tests that need it skip themselves elsewhere. */
export const engineFolder = process.env['CONVAS_TEST_ENGINE'];

/** TensorFlow itself. */
export async function nativeEngine(): Promise<Engine> {
  const loaded = await loadEngine({ choice: 'native', folder: engineFolder });
  if (!loaded.ok) throw new Error(loaded.problems[0]?.message);
  return loaded.value;
}

/** Plain JavaScript, which is everywhere; its backend is the test's to set. */
export function plainEngine(): Engine {
  const tf = loadTensorFlowJs();
  return {
    tf,
    info: { name: 'cpu', version: '0', device: 'CPU', mode: 'eager', threads: 1 },
    rungs: [],
    uniform: createHashUniform(tf),
    crossEntropy: createCrossEntropy(tf),
  };
}
