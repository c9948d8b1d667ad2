import * as tf from '@tensorflow/tfjs';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';

import { emptyDocument, type Document } from '../document.ts';
import { analyze } from '../graph/analyze.ts';
import { sizeOf } from '../layers/shape.ts';
import { stockRandomLayer, type RandomLayer } from '../layers/random.ts';
import { findTemplate } from '../templates/index.ts';
import { chain, network } from '../testing/networks.ts';
import { soundNetworks } from '../testing/soundNetworks.ts';
import { compileDocument, type CompileOptions } from './compile.ts';
import { seedFrom } from './seed.ts';

/** Milliseconds for a test of many runs on a busy machine. */
const slow = 60_000;

beforeAll(async () => {
  tf.env().set('IS_TEST', true);
  await tf.setBackend('cpu');
});

const compile = (document: Document, options?: CompileOptions) =>
  compileDocument(tf, document, analyze(document), options);
const withSeed = (document: Document, seed: number): Document => ({
  ...document,
  training: { ...document.training, seed },
});
/** The initial weights of a model, layer by layer. */
const weightsOf = (model: tf.LayersModel) =>
  Object.fromEntries(
    model.layers
      .filter(({ weights }) => weights.length > 0)
      .map((layer) => [layer.name, layer.getWeights().map((weight) => [...weight.dataSync()])]),
  );
const run = (model: tf.LayersModel, ...inputs: tf.Tensor[]): unknown =>
  (model.predict(inputs.length === 1 ? inputs[0]! : inputs) as tf.Tensor).arraySync();

describe('a compiled network', () => {
  it('has a layer for each of the drawing, named by its id, and is named itself', () => {
    const model = compile(findTemplate('residual-cnn')!.document);
    expect(model.layers.map(({ name }) => name).sort()).toEqual(
      findTemplate('residual-cnn')!
        .document.nodes.map(({ id }) => id)
        .sort(),
    );
    expect(model.name).toBe('residual_cnn');
    expect(model.inputs.map(({ shape }) => shape)).toEqual([[null, 28, 28, 1]]);
    expect(model.outputs.map(({ shape }) => shape)).toEqual([[null, 10]]);
  });

  it.each([
    ['LeNet-5', 'lenet_5'],
    ['數字', 'model'],
    ['', 'model'],
    ['  <b>My *net* ', 'b_my_net'],
    ['x'.repeat(200), 'x'.repeat(64)],
  ])('is named after %j in a form that TensorFlow takes', (name, expected) => {
    const document = { ...chain(['in', 'Input', { shape: [2] }], ['end', 'Flatten']), name };
    expect(compile(document).name).toBe(expected);
  });

  it('computes along branches, and adds where they meet', () => {
    const model = compile(
      network(
        [
          ['in', 'Input', { shape: [2, 2, 1] }],
          ['most', 'MaxPooling2D'],
          ['mean', 'AveragePooling2D'],
          ['sum', 'Add'],
          ['flat', 'Flatten'],
        ],
        ['in > most', 'in > mean', 'most > sum:0', 'mean > sum:1', 'sum > flat'],
      ),
    );
    const picture = tf.tensor4d([1, 2, 3, 6], [1, 2, 2, 1]);
    expect(run(model, picture)).toEqual([[6 + 3]]);
  });

  it('adds a layer to itself, twice as well as once', () => {
    const model = compile(
      network(
        [
          ['in', 'Input', { shape: [2] }],
          ['sum', 'Add'],
        ],
        ['in > sum:0', 'in > sum:1', 'in > sum:2'],
      ),
    );
    expect(run(model, tf.tensor2d([[1, 5]]))).toEqual([[3, 15]]);
  });

  it('lets a layer that is added to itself feed others too', () => {
    const model = compile(
      network(
        [
          ['in', 'Input', { shape: [2] }],
          ['x', 'Activation', { activation: 'relu' }],
          ['twice', 'Add'],
          ['once', 'Flatten'],
          ['join', 'Concatenate'],
        ],
        ['in > x', 'x > twice:0', 'x > twice:1', 'x > once', 'twice > join:0', 'once > join:1'],
      ),
    );
    expect(run(model, tf.tensor2d([[1, 5]]))).toEqual([[2, 10, 1, 5]]);
  });

  it('joins inputs in the order of their handles, not of the file', () => {
    const joined = (edges: readonly string[]) =>
      compile(
        network(
          [
            ['in', 'Input', { shape: [2] }],
            ['minus', 'Activation', { activation: 'softplus' }],
            ['plus', 'Activation', { activation: 'relu' }],
            ['join', 'Concatenate'],
          ],
          ['in > minus', 'in > plus', ...edges],
        ),
      );
    const numbers = tf.tensor2d([[7, -7]]);
    const [soft = []] = run(joined(['plus > join:7', 'minus > join:2']), numbers) as number[][];
    expect(soft.slice(2)).toEqual([7, 0]);
    const [hard = []] = run(joined(['minus > join:1', 'plus > join:0']), numbers) as number[][];
    expect(hard.slice(0, 2)).toEqual([7, 0]);
  });

  it('takes several inputs in the order of the drawing', () => {
    const model = compile(
      network(
        [
          ['first', 'Input', { shape: [1] }],
          ['second', 'Input', { shape: [2] }],
          ['join', 'Concatenate'],
        ],
        ['first > join:0', 'second > join:1'],
      ),
    );
    expect(model.inputNames).toEqual(['first', 'second']);
    expect(run(model, tf.tensor2d([[1]]), tf.tensor2d([[2, 3]]))).toEqual([[1, 2, 3]]);
  });

  it('gives its input where that is all there is', () => {
    const model = compile(network([['in', 'Input', { shape: [2] }]], []));
    expect(run(model, tf.tensor2d([[4, 5]]))).toEqual([[4, 5]]);
  });

  it('is not made of a network with errors', () => {
    const broken = chain(['in', 'Input', { shape: [4] }], ['conv', 'Conv2D', { filters: 1, kernelSize: 1 }]);
    expect(() => compile(broken)).toThrow(/errors/);
    expect(() => compile(emptyDocument())).toThrow(/errors/);
  });

  it('is made in spite of warnings', () => {
    const model = compile(chain(['in', 'Input', { shape: [3, 4, 2] }], ['end', 'Dense', { units: 5 }]));
    expect(model.outputs[0]?.shape).toEqual([null, 3, 4, 5]);
  });

  it('of a thousand layers is an ordinary one', () => {
    const layers = Array.from({ length: 1000 }, (_, index) => [`f${String(index)}`, 'Flatten'] as const);
    const model = compile(chain(['in', 'Input', { shape: [3] }], ...layers));
    expect(model.layers).toHaveLength(1001);
  });
});

