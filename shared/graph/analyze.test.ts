import * as tf from '@tensorflow/tfjs';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';

import { compileNetwork } from '../compile/compile.ts';
import { emptyDocument, type Document } from '../document.ts';
import { sizeOf } from '../layers/shape.ts';
import { documents } from '../testing/documents.ts';
import { chain, deepFreeze, network } from '../testing/networks.ts';
import { soundNetworks } from '../testing/soundNetworks.ts';
import { analyze, type LayerAnalysis } from './analyze.ts';

/** Milliseconds for a test of many runs on a busy machine. */
const slow = 60_000;

beforeAll(async () => {
  tf.env().set('IS_TEST', true);
  await tf.setBackend('cpu');
});

/** One thing that is said of each layer, by its id. */
const each = <T>(document: Document, pick: (layer: LayerAnalysis) => T): Record<string, T> =>
  Object.fromEntries([...analyze(document).layers].map(([id, layer]) => [id, pick(layer)]));
const codes = (document: Document) => analyze(document).problems.map(({ code }) => code);

/** Two ways of a picture that are added, and an end on all of it. */
const branchy = () =>
  network(
    [
      ['photo', 'Input', { shape: [12, 10, 3] }],
      ['near', 'Conv2D', { filters: 4, kernelSize: 3, padding: 'same' }],
      ['half', 'MaxPooling2D'],
      ['far', 'Conv2D', { filters: 4, kernelSize: 5, strides: 2, padding: 'same' }],
      ['sum', 'Add'],
      ['both', 'Conv2D', { filters: 2, kernelSize: 3, useBias: false }],
      ['flat', 'Flatten'],
      ['end', 'Dense', { units: 10 }],
    ],
    [
      'photo > near',
      'near > half',
      'photo > far',
      'half > sum:0',
      'far > sum:1',
      'sum > both',
      'both > flat',
      'flat > end',
    ],
  );

