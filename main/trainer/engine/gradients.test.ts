import type * as tfc from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it, vi } from 'vitest';

import { correctBackend } from './corrections/index.ts';
import { loadEngine, loadTensorFlowJs } from './index.ts';

type Layers = typeof tf.layers;
type Layer = tfl.layers.Layer;
type Node = tfl.SymbolicTensor;
/** What stands between the input and the output of a network. */
type Network = (input: Node) => Node;

const tf = loadTensorFlowJs();
const folder = process.env['CONVAS_TEST_ENGINE'];
const picture = [9, 8, 3];

const conv = (more: Partial<Parameters<Layers['conv2d']>[0]> = {}) =>
  tf.layers.conv2d({ filters: 4, kernelSize: 2, ...more });
const chain =
  (make: () => readonly Layer[]): Network =>
  (input) =>
    make().reduce((node, layer) => layer.apply(node) as Node, input);
const merge =
  (make: () => Layer): Network =>
  (input) => {
    const [a, b] = [conv().apply(input), conv().apply(input)];
    return make().apply([a, b, a] as Node[]) as Node;
  };

const activations = [
  ...(['relu', 'relu6', 'elu', 'selu', 'sigmoid', 'hardSigmoid', 'tanh'] as const),
  ...(['softmax', 'softplus', 'softsign', 'swish', 'gelu', 'linear'] as const),
];
const paddings = ['valid', 'same'] as const;
const pools = ['maxPooling2d', 'averagePooling2d'] as const;
const windows = [
  { poolSize: 2 },
  { poolSize: 3, strides: 2 },
  { poolSize: [3, 2], strides: [1, 2] },
  { poolSize: 2, strides: 3 },
] as { poolSize: number | [number, number]; strides?: number | [number, number] }[];
const kernels = [
  { kernelSize: 3 },
  { kernelSize: 1, strides: 2 },
  { kernelSize: [2, 3], strides: [2, 1] },
  { kernelSize: 2, strides: 3 },
  { kernelSize: 3, dilationRate: 2 },
  { kernelSize: [3, 2], dilationRate: [1, 3], activation: 'tanh' },
] as Parameters<typeof conv>[0][];

const networks: Record<string, Network> = {
  GlobalAveragePooling2D: chain(() => [conv(), tf.layers.globalAveragePooling2d({})]),
  'Dense on a picture': chain(() => [conv(), tf.layers.dense({ units: 3 })]),
  'two Dense': chain(() => [
    tf.layers.flatten(),
    tf.layers.dense({ units: 5, activation: 'relu' }),
    tf.layers.dense({ units: 3, activation: 'softmax' }),
  ]),
  'Conv2D over the whole picture': chain(() => [
    conv({ kernelSize: [9, 8], activation: 'tanh' }),
    conv({ kernelSize: 1 }),
  ]),
  'Conv2D over all that is left': chain(() => [conv(), conv({ kernelSize: [8, 7], strides: 2 })]),
  ZeroPadding2D: chain(() => [
    conv(),
    tf.layers.zeroPadding2d({
      padding: [
        [1, 2],
        [0, 3],
      ],
    }),
  ]),
  BatchNormalization: chain(() => [conv(), tf.layers.batchNormalization()]),
  'BatchNormalization without weights': chain(() => [
    conv(),
    tf.layers.batchNormalization({ center: false, scale: false }),
  ]),
  'BatchNormalization of a vector': chain(() => [tf.layers.flatten(), tf.layers.batchNormalization()]),
  Add: merge(() => tf.layers.add()),
  Concatenate: merge(() => tf.layers.concatenate()),
  'Concatenate of rows': merge(() => tf.layers.concatenate({ axis: 1 })),
};
for (const activation of activations) {
  networks[`Activation ${activation}`] = chain(() => [conv(), tf.layers.activation({ activation })]);
}
for (const padding of paddings) {
  for (const kernel of kernels) {
    networks[`Conv2D ${padding} ${JSON.stringify(kernel)}`] = chain(() => [
      conv(),
      conv({ ...kernel, padding }),
    ]);
  }
  for (const pool of pools) {
    for (const window of windows) {
      networks[`${pool} ${padding} ${JSON.stringify(window)}`] = chain(() => [
        conv(),
        tf.layers[pool]({ ...window, padding }),
      ]);
    }
  }
}

/** The loss of a training step, its gradients, and the moving averages after it. */
function trainOnce(network: Network): readonly Float32Array[] {
  const values = tf.tidy(() => {
    const input = tf.input({ shape: picture });
    const model = tf.model({ inputs: input, outputs: network(input) });
    for (const [index, weight] of model.weights.entries()) {
      // Around zero, so that windows without a positive number come up; a variance is never negative.
      const lowest = weight.name.includes('variance') ? 0.5 : -1;
      weight.write(tf.randomUniform(weight.shape as number[], lowest, 1, 'float32', index + 1));
    }
    const x = tf.randomUniform([3, ...picture], -1, 1, 'float32', 99);
    const variables = model.trainableWeights.map((weight) => weight.read() as tfc.Variable);
    const { value, grads } = tf.variableGrads(
      () => tf.mean(tf.square(tf.sub(model.apply(x, { training: true }) as tfc.Tensor, 0.3))),
      // A network without weights has its loss compared alone.
      variables.length > 0 ? variables : [tf.variable(tf.scalar(0))],
    );
    const after = model.nonTrainableWeights.map((weight) => weight.read());
    const all = [value, ...variables.map(({ name }) => grads[name]), ...after];
    return all.map((tensor) => tensor?.dataSync() as Float32Array);
  });
  tf.disposeVariables();
  return values;
}

const notSetUp = folder === undefined ? ' (skipped: not set up, npm run setup-engine)' : '';
const engines = [
  { name: 'wasm', backend: 'wasm', title: 'the wasm engine' },
  { name: 'native', backend: 'tensorflow', title: `the native engine${notSetUp}` },
] as const;

describe.each(engines)('$title', ({ name, backend }) => {
  const skip = name === 'native' && folder === undefined;

  beforeAll(async () => {
    if (skip) return;
    // It says how slow it is.
    vi.spyOn(console, 'warn').mockReturnValue(undefined);
    correctBackend(tf, 'cpu');
    expect(await loadEngine({ choice: name, folder })).toMatchObject({ ok: true });
  });

  it.skipIf(skip).each(Object.keys(networks))('trains %s as plain JavaScript does', async (title) => {
    const network = networks[title]!;
    await tf.setBackend('cpu');
    const expected = trainOnce(network);
    await tf.setBackend(backend);
    const { numTensors, numDataBuffers } = tf.memory();
    const actual = trainOnce(network);

    expect(actual.length).toBe(expected.length);
    for (const [index, values] of expected.entries()) {
      const largest = Math.max(1e-3, ...values.map(Math.abs));
      const differences = values.map((value, at) => Math.abs(value - (actual[index]?.[at] ?? NaN)));
      expect(Math.max(...differences) / largest).toBeLessThan(1e-3);
    }
    expect(tf.memory()).toMatchObject({ numTensors, numDataBuffers });
  });
});