describe('padding by a number', () => {
  const padded = (kind: string, params: object, more: readonly (readonly [string, string])[] = []) =>
    chain(['in', 'Input', { shape: [3, 3, 1] }], ['window', kind, { ...params, padding: 1 }], ...more);

  it('puts a layer of zeros before the window, which keeps its id', () => {
    const model = compile(padded('Conv2D', { filters: 2, kernelSize: 3 }));
    expect(model.layers.map((layer) => layer.getClassName())).toEqual([
      'InputLayer',
      'ZeroPadding2D',
      'Conv2D',
    ]);
    expect(model.getLayer('window').outputShape).toEqual([null, 3, 3, 2]);
  });

  it('lets the zeros take part in pooling', () => {
    const picture = tf.fill([1, 3, 3, 1], -4);
    expect(run(compile(padded('MaxPooling2D', { poolSize: 3, strides: 2 })), picture)).toEqual([
      [
        [[0], [0]],
        [[0], [0]],
      ],
    ]);
    const mean = run(compile(padded('AveragePooling2D', { poolSize: 5, strides: 1 })), picture);
    expect(mean).toEqual([[[[expect.closeTo((9 * -4) / 25, 5)]]]]);
  });

  it('by 0 is no layer more', () => {
    const document = chain(
      ['in', 'Input', { shape: [3, 3, 1] }],
      ['window', 'Conv2D', { filters: 1, kernelSize: 3, padding: 0 }],
    );
    expect(compile(document).layers).toHaveLength(2);
  });

  it('minds no layer of the drawing, whatever its id', () => {
    for (const id of ['window_padding', 'window-padding', 'padding']) {
      const document = padded('Conv2D', { filters: 1, kernelSize: 3 }, [[id, 'Flatten']]);
      expect(compile(document).getLayer(id).outputShape).toEqual([null, 9]);
    }
  });
});

