import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parseDocument, serializeDocument, type Document } from '../document.ts';
import { from, graph, input, layer } from '../testing/models.ts';
import { importModel, isModel } from './importModel.ts';
import { checkWeightsManifest } from './weightsManifest.ts';

/** Milliseconds for a test of many runs on a busy machine. */
const slow = 60_000;

/** The document of a file that is accepted, after making sure that it can be saved. */
function read(data: unknown): Document {
  const result = importModel(data);
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join('\n'));
  const text = serializeDocument(result.value.document);
  expect(parseDocument(text)).toEqual({ ok: true, value: result.value.document });
  return result.value.document;
}

/** What is wrong with a file: each with a sentence of sane length. */
function refusal(data: unknown): readonly string[] {
  const result = importModel(data);
  if (result.ok) return [];
  expect(result.problems).not.toEqual([]);
  for (const { message } of result.problems) {
    expect(message.length).toBeLessThan(1500);
    expect(message).not.toMatch(/\{\{\w+\}\}|\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u);
  }
  return result.problems.map(({ code }) => code);
}

const conv = { filters: 2, kernel_size: [3, 3] };
const inner = { name: 'inner', layers: [], input_layers: [], output_layers: [] };
/** A model that uses a smaller one of its kind eight times. */
function doubling(times: number): object {
  const x = { ...input, name: 'x', config: { name: 'x', batch_input_shape: [null, 6, 6, 2] } };
  const half = times === 0 ? undefined : doubling(times - 1);
  const body =
    half === undefined
      ? [layer('y', 'Flatten', {}, from('x'))]
      : [
          layer('h', 'Functional', half, ...Array<unknown>(8).fill(from('x'))),
          layer('y', 'Flatten', {}, from('h')),
        ];
  return { name: 'm', layers: [x, ...body], input_layers: [['x', 0, 0]], output_layers: [['y', 0, 0]] };
}
const deep = (levels: number): object => ({
  name: 'm',
  layers: levels === 0 ? [] : [{ class_name: 'Sequential', config: deep(levels - 1) }],
});
const echo = {
  name: 'echo',
  layers: [{ ...input, name: 'x' }],
  input_layers: [['x', 0, 0]],
  output_layers: [['x', 0, 0]],
};
const many = (count: number) => Array.from({ length: count }, () => ['in', 0, 0, {}]);

describe('refuses, with a problem,', () => {
  it.each<readonly [what: string, data: unknown, codes: readonly string[]]>([
    [
      'an edge from a nested model that gives nothing',
      graph(layer('a', 'Functional', inner, from('in')), layer('b', 'Flatten', {}, from('a'))),
      ['dangling-edge'],
    ],
    [
      'models within models that are more each time',
      graph(layer('a', 'Functional', doubling(8), from('in')), layer('b', 'Flatten', {}, from('a'))),
      ['too-many'],
    ],
    [
      'models within models without end',
      graph(layer('a', 'Sequential', deep(40), from('in'))),
      ['nested-too-deep'],
    ],
    [
      'a model that gives what it is given, which is what it gives',
      graph(
        layer('a', 'Functional', echo, from('b')),
        layer('b', 'Functional', echo, from('a')),
        layer('c', 'Flatten', {}, from('a')),
      ),
      ['dangling-edge'],
    ],
    ['a missing parameter', graph(layer('a', 'Conv2D', { filters: 2 }, from('in'))), ['missing-param']],
    ['a parameter out of range', graph(layer('a', 'Dropout', { rate: 1 }, from('in'))), ['invalid-param']],
    [
      'an activation of its own',
      graph(layer('a', 'Activation', { activation: { class_name: 'Mine' } }, from('in'))),
      ['invalid-param'],
    ],
    [
      'channels first',
      graph(layer('a', 'Conv2D', { ...conv, data_format: 'channels_first' }, from('in'))),
      ['model-channels-first'],
    ],
    ['groups', graph(layer('a', 'Conv2D', { ...conv, groups: 2 }, from('in'))), ['invalid-param']],
    [
      'a pooling that keeps its axes by a number',
      graph(layer('a', 'GlobalAveragePooling2D', { keepdims: 1 }, from('in'))),
      ['invalid-param'],
    ],
    [
      'a constraint',
      graph(layer('a', 'BatchNormalization', { gamma_constraint: {} }, from('in'))),
      ['invalid-param'],
    ],
    ['an input without a shape', graph(layer('x', 'InputLayer', {})), ['missing-param']],
    ['an edge from nowhere', graph(layer('a', 'Flatten', {}, from('gone'))), ['dangling-edge']],
    ['one edge twice', graph(layer('a', 'Flatten', {}, from('in', 'in'))), ['duplicate-edge']],
    [
      'a name that is an object',
      graph(layer('a', 'Flatten', {}, [[{ toString: 1, valueOf: 1 }]])),
      ['dangling-edge'],
    ],
    [
      'a history that is an object',
      graph(layer('a', 'Flatten', {}, { args: [{ config: { keras_history: [{ toString: 1 }] } }] })),
      ['dangling-edge'],
    ],
    ['more edges than a project may have', graph(layer('a', 'Add', {}, many(60_000))), ['too-many']],
    [
      'more edges than a project may have, as Keras 3 says them',
      graph(
        layer(
          'a',
          'Add',
          {},
          { args: [many(60_000).map((history) => ({ config: { keras_history: history } }))] },
        ),
      ),
      ['too-many'],
    ],
    [
      'more edges from nowhere',
      graph(layer('a', 'Add', {}, Array(300_000).fill(['gone', 0, 0]))),
      ['too-many'],
    ],
    [
      'more uses of a layer than can be looked at',
      graph(layer('a', 'Flatten', {}, ...Array<unknown>(60_000).fill(from('in')))),
      ['too-many'],
    ],
    [
      'a name that reverses the text',
      graph(layer('a', '\u202eDense\u0007', {}, from('\u202e'.repeat(9)))),
      ['dangling-edge'],
    ],
    ['nothing', null, ['not-a-project']],
    ['a list', [], ['not-a-project']],
    ['a topology of nothing', { modelTopology: null }, ['weights-alone']],
    ['a topology of a word', { modelTopology: 'Sequential' }, ['not-a-layers-model']],
    ['a graph model', { modelTopology: { node: [] } }, ['graph-model']],
    ['a graph model that says so', { format: 'graph-model', modelTopology: {} }, ['graph-model']],
    ['a frozen graph', { node: [], versions: {} }, ['graph-model']],
    ['a list of weights', [{ paths: ['a.bin'], weights: [] }], ['weights-alone']],
    [
      'a class of its own',
      { modelTopology: { class_name: 'MyModel', config: { layers: [] } } },
      ['not-a-layers-model'],
    ],
    ['a prototype', { modelTopology: JSON.parse('{"__proto__": {"x": 1}}') as unknown }, ['forbidden-key']],
  ])('%s', (_what, data, codes) => {
    expect(refusal(data)).toEqual(codes);
  });
});

