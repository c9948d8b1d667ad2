import { createRequire } from 'node:module';

import { loadEngine } from '../main/trainer/engine/index.ts';

// `matmul.js ENGINE_FOLDER`: how many floating-point operations a second the machine does in the product of two
// matrices of 2048×2048 in float32, which is as fast as it gets. Prints `{ "flops": … }`, the median of its products.

const side = 2048;
const warmUps = 3;
const seconds = 1.5;

const loaded = await loadEngine({ choice: 'native', folder: process.argv[2] });
if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join('\n'));
const { tf, native: backend } = loaded.value;
if (backend === undefined) throw new Error('TensorFlow is not the engine.');
const { createTensorsTypeOpAttr } = createRequire(import.meta.url)(
  '@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend',
) as typeof import('@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend');
const { TF_ATTR_BOOL } = backend.binding;
const attributes = [
  createTensorsTypeOpAttr('T', 'float32'),
  { name: 'transpose_a', type: TF_ATTR_BOOL, value: false },
  { name: 'transpose_b', type: TF_ATTR_BOOL, value: false },
];
const [a, b] = [tf.randomUniform([side, side]), tf.randomUniform([side, side])];

/** Seconds of one product. One number is read, so that it has been computed also where a GPU does it. */
function multiply(): number {
  const startedAt = performance.now();
  tf.tidy(() => {
    backend?.executeSingleOutput('MatMul', attributes, [a, b]).slice([0, 0], [1, 1]).dataSync();
  });
  return (performance.now() - startedAt) / 1000;
}

for (let at = 0; at < warmUps; at += 1) multiply();
const times: number[] = [];
while (times.reduce((sum, time) => sum + time, 0) < seconds) times.push(multiply());
times.sort((left, right) => left - right);
console.log(JSON.stringify({ flops: (2 * side ** 3) / (times[Math.floor(times.length / 2)] ?? NaN) }));
process.exit(0);