describe('a network of branches', () => {
  it('has a shape at every layer, and one output', () => {
    expect(each(branchy(), ({ outputShape }) => outputShape)).toEqual({
      photo: [12, 10, 3],
      near: [12, 10, 4],
      half: [6, 5, 4],
      far: [6, 5, 4],
      sum: [6, 5, 4],
      both: [4, 3, 2],
      flat: [24],
      end: [10],
    });
    expect(analyze(branchy())).toMatchObject({ outputId: 'end', problems: [] });
  });

  it('lists the layers so that each comes after its inputs, whatever the order in the file', () => {
    const document = branchy();
    const turned = analyze({ ...document, nodes: [...document.nodes].reverse() });
    const order = [...turned.layers.keys()];
    expect(order).toHaveLength(8);
    for (const { source, target } of document.edges)
      expect(order.indexOf(source)).toBeLessThan(order.indexOf(target));
    expect(Object.fromEntries(turned.layers)).toEqual(Object.fromEntries(analyze(document).layers));
  });

  it('shows the calculation of each axis that is calculated', () => {
    expect(each(branchy(), ({ arithmetic }) => arithmetic)).toEqual({
      photo: [],
      near: ['⌈12/1⌉ = 12', '⌈10/1⌉ = 10'],
      half: ['(12 − 2 + 2·0)/2 + 1 = 6', '(10 − 2 + 2·0)/2 + 1 = 5'],
      far: ['⌈12/2⌉ = 6', '⌈10/2⌉ = 5'],
      sum: [],
      both: ['(6 − 3 + 2·0)/1 + 1 = 4', '(5 − 3 + 2·0)/1 + 1 = 3'],
      flat: ['4·3·2 = 24'],
      end: [],
    });
  });

  it('knows the weights of each layer by name and shape', () => {
    const text = ({ weights }: LayerAnalysis) =>
      weights.map(({ name, shape }) => `${name} ${shape.join('×')}`);
    expect(each(branchy(), text)).toEqual({
      photo: [],
      near: ['kernel 3×3×3×4', 'bias 4'],
      half: [],
      far: ['kernel 5×5×3×4', 'bias 4'],
      sum: [],
      both: ['kernel 3×3×4×2'],
      flat: [],
      end: ['kernel 24×10', 'bias 10'],
    });
  });

  it('counts weights and multiply-accumulates, and their totals', () => {
    expect(each(branchy(), ({ params, macs }) => [params.trainable, macs])).toEqual({
      photo: [0, 0],
      near: [112, 12_960],
      half: [0, 0],
      far: [304, 9000],
      sum: [0, 0],
      both: [72, 864],
      flat: [0, 0],
      end: [250, 240],
    });
    expect(analyze(branchy()).totals).toEqual({
      params: { trainable: 738, nonTrainable: 0 },
      macs: 23_064,
      complete: true,
    });
  });

  it('sees ever more of the picture: the most of merged inputs, all of it behind a Dense', () => {
    expect(each(branchy(), ({ receptiveField }) => receptiveField)).toEqual({
      photo: [1, 1],
      near: [3, 3],
      half: [4, 4],
      far: [5, 5],
      sum: [5, 5],
      both: [9, 9],
      flat: [9, 9],
      end: [12, 10],
    });
  });

  it('tells moving averages from what is trained', () => {
    const document = chain(
      ['in', 'Input', { shape: [4, 4, 3] }],
      ['norm', 'BatchNormalization'],
      ['plain', 'BatchNormalization', { center: false, scale: false }],
    );
    expect(each(document, ({ params }) => params)).toMatchObject({
      norm: { trainable: 6, nonTrainable: 6 },
      plain: { trainable: 0, nonTrainable: 6 },
    });
    expect(analyze(document).totals.params).toEqual({ trainable: 6, nonTrainable: 12 });
  });

  it('writes the floor where a window does not come out even, and a dilated kernel as what it spans', () => {
    const document = chain(
      ['in', 'Input', { shape: [28, 28, 1] }],
      ['odd', 'Conv2D', { filters: 1, kernelSize: [5, 3], strides: [2, 1], padding: 1 }],
      ['wide', 'Conv2D', { filters: 1, kernelSize: 3, dilationRate: [2, 1] }],
    );
    expect(each(document, ({ arithmetic }) => arithmetic)).toMatchObject({
      odd: ['⌊(28 − 5 + 2·1)/2⌋ + 1 = 13', '(28 − 3 + 2·1)/1 + 1 = 28'],
      wide: ['(13 − ((3 − 1)·2 + 1) + 2·0)/1 + 1 = 9', '(28 − 3 + 2·0)/1 + 1 = 26'],
    });
    expect(each(document, ({ receptiveField }) => receptiveField)['wide']).toEqual([13, 5]);
  });

  it('has no receptive field where no picture comes in', () => {
    const document = chain(['in', 'Input', { shape: [784] }], ['end', 'Dense', { units: 10 }]);
    expect(each(document, ({ receptiveField }) => receptiveField)).toEqual({ in: null, end: null });
  });

  it('fills in the defaults of what a file leaves out', () => {
    expect(analyze(branchy()).layers.get('half')?.values).toEqual({
      poolSize: [2, 2],
      strides: [2, 2],
      padding: 'valid',
    });
  });
});

