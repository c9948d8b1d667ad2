import * as tf from '@tensorflow/tfjs';
import * as fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';

import { settingFrom } from '../compile/settingFrom.ts';
import en from '../i18n/en.json' with { type: 'json' };
import { snakeCase } from '../snakeCase.ts';
import keras from '../testing/kerasLayers.json' with { type: 'json' };
import { givenParams, type Range } from '../testing/documents.ts';
import { activations } from './commonParams.ts';
import { layers, layerSpec } from './index.ts';
import { checkParams, completeParams, initialParams, isRequired } from './paramValues.ts';
import { stockRandomLayer } from './random.ts';
import { sizeOf, type Shape } from './shape.ts';
import type { BuildContext, LayerSpec, Objection } from './spec.ts';

/** Milliseconds for a test of many runs on a busy machine. */
const slow = 60_000;

type Values = ReturnType<typeof completeParams>;

const specs = [...layers.values()];
let built = 0;
/** A context with a name of its own each time: TensorFlow.js numbers the weights of namesakes. */
const context = (inputs: readonly Shape[]): BuildContext => ({
  name: `layer_${String((built += 1))}`,
  seed: 1,
  inputs,
  createRandomLayer: (layer) => stockRandomLayer(tf, layer),
});

/** Refusals of ours where TensorFlow.js gives a shape, all the same: their sentences say why. */
const stricter: readonly string[] = [
  'strides-with-dilation',
  // TensorFlow.js's shape rule does not look at the numbers; its multiplication refuses them.
  'one-for-each-channel',
  'unequal-strides',
  'shapes-differ',
  'no-such-axis',
  'several-open-sides',
  'other-size',
  'empty-side',
  'axis-twice',
  'axes-of-volume',
  'crop-to-ratio',
  'crop-larger-than-picture',
  'no-whole-factor',
  'one-hot-of-several',
  'constraint-without-axis',
  'bounds-crossed',
  'too-many-axes',
];

/** Layers of which TensorFlow.js does not check the form of the input. */
const careless: readonly string[] = ['DepthwiseConv2D', 'CategoryEncoding', 'Masking', 'TimeDistributed'];

/** Layers that TensorFlow.js does not have, and that reshape for those that it has: any form will do for that. */
const isComposed = ({ kind }: LayerSpec) => kind !== 'Input' && classOf(kind) === undefined;
const classOf = (kind: string) => tf.serialization.SerializationMap.getMap().classNameMap[kind]?.[0];

/** Above this many numbers, nothing is allocated: TensorFlow.js is asked for the shape alone. */
const affordable = 1_000_000;

beforeAll(async () => {
  tf.env().set('IS_TEST', true);
  await tf.setBackend('cpu');
});
afterEach(() => tf.disposeVariables());

function isValid(shape: readonly unknown[]): shape is number[] {
  return shape.every((side) => Number.isInteger(side) && Number(side) >= 1);
}

/** The output shape that TensorFlow.js computes, without the batch; null where it cannot, or none that can exist. */
function tensorFlowShape(chain: readonly tf.layers.Layer[], inputs: readonly Shape[]): Shape | null {
  try {
    let shapes: tf.Shape[] = inputs.map((shape) => [null, ...shape]);
    for (const layer of chain) {
      const [only] = shapes;
      const input = shapes.length === 1 && only !== undefined ? only : shapes;
      shapes = [layer.computeOutputShape(input) as tf.Shape];
    }
    const shape = (shapes[0] ?? []).slice(1);
    return isValid(shape) ? shape : null;
  } catch {
    return null;
  }
}

/** Lets TensorFlow.js put the layers into a network: its checks of rank and wiring, and the weights. */
function connect(chain: readonly tf.layers.Layer[], inputs: readonly Shape[]): Shape | null {
  try {
    const sources = inputs.map((shape) => tf.input({ shape: [...shape] }));
    const [only] = sources;
    let tensor: tf.SymbolicTensor | tf.SymbolicTensor[] =
      sources.length === 1 && only !== undefined ? only : sources;
    for (const layer of chain) tensor = layer.apply(tensor) as tf.SymbolicTensor;
    const shape = Array.isArray(tensor) ? [] : tensor.shape.slice(1);
    return isValid(shape) ? shape : null;
  } catch {
    return null;
  }
}

