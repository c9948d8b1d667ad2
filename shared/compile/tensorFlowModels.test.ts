import * as tf from '@tensorflow/tfjs';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';

import { parseDocument, serializeDocument, type Document } from '../document.ts';
import { analyze } from '../graph/analyze.ts';
import { layers } from '../layers/index.ts';
import { completeParams } from '../layers/paramValues.ts';
import { stockRandomLayer } from '../layers/random.ts';
import { sizeOf, type Shape } from '../layers/shape.ts';
import { compileDocument } from './compile.ts';
import { importModel, type ImportedModel } from './importModel.ts';

beforeAll(async () => {
  tf.env().set('IS_TEST', true);
  await tf.setBackend('cpu');
});

/** Reads what TensorFlow.js itself saves, which must be a project that can be saved. */
async function saved(model: tf.LayersModel): Promise<ImportedModel> {
  let json: unknown;
  await model.save(
    tf.io.withSaveHandler(({ modelTopology }) => {
      json = JSON.parse(JSON.stringify({ modelTopology }));
      return Promise.resolve({ modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } });
    }),
  );
  const result = importModel(json);
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join('\n'));
  const { document } = result.value;
  expect(parseDocument(serializeDocument(document))).toEqual({ ok: true, value: document });
  return result.value;
}

const random = (shape: readonly number[], most = 1) => tf.randomUniform([...shape], 0, most, 'float32', 3);

