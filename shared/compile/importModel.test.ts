import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';

import { parseDocument, serializeDocument, type Document, type DocumentNode } from '../document.ts';
import { analyze } from '../graph/analyze.ts';
import { columnWidth } from '../graph/edit.ts';
import { templates } from '../templates/index.ts';
import { from, graph, layer } from '../testing/models.ts';
import { network } from '../testing/networks.ts';
import { compileDocument } from './compile.ts';
import { importModel, type ImportedModel } from './importModel.ts';
import { checkWeightsManifest } from './weightsManifest.ts';

beforeAll(async () => {
  tf.env().set('IS_TEST', true);
  await tf.setBackend('cpu');
});

/** A model.json's content, through text as a file is. */
const fileOf = (model: tf.LayersModel): { modelTopology: unknown } => ({
  modelTopology: JSON.parse(JSON.stringify(model.toJSON(null, false))) as unknown,
});

function read(data: unknown): ImportedModel {
  const result = importModel(data);
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join('\n'));
  const text = serializeDocument(result.value.document);
  expect(parseDocument(text)).toEqual({ ok: true, value: result.value.document });
  return result.value;
}

const kinds = ({ nodes }: Document) => nodes.map(({ id, kind }) => `${id} ${kind}`);
const edges = (document: Document) => document.edges.map(({ source, target }) => `${source} > ${target}`);
const asList = (document: Document) =>
  [...analyze(document).layers.values()].map(
    ({ id, kind, inputIds, outputShape, weights, params, macs, receptiveField }) => ({
      id,
      kind,
      inputIds,
      outputShape,
      weights,
      params,
      macs,
      receptiveField,
    }),
  );

describe('a model that was written from a drawing', () => {
  it.each(templates)('of $id is the same network again', ({ params, document }) => {
    // The weights of some would fill half a gigabyte: all their layers with fewer of them.
    const fewer = (node: DocumentNode, name: string) => {
      const count = node.params[name];
      return typeof count === 'number' ? { [name]: Math.ceil(count / 16) } : {};
    };
    const light: Document = {
      ...document,
      nodes: document.nodes.map((node) =>
        params < 5e6
          ? node
          : { ...node, params: { ...node.params, ...fewer(node, 'filters'), ...fewer(node, 'units') } },
      ),
    };
    const model = compileDocument(tf, light, analyze(light));
    const { document: again, notes } = read(fileOf(model));
    model.dispose();
    const byId = (list: ReturnType<typeof asList>) => [...list].sort((a, b) => (a.id < b.id ? -1 : 1));
    expect(analyze(again)).toMatchObject({ problems: [], totals: analyze(light).totals });
    // A padding of so many rows and columns is a layer of its own in model.json.
    if (light.nodes.some((node) => typeof node.params['padding'] === 'number')) return;
    expect(byId(asList(again))).toEqual(byId(asList(light)));
    expect(new Map(again.nodes.map((node) => [node.id, node.params]))).toEqual(
      new Map(light.nodes.map((node) => [node.id, node.params])),
    );
    expect(again.dataset).toEqual(light.dataset);
    expect(notes).toEqual([]);
  });

  it('is laid out in columns, each layer right of its inputs and none upon another', () => {
    const document = network(
      [
        ['in', 'Input', { shape: [28, 28, 1] }],
        ['a', 'Conv2D', { filters: 2, kernelSize: 3, padding: 'same' }],
        ['b', 'Conv2D', { filters: 2, kernelSize: 1 }],
        ['sum', 'Add'],
      ],
      ['in > a', 'in > b', 'a > sum:0', 'b > sum:1'],
    );
    const { nodes } = read(fileOf(compileDocument(tf, document, analyze(document)))).document;
    const places = Object.fromEntries(
      nodes.map(({ id, position: { x, y } }) => [id, [x / columnWidth, y / 220]]),
    );
    expect(places).toEqual({ in: [0, 0], a: [1, 0], b: [1, 1], sum: [2, 0] });
  });
});

