import type { ProblemExample } from './example.ts';

const layer = (name: string, kind: string, config: object, ...inbound: unknown[]) => ({
  name,
  class_name: kind,
  config: { name, ...config },
  inbound_nodes: inbound,
});
const from = (...names: readonly string[]) => names.map((name) => [name, 0, 0, {}]);
const input = layer('in', 'InputLayer', { batch_input_shape: [null, 6, 6, 2] });
const model = (layers: readonly object[], more: object = {}, config: object = {}) => ({
  modelTopology: { class_name: 'Functional', config: { name: 'net', layers: [input, ...layers], ...config } },
  ...more,
});
const keras3 = ({ modelTopology, ...more }: ReturnType<typeof model>) => ({
  modelTopology: { keras_version: '3.5.0', ...modelTopology },
  ...more,
});
const flatten = layer('flat', 'Flatten', {}, from('in'));
const dense = (config: object = {}) => layer('end', 'Dense', { units: 2, ...config }, from('flat'));
const manifest = (weight: object, paths: readonly string[] = ['group1-shard1of1.bin']) => [
  { paths, weights: [{ name: 'end/bias', shape: [2], dtype: 'float32', ...weight }] },
];
const weights = (weight: object, paths: readonly string[] = ['group1-shard1of1.bin']) =>
  model([flatten, dense()], {
    weightsManifest: [{ paths, weights: [{ name: 'end/bias', shape: [2], dtype: 'float32', ...weight }] }],
  });

/** Problems of a model.json: what is refused, and warnings that say what was left behind. */
export const modelExamples = {
  'not-a-layers-model': {
    cause: 'A model.json holds a class of its own instead of a chain or graph of layers.',
    type: 'model',
    model: { modelTopology: { class_name: 'MyModel', config: {} } },
  },
  'graph-model': {
    cause: 'A model.json holds a graph of operations instead of layers.',
    type: 'model',
    model: { modelTopology: { node: [], library: {}, versions: {} } },
  },
  'weights-alone': {
    cause: 'A model.json holds weights and no network.',
    type: 'model',
    model: { modelTopology: null, weightsManifest: [] },
  },
  'keras-1': {
    cause: 'Keras 1 wrote the network.',
    type: 'model',
    model: model([layer('a', 'Convolution2D', { nb_filter: 2 }, from('in'))]),
  },
  'model-channels-first': {
    cause: 'A network takes its images with the channels first.',
    type: 'model',
    model: model([
      layer('a', 'Conv2D', { filters: 2, kernel_size: [3, 3], data_format: 'channels_first' }, from('in')),
    ]),
  },
  'normalization-not-read': {
    cause: 'A Normalization keeps its mean and variance among the weights.',
    type: 'model',
    model: model([layer('a', 'Normalization', { axis: [-1], mean: null, variance: null }, from('in'))]),
  },
  'other-backward-layer': {
    cause: 'A Bidirectional reads backwards with another layer than forwards.',
    type: 'model',
    model: {
      class_name: 'Sequential',
      config: [
        {
          class_name: 'Bidirectional',
          config: {
            name: 'both',
            batch_input_shape: [null, 5, 2],
            layer: { class_name: 'LSTM', config: { units: 3 } },
            backward_layer: { class_name: 'LSTM', config: { units: 2, go_backwards: true } },
          },
        },
      ],
    },
  },
  'layers-left-out': {
    cause: 'A network changes its images at random while it trains.',
    type: 'model',
    model: model([layer('a', 'RandomFlip', {}, from('in')), layer('b', 'Flatten', {}, from('a'))]),
  },
  'other-hard-sigmoid': {
    cause: 'A model.json of Keras 3 uses hard_sigmoid, which is another function there.',
    type: 'model',
    model: keras3(model([flatten, dense({ activation: 'hard_sigmoid' })])),
  },
  'bilinear-from-corners': {
    cause: 'A model.json of Keras enlarges pictures by blending their pixels.',
    type: 'model',
    model: keras3(
      model([layer('up', 'UpSampling2D', { size: [2, 2], interpolation: 'bilinear' }, from('in'))]),
    ),
  },
  'weights-left-out': {
    cause: 'A model.json has weights; its network alone is opened.',
    type: 'model',
    model: weights({}),
  },
  'setting-left-out': {
    cause: 'A model.json says something of a layer that Convas does not have.',
    type: 'model',
    model: model([flatten, dense({ temperature: 2 })]),
  },
  'gru-resets-after': {
    cause: 'A model.json of Keras holds its usual GRU, which TensorFlow.js does not have.',
    type: 'model',
    model: keras3(
      model([
        layer('rows', 'Reshape', { target_shape: [6, 12] }, from('in')),
        layer('gru', 'GRU', { units: 2, reset_after: true }, from('rows')),
      ]),
    ),
  },
  'types-left-out': {
    cause: 'A model.json computes with other numbers than 32-bit ones.',
    type: 'model',
    model: model([flatten, dense({ dtype: 'float16' })]),
  },
  'open-sides-filled': {
    cause: 'A model.json takes inputs of any size; here an Input has one.',
    type: 'model',
    model: {
      modelTopology: {
        class_name: 'Sequential',
        config: [
          { class_name: 'InputLayer', config: { batch_input_shape: [null, null, null, 1], name: 'in' } },
          { class_name: 'GlobalAveragePooling2D', config: { name: 'mean' } },
        ],
      },
    },
  },
  'invalid-weights-manifest': {
    cause: 'The list of weights in a model.json is not as TensorFlow.js writes it.',
    type: 'weights',
    manifest: [{ paths: 'weights.bin' }],
  },
  'unsafe-weights-path': {
    cause: 'A model.json wants its weights read from somewhere else than beside it.',
    type: 'weights',
    manifest: manifest({}, ['../../secrets.bin']),
  },
  'weights-too-large': {
    cause: 'A weight of a model.json is larger than any file.',
    type: 'weights',
    manifest: manifest({ shape: [1e9, 1e9] }),
  },
  'weights-of-other-type': {
    cause: 'A model.json keeps weights as numbers that are not read.',
    type: 'model',
    model: weights({ dtype: 'complex64' }),
  },
  'quantized-weights': {
    cause: 'The weights of a model.json were made smaller by quantisation.',
    type: 'model',
    model: weights({ quantization: { dtype: 'uint8', scale: 0.1, min: -1 } }),
  },
} satisfies Readonly<Record<string, ProblemExample>>;