const weightsOf = (spec: LayerSpec, values: Values, inputs: readonly Shape[]) =>
  spec.weights(values, inputs).reduce((sum, { shape }) => sum + sizeOf(shape), 0);

/** Compares everything that we say of a layer with what TensorFlow.js makes of it. */
function compare(spec: LayerSpec, values: Values, inputs: readonly Shape[]): void {
  const ours = spec.outputShape(values, inputs);
  if (spec.kind === 'Input') {
    expect(ours).toMatchObject({
      shape: tf.input({ shape: [...(values['shape'] as Shape)] }).shape.slice(1),
    });
    return;
  }
  const chain = buildAnyhow(spec, values, inputs);
  // TensorFlow.js allocates a kernel for `[10]` too before it refuses it, as if it were `[1, 1, 10]`.
  const asForm = (axes: number) => inputs.map((shape) => [...Array<number>(axes).fill(1), shape.at(-1) ?? 0]);
  const forms = [inputs, ...[0, 1, 2, 3].map(asForm)];
  // Right angles between long vectors take their time.
  const most = JSON.stringify(values).includes('"orthogonal"') ? affordable / 100 : affordable;
  const allocates = forms.some((form) => weightsOf(spec, values, form) > most);
  const shapeOf = allocates ? tensorFlowShape : connect;
  const theirs = chain.length === 0 ? null : shapeOf(chain, inputs);
  if (!ours.ok) {
    for (const layer of chain) disposeWeights(layer);
    checkObjection(spec, values, inputs, ours.objection);
    const { code } = ours.objection;
    const isForm = code.startsWith('needs-') && (careless.includes(spec.kind) || isComposed(spec));
    if (!allocates && theirs !== null && !isForm) expect(stricter).toContain(code);
    return;
  }
  if (ours.warning !== undefined) checkObjection(spec, values, inputs, ours.warning);
  expect(theirs).toEqual(ours.shape);
  expect(tensorFlowShape(chain, inputs)).toEqual(ours.shape);
  if (allocates) return;
  const weights = spec.weights(values, inputs);
  const trainable = new Set(chain.flatMap((layer) => layer.trainableWeights));
  expect(
    chain.flatMap((layer) =>
      layer.weights.map((weight) => ({
        name: weight.name.split('/').at(-1),
        shape: weight.shape,
        trainable: trainable.has(weight),
      })),
    ),
  ).toEqual(weights.map((weight) => ({ ...weight, name: weight.name.split('/').at(-1) })));
  expect(chain.reduce((sum, layer) => sum + layer.countParams(), 0)).toBe(weightsOf(spec, values, inputs));
  for (const layer of chain) disposeWeights(layer);
}

/** TensorFlow.js refuses some parameters at once. */
function buildAnyhow(spec: LayerSpec, values: Values, inputs: readonly Shape[]): readonly tf.layers.Layer[] {
  try {
    return spec.build(tf, values, context(inputs));
  } catch (error) {
    if (spec.outputShape(values, inputs).ok) throw error;
    return [];
  }
}

function disposeWeights(layer: tf.layers.Layer): void {
  for (const weight of layer.weights) weight.dispose();
}

/** An objection has its sentence, speaks of a parameter that exists, and its own mendings mend. */
function checkObjection(
  spec: LayerSpec,
  values: Values,
  inputs: readonly Shape[],
  { code, values: said, param, fixes = [] }: Objection,
): void {
  const known = new Set([...Object.keys(said), 'layer', 'source', 'otherSource']);
  const places = [...en.problem[code].matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name);
  expect(places.filter((name) => !known.has(name ?? ''))).toEqual([]);
  if (param !== undefined) expect(Object.keys(spec.params)).toContain(param);
  for (const { id, edit } of fixes) {
    expect(Object.keys(en.fix)).toContain(id);
    if (edit.type === 'insertBefore') {
      expect(checkParams(layerSpec(edit.kind).params, edit.params, 'x').ok).toBe(true);
    }
    if (edit.type !== 'setParams') continue;
    expect(checkParams(spec.params, { ...values, ...edit.params }, 'x')).toEqual({
      ok: true,
      params: { ...values, ...edit.params },
    });
    const mended = spec.outputShape({ ...values, ...edit.params }, inputs);
    if (!mended.ok) expect(mended.objection.code).not.toBe(code);
  }
}