describe('initial weights', () => {
  const twins = (seed: number) =>
    withSeed(
      chain(
        ['in', 'Input', { shape: [6, 6, 2] }],
        ['one', 'Conv2D', { filters: 2, kernelSize: 3, padding: 'same' }],
        ['two', 'Conv2D', { filters: 2, kernelSize: 3, padding: 'same' }],
        ['flat', 'Flatten'],
        ['end', 'Dense', { units: 3 }],
      ),
      seed,
    );

  it('are the same for the same seed, each time', () => {
    expect(weightsOf(compile(twins(42)))).toEqual(weightsOf(compile(twins(42))));
  });

  it('are others for another seed', () => {
    const [one, other] = [weightsOf(compile(twins(42))), weightsOf(compile(twins(43)))];
    for (const id of ['one', 'two', 'end']) expect(one[id]?.[0]).not.toEqual(other[id]?.[0]);
  });

  it('differ from layer to layer of one shape', () => {
    const { one, two } = weightsOf(compile(twins(42)));
    expect(one?.[0]).toHaveLength(36);
    expect(one?.[0]).not.toEqual(two?.[0]);
  });

  it('follow from the id of a layer, not from its place', () => {
    const document = twins(42);
    const turned = { ...document, nodes: [...document.nodes].reverse() };
    expect(weightsOf(compile(turned))).toEqual(weightsOf(compile(document)));
  });

  it('lie within the limit of Glorot and Bengio, biases at zero', () => {
    const limit = Math.sqrt(6 / (2 * 9 + 2 * 9));
    const [kernel, bias] = weightsOf(compile(twins(7)))['one'] ?? [];
    expect(Math.max(...(kernel ?? []).map(Math.abs))).toBeLessThanOrEqual(limit);
    expect(Math.max(...(kernel ?? []).map(Math.abs))).toBeGreaterThan(limit / 2);
    expect(bias).toEqual([0, 0]);
  });
});

describe('a seed of a name', () => {
  it('is a whole number of 31 bits, the same each time', () => {
    fc.assert(
      fc.property(fc.nat(), fc.string(), (seed, name) => {
        const made = seedFrom(seed, name);
        expect(Number.isInteger(made) && made >= 0 && made < 2 ** 31).toBe(true);
        expect(seedFrom(seed, name)).toBe(made);
      }),
    );
  });

  it('is another for each of many layers and seeds', () => {
    const seeds = [0, 1, 42, 2 ** 31 - 1];
    const all = seeds.flatMap((seed) =>
      Array.from({ length: 500 }, (_, index) => seedFrom(seed, `conv2d_${String(index)}`)),
    );
    expect(new Set(all).size).toBe(all.length);
  });
});

describe('Dropout', () => {
  const document = chain(
    ['in', 'Input', { shape: [4] }],
    ['drop', 'Dropout', { rate: 0.25 }],
    ['more', 'Dropout', { rate: 0.5 }],
  );

  it("is TensorFlow.js's own where nobody brings another", () => {
    expect(compile(document).getLayer('drop')).toMatchObject({ rate: 0.25 });
    expect(compile(document).getLayer('drop').getClassName()).toBe('Dropout');
  });

  it('is made by who brings it, with a seed of its own for each layer', () => {
    const asked: RandomLayer[] = [];
    const createRandomLayer: CompileOptions['createRandomLayer'] = (config) => {
      asked.push(config);
      return stockRandomLayer(tf, config);
    };
    compile(withSeed(document, 5), { createRandomLayer });
    expect(asked).toEqual([
      { kind: 'Dropout', name: 'drop', rate: 0.25, seed: seedFrom(5, 'drop') },
      { kind: 'Dropout', name: 'more', rate: 0.5, seed: seedFrom(5, 'more') },
    ]);
  });
});

it(
  'runs every random network to the shape that the analysis says',
  () => {
    fc.assert(
      fc.property(soundNetworks(6), (document) => {
        const analysis = analyze(document);
        const model = compileDocument(tf, document, analysis);
        tf.tidy(() => {
          const inputs = model.inputs.map(({ shape }) => tf.ones([2, ...shape.slice(1).map(Number)]));
          const output = model.predict(inputs) as tf.Tensor;
          const expected = analysis.layers.get(analysis.outputId!)!.outputShape!;
          expect(output.shape).toEqual([2, ...expected]);
          expect(output.dataSync()).toHaveLength(2 * sizeOf(expected));
        });
        model.dispose();
      }),
      { numRuns: 50 },
    );
  },
  slow,
);