describe('opens, and leaves the weights, with', () => {
  it.each<readonly [what: string, weightsManifest: unknown]>([
    ['weights outside its folder', [{ paths: ['../../etc/passwd'], weights: [] }]],
    ['weights beside it by a way', [{ paths: ['./x.weights.bin'], weights: [] }]],
    ['weights of an address', [{ paths: ['https://example.org/x.bin'], weights: [] }]],
    ['names with spaces and brackets', [{ paths: ['my model (1).weights.bin'], weights: [] }]],
    ['weights that are none', { paths: [] }],
    [
      'weights larger than any file',
      [{ paths: ['a.bin'], weights: [{ name: 'a', shape: [2 ** 40, 2 ** 40], dtype: 'float32' }] }],
    ],
    ['weights of no shape', [{ paths: ['a.bin'], weights: [{ name: 'a', shape: ['2'], dtype: 'float32' }] }]],
  ])('%s', (_what, weightsManifest) => {
    const result = importModel({ ...graph(layer('a', 'Flatten', {}, from('in'))), weightsManifest });
    expect(result).toMatchObject({
      ok: true,
      value: { notes: [{ code: 'weights-left-out', severity: 'warning' }] },
    });
  });
});

it('says in words of its own where weights are read that are not described', () => {
  const weightsManifest = [{ paths: ['a.bin'], weights: [{ name: 'a', shape: ['2'], dtype: 'float32' }] }];
  const result = checkWeightsManifest(weightsManifest);
  expect(result.ok ? '' : result.problems[0]?.message).toBe(
    'The weights of model.json are not described as they should be: weightsManifest.0.weights.0.shape.0 is missing or not what TensorFlow.js writes there.',
  );
});

it('is quick to look through long lists', () => {
  const args = [{ args: Array.from({ length: 300_000 }, () => ({})) }];
  expect(refusal(graph(layer('a', 'Flatten', {}, ...args)))).toEqual([]);
  const chainOf = (count: number) => ({
    modelTopology: {
      class_name: 'Sequential',
      config: Array.from({ length: count }, () => ({ class_name: 'Flatten', config: {} })),
    },
  });
  expect(read(chainOf(10_000)).nodes.at(-1)?.id).toBe('flatten_10000');
  expect(importModel(chainOf(10_001))).toMatchObject({
    problems: [{ code: 'too-many', values: { what: 'layers', received: 10_001, limit: 10_000 } }],
  });
  const layers = Array.from({ length: 10_000 }, () => input);
  const drawn = { modelTopology: { class_name: 'Functional', config: { layers: [...layers, input] } } };
  expect(refusal(drawn)).toEqual(['too-many']);
  expect(refusal({ modelTopology: { keras_version: '3.0.0', model_config: drawn.modelTopology } })).toEqual([
    'too-many',
  ]);
}, 10_000);

it(
  'never throws, whatever a model.json says',
  () => {
    const text = JSON.stringify(
      graph(
        layer('c', 'Conv2D', { ...conv, strides: [1, 1], padding: 'same', use_bias: true }, from('in')),
        layer('p', 'MaxPooling2D', { pool_size: [2, 2], strides: null, data_format: null }, from('c')),
        layer('s', 'Concatenate', { axis: -1, trainable: true }, from('p', 'p')),
        layer('d', 'Dense', { units: 3, activation: 'relu', dtype: 'float32' }, from('s')),
      ),
    );
    const values = text.match(/"[a-z_]+":(?:null|true|-?\d+|"\w*"|\[[^[\]]*\])/g) ?? [];
    expect(values.length).toBeGreaterThan(20);
    const junk = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom<unknown>('in', 'c', 'Dense', [], [[]], {}, -1, { toString: 1 }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...values), junk, (value, other) => {
        const key = value.slice(0, value.indexOf(':'));
        const data: unknown = JSON.parse(text.replace(value, () => `${key}:${JSON.stringify(other)}`));
        expect(isModel(data)).toBe(true);
        const result = importModel(data);
        if (result.ok) read(data);
        else refusal(data);
      }),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(junk, (modelTopology) => {
        refusal({ modelTopology });
        refusal(modelTopology);
        refusal({ modelTopology: { class_name: 'Functional', config: { layers: [input, modelTopology] } } });
        refusal(graph(layer('a', 'Add', {}, modelTopology)));
      }),
      { numRuns: 300 },
    );
  },
  slow,
);
