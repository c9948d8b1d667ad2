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
const weights = (weight: object, paths: readonly string[] = ['group1-shard1of1.bin']) =>
  model([flatten, dense()], {
    weightsManifest: [{ paths, weights: [{ name: 'end/bias', shape: [2], dtype: 'float32', ...weight }] }],
  });

/** Problems of a model.json: what is refused, and warnings that say what was left behind. */
export const modelExamples = {
  'not-a-layers-model': {
    cause: 'A model.json holds a graph of operations instead of layers.',
    type: 'model',
    model: { modelTopology: { node: [] } },
  },
  'shared-layer': {
    cause: 'A model.json uses one layer in two places.',
    type: 'model',
    model: model([flatten, layer('end', 'Dense', { units: 2 }, from('flat'), from('flat'))]),
  },
  'other-hard-sigmoid': {
    cause: 'A model.json of Keras 3 uses hard_sigmoid, which is another function there.',
    type: 'model',
    model: keras3(model([flatten, dense({ activation: 'hard_sigmoid' })])),
  },
  'weights-left-out': {
    cause: 'A model.json has weights; its network alone is opened.',
    type: 'model',
    model: weights({}),
  },
  'frozen-left-out': {
    cause: 'A model.json keeps weights from being trained.',
    type: 'model',
    model: model([flatten, dense({ trainable: false })]),
  },
  'outputs-left-out': {
    cause: 'A model.json gives out what a layer in its middle computes.',
    type: 'model',
    model: model(
      [flatten, dense()],
      {},
      {
        output_layers: [
          ['flat', 0, 0],
          ['end', 0, 0],
        ],
      },
    ),
  },
  'types-left-out': {
    cause: 'A model.json computes with other numbers than 32-bit ones.',
    type: 'model',
    model: model([flatten, dense({ dtype: 'float16' })]),
  },
  'invalid-weights-manifest': {
    cause: 'The list of weights in a model.json is not as TensorFlow.js writes it.',
    type: 'model',
    model: model([flatten, dense()], { weightsManifest: [{ paths: 'weights.bin' }] }),
  },
  'unsafe-weights-path': {
    cause: 'A model.json wants its weights read from somewhere else than beside it.',
    type: 'model',
    model: weights({}, ['../../secrets.bin']),
  },
  'weights-too-large': {
    cause: 'A weight of a model.json is larger than any file.',
    type: 'model',
    model: weights({ shape: [1e9, 1e9] }),
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