describe('a Sequential model', () => {
  it('gets an Input from the shape that its first layer says', () => {
    const model = tf.sequential({
      layers: [
        tf.layers.conv2d({ name: 'first', filters: 4, kernelSize: 3, batchInputShape: [null, 28, 28, 1] }),
        tf.layers.maxPooling2d({ name: 'second', poolSize: [2, 2] }),
        tf.layers.flatten({ name: 'third' }),
        tf.layers.dense({ name: 'fourth', units: 10, activation: 'softmax' }),
      ],
    });
    const { document } = read(fileOf(model));
    expect(kinds(document)).toEqual([
      'input_1 Input',
      'first Conv2D',
      'second MaxPooling2D',
      'third Flatten',
      'fourth Dense',
    ]);
    expect(edges(document)).toEqual([
      'input_1 > first',
      'first > second',
      'second > third',
      'third > fourth',
    ]);
    const { problems, totals } = analyze(document);
    expect(problems).toEqual([]);
    expect(totals.params.trainable).toBe(model.countParams());
    expect(document.dataset).toEqual({ kind: 'mnist' });
  });

  it('may begin with an InputLayer, and leave its layers without good names', () => {
    const model = tf.sequential({
      layers: [
        tf.layers.inputLayer({ inputShape: [6], name: '1' }),
        tf.layers.dense({ units: 3, name: 'block/dense' }),
        tf.layers.dense({ units: 2, name: 'dense/2' }),
      ],
    });
    const { document } = read(fileOf(model));
    expect(kinds(document)).toEqual(['input_1 Input', 'dense_1 Dense', 'dense_2 Dense']);
    expect(edges(document)).toEqual(['input_1 > dense_1', 'dense_1 > dense_2']);
    expect(document.dataset).toBeNull();
  });

  it('says once what it cannot keep of its first layer', () => {
    const config = { name: 'first', units: 2, batch_input_shape: [null, 4], activity_regularizer: 'l1l2' };
    const layers = [{ class_name: 'Dense', config }];
    const result = importModel({ modelTopology: { class_name: 'Sequential', config: { layers } } });
    expect(result).toMatchObject({
      ok: false,
      problems: [{ code: 'invalid-param', nodeId: 'first', expected: 'null' }],
    });
    expect(result.ok ? [] : result.problems).toHaveLength(1);
  });

  it('of the oldest form is a list of layers', () => {
    const config = { name: 'd', units: 2, batch_input_shape: [null, 3] };
    const file = {
      modelTopology: {
        model_config: { class_name: 'Sequential', config: [{ class_name: 'Dense', config }] },
      },
    };
    expect(kinds(read(file).document)).toEqual(['input_1 Input', 'd Dense']);
  });
});