const side = fc.integer({ min: 1, max: 14 });
const near = fc.integer({ min: 1, max: 8 });
const shapes: fc.Arbitrary<Shape> = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(side, side, fc.integer({ min: 1, max: 5 })) },
  fc.array(side, { minLength: 1, maxLength: 2 }),
  { weight: 2, arbitrary: fc.tuple(near, near, near, fc.integer({ min: 1, max: 4 })) },
  fc.constantFrom<Shape>([227, 227, 3], [28, 28, 1], [1, 1, 512], [16_384, 16_384, 3], [65_536]),
);

/** Inputs that a layer may meet: as many as it takes, of one shape, or of shapes that differ in an axis. */
function inputsOf({ inputs: { min, max } }: LayerSpec): fc.Arbitrary<readonly Shape[]> {
  if (max <= 1) return fc.array(shapes, { minLength: min, maxLength: max });
  return shapes.chain((first) => {
    const changed = fc
      .tuple(fc.nat({ max: first.length - 1 }), fc.integer({ min: 1, max: 14 }))
      .map(([axis, length]) => first.with(axis, length));
    const other = fc.oneof({ weight: 3, arbitrary: fc.constant(first) }, changed, shapes);
    return fc
      .array(other, { minLength: min - 1, maxLength: Math.min(max, 4) - 1 })
      .map((others) => [first, ...others]);
  });
}

const cases = (spec: LayerSpec, range: Range) =>
  fc
    .tuple(givenParams(spec.params, range), inputsOf(spec))
    .map(([given, inputs]) => [completeParams(spec.params, given), inputs] as const);

/** Where TensorFlow.js takes "not said" for no; but for the LSTM's forget gate, which begins as in Keras. */
const unsaid = (name: string) => (name === 'maskZero' ? false : name === 'unitForgetBias' ? true : null);