/** Compares what is drawn with the model: count, and what both compute with the same weights. */
function expectSame(model: tf.LayersModel, document: Document, whole = false): void {
  const analysis = analyze(document);
  expect(analysis.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  const { trainable, nonTrainable } = analysis.totals.params;
  expect(trainable + nonTrainable).toBe(model.countParams());
  const again = compileDocument(tf, document, analysis);
  expect(again.weights.map(({ shape }) => shape)).toEqual(model.weights.map(({ shape }) => shape));
  // Weights that are nothing alike, so that one in another's place would show.
  const weights = model.weights.map(({ shape }, at) =>
    tf.randomUniform(shape as number[], 0.1, 0.9, 'float32', at),
  );
  model.setWeights(weights);
  again.setWeights(weights);
  const inputs = model.inputs.map(({ shape }, at) => {
    const sides = analysis.layers.get(document.nodes.filter(({ kind }) => kind === 'Input')[at]?.id ?? '');
    const values = random(
      [2, ...(sides?.outputShape ?? shape.slice(1).map((side) => side ?? 1))],
      whole ? 4 : 1,
    );
    return whole ? values.floor() : values;
  });
  const numbers = (of: tf.LayersModel) =>
    [of.predict(inputs.length === 1 ? inputs[0]! : inputs)].flat().map((tensor) => [...tensor.dataSync()]);
  const [expected, received] = [numbers(model), numbers(again)];
  expect(received.map(({ length }) => length)).toEqual(expected.map(({ length }) => length));
  for (const [output, values] of expected.entries())
    for (const [at, value] of values.entries()) {
      const other = received[output]?.[at] ?? NaN;
      expect(Math.abs(other - value)).toBeLessThanOrEqual(1e-5 * Math.max(1, Math.abs(value)));
    }
}

const small = ({ inputs }: { readonly inputs: readonly Shape[] }) =>
  inputs.every((input) => sizeOf(input) < 20_000);
const examples = [...layers.values()].flatMap((spec) =>
  spec.kind === 'Input'
    ? []
    : spec.examples
        .filter(small)
        .map((example, index) => [`${spec.kind} ${String(index)}`, spec, example] as const),
);

describe('a model that TensorFlow.js saved is the same network here', () => {
  it.each(examples)('with %s', async (_name, spec, { params, inputs, shape }) => {
    const values = completeParams(spec.params, params);
    const built = spec.build(tf, values, {
      name: 'the_layer',
      seed: 1,
      inputs,
      createRandomLayer: (layer) => stockRandomLayer(tf, layer),
    });
    const given = inputs.map((side) => tf.input({ shape: [...side] }));
    let tensor: tf.SymbolicTensor | tf.SymbolicTensor[] = given.length === 1 ? given[0]! : given;
    for (const layer of built) tensor = layer.apply(tensor) as tf.SymbolicTensor;
    const model = tf.model({ inputs: given, outputs: tensor });
    const { document, notes } = await saved(model);
    expect(notes.filter(({ code }) => code !== 'weights-left-out')).toEqual([]);
    const analysis = analyze(document);
    expect(analysis.layers.get(analysis.outputId ?? '')?.outputShape).toEqual(shape);
    expectSame(model, document, spec.kind === 'Embedding');
  });

  it('with a layer that is used twice', async () => {
    const [a, b] = [tf.input({ shape: [4] }), tf.input({ shape: [4] })];
    const dense = tf.layers.dense({ units: 3, name: 'twice' });
    const [left, right] = [dense.apply(a), dense.apply(b)] as tf.SymbolicTensor[];
    const model = tf.model({
      inputs: [a, b],
      outputs: tf.layers.add().apply([left!, right!]) as tf.SymbolicTensor,
    });
    const { document } = await saved(model);
    expect(document.nodes.filter(({ kind }) => kind === 'Dense').map(({ sharedWith }) => sharedWith)).toEqual(
      [undefined, 'twice'],
    );
    expectSame(model, document);
  });

  it('with a model within it, used twice, of which each use is a block', async () => {
    const x = tf.input({ shape: [5] });
    const inner = tf.model({
      name: 'inner',
      inputs: x,
      outputs: tf.layers
        .dense({ units: 5, name: 'second' })
        .apply(tf.layers.dense({ units: 2, name: 'first' }).apply(x)) as tf.SymbolicTensor,
    });
    const input = tf.input({ shape: [5] });
    const once = inner.apply(input) as tf.SymbolicTensor;
    const model = tf.model({ inputs: input, outputs: inner.apply(once) as tf.SymbolicTensor });
    const { document } = await saved(model);
    expect(document.blocks.map(({ name }) => name)).toEqual(['inner', 'inner']);
    expect(document.nodes.map(({ block }) => block)).toEqual([
      undefined,
      'block_1',
      'block_1',
      'block_2',
      'block_2',
    ]);
    expectSame(model, document);
  });

  it('with Sequential models within a Sequential one, and no layer for the input', async () => {
    const inner = tf.sequential({
      layers: [tf.layers.conv2d({ filters: 2, kernelSize: 3, inputShape: [6, 6, 1] }), tf.layers.flatten()],
    });
    const model = tf.sequential({ layers: [inner, tf.layers.dense({ units: 3 })] });
    const { document } = await saved(model);
    expect(document.nodes.map(({ kind }) => kind)).toEqual(['Input', 'Conv2D', 'Flatten', 'Dense']);
    expectSame(model, document);
  });

  it('with a side that a Reshape leaves open, which is saved as null', async () => {
    const model = tf.sequential({
      layers: [
        tf.layers.reshape({ targetShape: [-1, 2], inputShape: [3, 4], name: 'open' }),
        tf.layers.dense({ units: 2 }),
      ],
    });
    const { document } = await saved(model);
    expect(document.nodes[1]).toMatchObject({ id: 'open', params: { targetShape: [-1, 2] } });
    expectSame(model, document);
  });

  it('with inputs in another order than its layers', async () => {
    const [deep, shallow] = [
      tf.input({ shape: [4], name: 'deep' }),
      tf.input({ shape: [6], name: 'shallow' }),
    ];
    const hidden = tf.layers.dense({ units: 3 }).apply(deep) as tf.SymbolicTensor;
    const join = tf.layers.concatenate({ name: 'join' });
    const model = tf.model({
      inputs: [shallow, deep],
      outputs: join.apply([
        tf.layers.dense({ units: 2 }).apply(hidden) as tf.SymbolicTensor,
        shallow,
      ]) as tf.SymbolicTensor,
    });
    const { document } = await saved(model);
    expect(model.layers[0]?.name).toBe('deep');
    expect(document.nodes.filter(({ kind }) => kind === 'Input').map(({ id }) => id)).toEqual([
      'shallow',
      'deep',
    ]);
    expectSame(model, document);
  });

  it('with several outputs, one of a layer on the way', async () => {
    const input = tf.input({ shape: [6] });
    const hidden = tf.layers.dense({ units: 4, name: 'hidden' }).apply(input) as tf.SymbolicTensor;
    const end = tf.layers.dense({ units: 2, name: 'end' }).apply(hidden) as tf.SymbolicTensor;
    const model = tf.model({ inputs: input, outputs: [hidden, end] });
    const { document } = await saved(model);
    expect(analyze(document).outputIds).toEqual(['hidden', 'end']);
    expectSame(model, document);
  });

  it.each([
    [
      [null, null, 3],
      [224, 224, 3],
    ],
    [
      [null, null, 1],
      [28, 28, 1],
    ],
    [
      [null, 7],
      [32, 7],
    ],
  ])('with open sides %j, which get a size', async (open, shape) => {
    const input = tf.input({ shape: open });
    const model = tf.model({
      inputs: input,
      outputs: tf.layers.activation({ activation: 'tanh' }).apply(input) as tf.SymbolicTensor,
    });
    const { document, notes } = await saved(model);
    expect(document.nodes[0]?.params).toEqual({ shape });
    expect(notes).toMatchObject([{ code: 'open-sides-filled', severity: 'warning' }]);
  });
});

/** Layers that take a vector, a sequence or a picture of at least four rows, each as a person would write it. */
const steps: Readonly<Record<number, readonly (() => tf.layers.Layer)[]>> = {
  1: [
    () => tf.layers.dense({ units: 5, activation: 'tanh', kernelConstraint: 'nonNeg' }),
    () => tf.layers.batchNormalization({ scale: false }),
    () => tf.layers.repeatVector({ n: 4 }),
    () => tf.layers.leakyReLU({ alpha: 0.2 }),
    () => tf.layers.prelu(),
    () => tf.layers.softmax(),
  ],
  2: [
    () => tf.layers.conv1d({ filters: 3, kernelSize: 2, padding: 'same', activation: 'relu' }),
    () => tf.layers.lstm({ units: 3, returnSequences: true, recurrentActivation: 'sigmoid' }),
    () => tf.layers.gru({ units: 2, goBackwards: true }),
    () =>
      tf.layers.bidirectional({
        layer: tf.layers.simpleRNN({ units: 2, returnSequences: true }),
        mergeMode: 'concat',
      }),
    () => tf.layers.timeDistributed({ layer: tf.layers.dense({ units: 3 }) }),
    () => tf.layers.permute({ dims: [2, 1] }),
    () => tf.layers.globalAveragePooling1d({}),
    () => tf.layers.flatten(),
  ],
  3: [
    () =>
      tf.layers.conv2d({ filters: 3, kernelSize: [3, 1], strides: 2, padding: 'same', activation: 'elu' }),
    () => tf.layers.conv2d({ filters: 2, kernelSize: 2, dilationRate: 2, padding: 'same', useBias: false }),
    () => tf.layers.depthwiseConv2d({ kernelSize: 2, depthMultiplier: 2, padding: 'same' }),
    () => tf.layers.separableConv2d({ filters: 2, kernelSize: 3, padding: 'same' }),
    () => tf.layers.conv2dTranspose({ filters: 2, kernelSize: 3, strides: 2, padding: 'same' }),
    () => tf.layers.maxPooling2d({ poolSize: 2, strides: 3, padding: 'same' }),
    () => tf.layers.averagePooling2d({ poolSize: [3, 2], strides: 1, padding: 'same' }),
    () => tf.layers.layerNormalization({ axis: [2, 3] }),
    () =>
      tf.layers.zeroPadding2d({
        padding: [
          [0, 1],
          [2, 0],
        ],
      }),
    () => tf.layers.upSampling2d({ size: [2, 1] }),
    () => tf.layers.dropout({ rate: 0.3 }),
    () => tf.layers.dense({ units: 2, activation: 'swish' }),
    () => tf.layers.timeDistributed({ layer: tf.layers.flatten() }),
    () => tf.layers.globalMaxPooling2d({}),
    () => tf.layers.flatten(),
  ],
};

it('is the same network here when it was put together at random, with branches, shared layers and models within', async () => {
  const numbers = fc.array(fc.nat({ max: 1000 }), { minLength: 2, maxLength: 6 });
  const shapes = fc.constantFrom<number[]>([6, 7, 2], [5, 4], [6]);
  const forms = fc.constantFrom('chain', 'fork', 'twice', 'within');
  const asSymbol = (made: tf.Tensor | tf.Tensor[] | tf.SymbolicTensor | tf.SymbolicTensor[]) =>
    made as tf.SymbolicTensor;
  const walk = (start: tf.SymbolicTensor, choices: readonly number[]) =>
    choices.reduce((x, choice) => {
      const makers = steps[x.shape.length - 1] ?? [];
      return asSymbol((makers[choice % makers.length] ?? tf.layers.flatten)().apply(x));
    }, start);
  const flat = (x: tf.SymbolicTensor) => (x.shape.length > 2 ? asSymbol(tf.layers.flatten().apply(x)) : x);
  await fc.assert(
    fc.asyncProperty(shapes, forms, numbers, numbers, async (shape, form, choices, others) => {
      const [left, right] = [tf.input({ shape }), tf.input({ shape })];
      const join = tf.layers.concatenate();
      const inner = walk(left, choices);
      const whole =
        form === 'twice' || form === 'within' ? tf.model({ inputs: left, outputs: inner }) : undefined;
      const again = tf.input({ shape });
      const model =
        whole === undefined
          ? form === 'chain'
            ? tf.model({ inputs: left, outputs: inner })
            : tf.model({
                inputs: [right, left],
                outputs: [inner, asSymbol(join.apply([flat(inner), flat(walk(right, others))]))],
              })
          : form === 'within'
            ? tf.model({ inputs: again, outputs: walk(asSymbol(whole.apply(again)), others) })
            : tf.model({
                inputs: [again, right],
                outputs: asSymbol(
                  join.apply([flat(asSymbol(whole.apply(again))), flat(asSymbol(whole.apply(right)))]),
                ),
              });
      const { document } = await saved(model);
      tf.tidy(() => {
        expectSame(model, document);
      });
      model.dispose();
    }),
    { numRuns: 60 },
  );
}, 120_000);