describe('beside an error', () => {
  /** A convolution that does not fit on one way; the other way is sound. */
  const broken = () =>
    network(
      [
        ['in', 'Input', { shape: [8, 8, 1] }],
        ['large', 'Conv2D', { filters: 2, kernelSize: 9 }],
        ['after', 'BatchNormalization'],
        ['fine', 'Conv2D', { filters: 2, kernelSize: 3, padding: 'same' }],
        ['sum', 'Add'],
        ['flat', 'Flatten'],
        ['end', 'Dense', { units: 10 }],
      ],
      [
        'in > large',
        'large > after',
        'in > fine',
        'after > sum:0',
        'fine > sum:1',
        'sum > flat',
        'flat > end',
      ],
    );

  it('is computed what can be computed', () => {
    expect(each(broken(), ({ outputShape }) => outputShape)).toEqual({
      in: [8, 8, 1],
      large: null,
      after: null,
      fine: [8, 8, 2],
      sum: null,
      flat: null,
      end: null,
    });
    expect(analyze(broken()).layers.get('sum')?.inputShapes).toEqual([null, [8, 8, 2]]);
  });

  it('the first cause alone is an error, and what follows waits for it', () => {
    expect(codes(broken())).toEqual(['window-does-not-fit']);
    expect(each(broken(), ({ waitingFor }) => waitingFor)).toEqual({
      in: null,
      large: null,
      after: 'large',
      fine: null,
      sum: 'large',
      flat: 'large',
      end: 'large',
    });
    expect(each(broken(), ({ problems }) => problems.length)).toMatchObject({ large: 1, after: 0, end: 0 });
  });

  it('the totals say "at least"', () => {
    expect(analyze(broken()).totals).toEqual({
      params: { trainable: 20, nonTrainable: 0 },
      macs: 8 * 8 * 2 * 9,
      complete: false,
    });
  });

  it('a layer that lacks an input waits for nobody, and the rest waits for it', () => {
    const document = chain(['flat', 'Flatten'], ['end', 'Dense', { units: 3 }]);
    expect(each(document, ({ waitingFor }) => waitingFor)).toEqual({ flat: null, end: 'flat' });
    expect(codes(document)).toEqual(['missing-input']);
  });

  it('a cycle is one error where data enters it, and all that hangs on it waits for that', () => {
    const document = network(
      [
        ['in', 'Input', { shape: [4] }],
        ['sum', 'Add'],
        ['back', 'Dropout', { rate: 0.1 }],
        ['end', 'Flatten'],
      ],
      ['in > sum:0', 'back > sum:1', 'sum > back', 'back > end'],
    );
    const { layers, problems, totals } = analyze(document);
    expect(problems.map(({ code, nodeId }) => [code, nodeId])).toEqual([['cycle', 'sum']]);
    expect([...layers].map(([id, { waitingFor }]) => [id, waitingFor])).toEqual([
      ['in', null],
      ['back', 'sum'],
      ['sum', null],
      ['end', 'sum'],
    ]);
    expect(layers.get('back')).toMatchObject({ problems: [], inputIds: ['sum'], inputShapes: [null] });
    expect(layers.get('sum')).toMatchObject({ problems, inputShapes: [[4], null] });
    expect(totals.complete).toBe(false);
  });

  it('a warning keeps nothing from being computed', () => {
    const document = chain(['in', 'Input', { shape: [5, 4, 3] }], ['end', 'Dense', { units: 2 }]);
    expect(analyze(document)).toMatchObject({ outputId: 'end', totals: { complete: true } });
    expect(each(document, ({ outputShape }) => outputShape)['end']).toEqual([5, 4, 2]);
  });

  it(
    'every layer of any drawing has a shape, a problem, or somebody to wait for',
    () => {
      fc.assert(
        fc.property(documents({ wiring: 'any' }), (document) => {
          const { layers, problems, totals } = analyze(deepFreeze(document));
          expect([...layers.keys()].sort()).toEqual(document.nodes.map(({ id }) => id).sort());
          for (const { outputShape, waitingFor, problems: own } of layers.values()) {
            const excuse = own.some(({ severity }) => severity === 'error') || waitingFor !== null;
            expect(excuse).toBe(outputShape === null);
            if (waitingFor !== null) expect(layers.get(waitingFor)?.problems).not.toEqual([]);
            expect(problems).toEqual(expect.arrayContaining([...own]));
          }
          expect(Number.isFinite(totals.macs + totals.params.trainable)).toBe(true);
        }),
        { numRuns: 300 },
      );
    },
    slow,
  );
});

it('says of an empty canvas that it is empty, and counts nothing', () => {
  expect(analyze(emptyDocument())).toMatchObject({
    outputId: null,
    totals: { params: { trainable: 0, nonTrainable: 0 }, macs: 0 },
    problems: [{ code: 'empty-network', severity: 'error' }],
  });
});

it(
  'says of random networks what TensorFlow.js makes of them: shapes, weights, totals',
  () => {
    fc.assert(
      fc.property(soundNetworks(), (document) => {
        const analysis = analyze(document);
        expect(analysis.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
        const { model, layers } = compileNetwork(tf, document, analysis);
        const parts = new Map(layers.map((layer) => [layer.id, layer.parts]));
        for (const { id, outputShape, weights } of analysis.layers.values()) {
          const layer = model.getLayer(id);
          // A layer that is carried out by several gives what the last of them gives.
          const last = parts.get(id)?.at(-1) ?? layer;
          expect([id, last.outputShape]).toEqual([id, [null, ...(outputShape ?? [])]]);
          expect(layer.weights.map(({ shape }) => shape)).toEqual(weights.map(({ shape }) => shape));
        }
        expect(model.outputs.map(({ shape }) => shape.slice(1))).toEqual([
          analysis.layers.get(analysis.outputId ?? '')?.outputShape,
        ]);
        const { trainable, nonTrainable } = analysis.totals.params;
        const count = (list: tf.LayersModel['weights']) =>
          list.reduce((sum, { shape }) => sum + sizeOf(shape.map(Number)), 0);
        expect(count(model.trainableWeights)).toBe(trainable);
        expect(count(model.nonTrainableWeights)).toBe(nonTrainable);
        expect(model.countParams()).toBe(trainable + nonTrainable);
        model.dispose();
      }),
      { numRuns: 150 },
    );
  },
  slow,
);