describe('a model that Keras wrote', () => {
  it('names activations in snake case, and has none where none is said', () => {
    const { document } = read(
      graph(
        layer('a', 'Conv2D', { filters: 1, kernel_size: [3, 3], activation: 'hard_sigmoid' }, from('in')),
        layer('b', 'Activation', { activation: 'relu6' }, from('a')),
        layer('c', 'Dense', { units: 2, activation: null, dtype: 'float32', seed: 3 }, from('b')),
      ),
    );
    expect(document.nodes.map(({ params }) => params['activation'])).toEqual([
      undefined,
      'hardSigmoid',
      'relu6',
      undefined,
    ]);
    expect(document.name).toBe('net');
  });

  it('of version 3 may say silu, which is swish here', () => {
    const silu = layer('a', 'Activation', { activation: 'silu' }, from('in'));
    expect(read(graph(silu)).document.nodes[1]?.params).toEqual({ activation: 'swish' });
  });

  it('of version 3 means another function by hard_sigmoid, which is refused however the version shows', () => {
    const file = (input: object, inbound: unknown) => ({
      class_name: 'Functional',
      config: {
        layers: [
          layer('in', 'InputLayer', input),
          layer('a', 'Dense', { units: 2, activation: 'hard_sigmoid' }, inbound),
        ],
      },
    });
    const old = file({ batch_input_shape: [null, 4] }, [['in', 0, 0, {}]]);
    const tensor = { config: { keras_history: ['in', 0, 0] } };
    const codes = (modelTopology: unknown) => {
      const result = importModel({ modelTopology });
      return result.ok ? result.value.notes.map(({ code }) => code) : result.problems.map(({ code }) => code);
    };
    expect(codes(old)).toEqual([]);
    expect(codes({ keras_version: '2.15.0', model_config: old })).toEqual([]);
    expect(codes({ keras_version: '3.3.3', model_config: old })).toEqual(['other-hard-sigmoid']);
    expect(codes(file({ batch_shape: [null, 4] }, [['in', 0, 0, {}]]))).toEqual(['other-hard-sigmoid']);
    expect(codes(file({ batch_input_shape: [null, 4] }, { args: [tensor] }))).toEqual(['other-hard-sigmoid']);
  });

  it('blends pixels from their centres, as TensorFlow.js does not', () => {
    const enlarging = (version: string, interpolation: string) =>
      importModel({
        modelTopology: {
          keras_version: version,
          model_config: graph(layer('up', 'UpSampling2D', { size: [2, 2], interpolation }, from('in')))
            .modelTopology,
        },
      });
    const told = { ok: true, value: { notes: [{ code: 'bilinear-from-corners', severity: 'warning' }] } };
    expect(enlarging('3.5.0', 'bilinear')).toMatchObject(told);
    expect(enlarging('2.15.0', 'bilinear')).toMatchObject(told);
    expect(enlarging('3.5.0', 'nearest')).toMatchObject({ ok: true, value: { notes: [] } });
    expect(enlarging('tfjs-layers 4.22.0', 'bilinear')).toMatchObject({ ok: true, value: { notes: [] } });
  });

  it('long ago may say the axis of BatchNormalization as a list of one', () => {
    const norm = (axis: unknown) => graph(layer('a', 'BatchNormalization', { axis }, from('in')));
    expect(read(norm([3])).document.nodes[1]?.params).toEqual({ axis: 3 });
    expect(importModel(norm([1, 3]))).toMatchObject({ problems: [{ code: 'invalid-param', param: 'axis' }] });
  });

  it('keeps the names that can be ids, and makes up others beside them', () => {
    const { document } = read(
      graph(
        layer('a/b', 'Flatten', {}, from('in')),
        layer('flatten_1', 'Flatten', {}, from('a/b')),
        layer('', 'Flatten', {}, from('flatten_1')),
      ),
    );
    expect(kinds(document)).toEqual([
      'in Input',
      'flatten_2 Flatten',
      'flatten_1 Flatten',
      'flatten_3 Flatten',
    ]);
    expect(edges(document)).toEqual(['in > flatten_2', 'flatten_2 > flatten_1', 'flatten_1 > flatten_3']);
  });

  it('says its wiring in the way of Keras 3', () => {
    const tensor = (name: string) => ({
      class_name: '__keras_tensor__',
      config: { shape: [null, 6, 6, 2], keras_history: [name, 0, 0] },
    });
    const { document } = read({
      modelTopology: {
        class_name: 'Functional',
        config: {
          layers: [
            layer('in', 'InputLayer', { batch_shape: [null, 6, 6, 2] }),
            layer('a', 'Dropout', { rate: 0.5 }, { args: [tensor('in')], kwargs: { training: false } }),
            layer('b', 'Concatenate', { axis: -1 }, { args: [[tensor('in'), tensor('a')]], kwargs: {} }),
          ],
        },
      },
    });
    expect(edges(document)).toEqual(['in > a', 'in > b', 'a > b']);
    expect(analyze(document).layers.get('b')?.outputShape).toEqual([6, 6, 4]);
  });

  it('leaves its weights, and says so', () => {
    const weightsManifest = [
      { paths: ['group1-shard1of1.bin'], weights: [{ name: 'a/kernel', shape: [2, 3], dtype: 'float32' }] },
    ];
    const { weights, notes } = read({ ...graph(), weightsManifest });
    expect(weights).toEqual([{ paths: ['group1-shard1of1.bin'], bytes: 24 }]);
    expect(notes).toMatchObject([{ code: 'weights-left-out', severity: 'warning' }]);
  });

  it('may keep layers from being trained, which those that learn anything do here too', () => {
    const frozen = { trainable: false };
    const file = graph(
      layer('a', 'Conv2D', { filters: 1, kernel_size: [3, 3], ...frozen }, from('in')),
      layer('b', 'Flatten', frozen, from('a')),
      layer('c', 'Dense', { units: 3, trainable: true }, from('b')),
    );
    const { document, notes } = read(file);
    expect(document.nodes.map(({ id, trainable }) => [id, trainable])).toEqual([
      ['in', undefined],
      ['a', false],
      ['b', undefined],
      ['c', undefined],
    ]);
    expect(notes).toEqual([]);
  });

  it.each([
    [
      [
        ['a', 0, 0],
        ['c', 0, 0],
      ],
      ['a', 'c'],
    ],
    [{ first: ['a', 0, 0], second: ['c', 0, 0] }, ['a', 'c']],
    [[['c', 0, 0]], []],
    [['c', 0, 0], []],
    ['c', []],
  ])('may give out what a layer on the way computes: %j', (outputs, marked) => {
    const { modelTopology } = graph(
      layer('a', 'Flatten', {}, from('in')),
      layer('c', 'Dense', { units: 3 }, from('a')),
    );
    const { document, notes } = read({
      modelTopology: { ...modelTopology, config: { ...modelTopology.config, output_layers: outputs } },
    });
    expect(notes).toEqual([]);
    expect(document.nodes.filter(({ output }) => output === true).map(({ id }) => id)).toEqual(marked);
    expect(analyze(document).outputIds).toEqual(marked.length > 0 ? marked : ['c']);
  });

  it('may compute with other numbers than here, which is said', () => {
    const policy = { module: 'keras', class_name: 'DTypePolicy', config: { name: 'mixed_float16' } };
    const plain = { ...policy, config: { name: 'float32' } };
    const file = graph(
      layer('a', 'Flatten', { dtype: 'float16' }, from('in')),
      layer('b', 'Flatten', { dtype: policy }, from('a')),
      layer('c', 'Flatten', { dtype: plain }, from('b')),
      layer('d', 'Flatten', { dtype: 'float32' }, from('c')),
    );
    const { notes } = read(file);
    expect(notes).toMatchObject([{ code: 'types-left-out', severity: 'warning' }]);
    expect(notes[0]?.message).toContain('computes a, b with float16, mixed_float16;');
  });

  it.each([
    [
      { dtype: 'float32', quantization: { dtype: 'uint8', min: -1, scale: 0.01 } },
      'quantized-weights',
      'uint8',
    ],
    [{ dtype: 'float32', quantization: { dtype: 'float16' } }, 'quantized-weights', 'float16'],
    [{ dtype: 'float16' }, 'weights-of-other-type', 'float16'],
  ])('says that it cannot read weights such as %j, and takes the network', (how, code, word) => {
    const weightsManifest = [{ paths: ['a.bin'], weights: [{ name: 'a/kernel', shape: [2, 3], ...how }] }];
    const { weights, notes } = read({ ...graph(), weightsManifest });
    expect(weights).toEqual([]);
    expect(notes).toMatchObject([
      { code, severity: 'warning' },
      { code: 'weights-left-out', severity: 'warning' },
    ]);
    expect(notes[0]?.message).toContain(word);
    expect(checkWeightsManifest(weightsManifest)).toMatchObject({ problems: [{ code, severity: 'error' }] });
  });

  it('keeps ends that it does not name as outputs, which the analysis asks about', () => {
    const { document } = read(
      graph(layer('a', 'Flatten', {}, from('in')), layer('b', 'Dropout', { rate: 0 }, from('in'))),
    );
    expect(analyze(document).problems).toMatchObject([{ code: 'several-outputs' }]);
  });
});