describe.each(specs)('$kind', (spec) => {
  it('starts with parameters that pass their own check', () => {
    const initial = initialParams(spec.params);
    expect(checkParams(spec.params, initial, 'x')).toEqual({ ok: true, params: initial });
    const required = Object.entries(initial).filter(([name]) => {
      const param = spec.params[name];
      return param !== undefined && isRequired(param);
    });
    const defaults = completeParams(spec.params, Object.fromEntries(required));
    expect(checkParams(spec.params, defaults, 'x')).toEqual({ ok: true, params: defaults });
  });

  it('takes what TensorFlow.js takes where a file leaves a parameter out', () => {
    // Wrappers take a layer that is made.
    if (spec.kind === 'Input' || 'layer' in spec.params) return;
    const initial = initialParams(spec.params);
    const needed = Object.entries(spec.params).filter(([, param]) => isRequired(param));
    const required = Object.fromEntries(needed.map(([name]) => [name, initial[name]]));
    const ours = completeParams(spec.params, required);
    const Layer = classOf(spec.kind);
    if (Layer === undefined) {
      // A layer of Keras alone: what Keras takes.
      const known: readonly (readonly [string, { readonly arguments: Readonly<Record<string, object>> }])[] =
        Object.entries(keras.classes);
      const args = known.find(([kind]) => kind === spec.kind)?.[1].arguments ?? {};
      const said = new Map(
        Object.entries(args).map(([name, arg]) => [name, 'default' in arg ? arg.default : null]),
      );
      const standard = Object.entries(ours).filter(([name]) => !(name in required));
      const theirs = standard.map(([name]) => [
        name,
        spec.params[name]?.schema.parse(said.get(snakeCase(name))),
      ]);
      expect(theirs).toEqual(standard);
      return;
    }
    const theirs = new Layer(structuredClone(required)).getConfig();
    const valueOf = (name: string) => {
      if (!/(Initializer|Regularizer|Constraint)$/.test(name)) return theirs[name];
      const setting = settingFrom(theirs[name]);
      // Where nothing is said, Keras and Convas begin with the other one of the two.
      return JSON.stringify(setting) === '{"kind":"glorotNormal"}' ? { kind: 'glorotUniform' } : setting;
    };
    const optional = Object.entries(ours).filter(
      ([name]) => !(name in required) && !(spec.kind === 'SeparableConv2D' && name === 'depthMultiplier'),
    );
    // What may be none is undefined there.
    const given = (name: string, value: unknown) => {
      const their = valueOf(name) ?? null;
      // One axis may stand for a list of it.
      return Array.isArray(value) && typeof their === 'number' ? [their] : their;
    };
    expect(optional.map(([name, value]) => [name, given(name, value) ?? unsaid(name)])).toEqual(optional);
  });

  it.each(spec.examples.map((example, index) => ({ index, ...example })))(
    'does in example $index what it says, and what TensorFlow.js does',
    ({ params, inputs, shape }) => {
      const checked = checkParams(spec.params, params, 'x');
      expect(checked).toEqual({ ok: true, params });
      const values = completeParams(spec.params, params);
      expect(spec.outputShape(values, inputs)).toMatchObject({ ok: true, shape });
      compare(spec, values, inputs);
    },
  );

  it('takes a mask where TensorFlow.js does', () => {
    const [example] = spec.examples;
    if (spec.kind === 'Input' || example === undefined) return;
    const built = spec.build(tf, completeParams(spec.params, example.params), context(example.inputs));
    const takes = built.every((layer) => layer.supportsMasking);
    expect(takes).toBe(spec.mask !== undefined);
  });

  it(
    'agrees with TensorFlow.js on shapes and weights over small parameters',
    () => {
      fc.assert(
        fc.property(cases(spec, 'small'), ([values, inputs]) => compare(spec, values, inputs)),
        { numRuns: 120 },
      );
    },
    slow,
  );

  it(
    'agrees with TensorFlow.js on shapes up to the limits',
    () => {
      fc.assert(
        fc.property(cases(spec, 'full'), ([values, inputs]) => compare(spec, values, inputs)),
        { numRuns: 60 },
      );
    },
    slow,
  );

  it(
    'runs on TensorFlow.js wherever it gives a shape',
    () => {
      fc.assert(
        fc.property(cases(spec, 'small'), ([values, inputs]) => {
          const ours = spec.outputShape(values, inputs);
          if (!ours.ok || spec.kind === 'Input' || inputs.some((input) => sizeOf(input) > 2000)) return;
          tf.tidy(() => {
            // A number of a category is 0 in every layer that takes one.
            const given = inputs.map((shape) => tf.zeros([2, ...shape]));
            let out: tf.Tensor | tf.Tensor[] = given.length > 1 ? given : (given[0] ?? []);
            for (const layer of spec.build(tf, values, context(inputs))) {
              out = layer.apply(out) as tf.Tensor;
            }
            expect(Array.isArray(out) ? [] : out.shape).toEqual([2, ...ours.shape]);
          });
        }),
        { numRuns: 40 },
      );
    },
    slow,
  );

  it(
    'keeps its parameters through JSON',
    () => {
      fc.assert(
        fc.property(givenParams(spec.params, 'full'), (given) => {
          const file: unknown = JSON.parse(JSON.stringify(given));
          expect(checkParams(spec.params, file as Values, 'x')).toEqual({ ok: true, params: given });
        }),
        { numRuns: 60 },
      );
    },
    slow,
  );

  it(
    'describes itself in each language',
    () => {
      fc.assert(
        fc.property(givenParams(spec.params, 'full'), (given) => {
          const values = completeParams(spec.params, given);
          for (const language of ['en', 'zh-TW'] as const) {
            expect(spec.describe(values, language)).not.toMatch(/undefined|NaN|object/);
            for (const { label, help } of Object.values(spec.params))
              expect([label[language], help[language]]).not.toContain('');
            expect(spec.title[language]).not.toBe('');
            expect(spec.summary[language]).toMatch(/[.。]$/);
          }
        }),
        { numRuns: 20 },
      );
    },
    slow,
  );
});

it('offers the activations of the design that TensorFlow.js has, all of them', () => {
  const designed =
    'relu relu6 elu selu sigmoid hardSigmoid tanh softmax softplus softsign swish gelu linear'.split(' ');
  const there = designed.filter((activation) => {
    try {
      return (
        tf.layers.activation({ activation: activation as 'relu' }).getConfig()['activation'] === activation
      );
    } catch {
      return false;
    }
  });
  expect([...activations].sort()).toEqual(there.sort());
});

it('refuses strides with dilation, which TensorFlow.js gives a shape but does not run', () => {
  const config = { filters: 1, kernelSize: 3, strides: 2, dilationRate: 2 };
  expect(tf.layers.conv2d(config).computeOutputShape([null, 9, 9, 1])).toEqual([null, 3, 3, 1]);
  expect(() => tf.layers.conv2d(config).apply(tf.ones([1, 9, 9, 1]))).toThrow(
    /strides.*dilation|dilation.*strides/i,
  );
});
