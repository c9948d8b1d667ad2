import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';

import { compileDocument } from '../compile/compile.ts';
import type { Document } from '../document.ts';
import { analyze } from '../graph/analyze.ts';
import { findTemplate } from '../templates/index.ts';
import { chain } from '../testing/networks.ts';
import lecture from './lecture.json' with { type: 'json' };

type Cube = readonly (readonly (readonly number[])[])[];

beforeAll(async () => {
  tf.env().set('IS_TEST', true);
  await tf.setBackend('cpu');
});

/** The numbers of a calculation in their order, whatever its signs and spaces look like; `+2·0` is no padding. */
const numbers = (arithmetic: string) =>
  (arithmetic.replace(/ \+ 2·0(?!\d)/, '').match(/\d+/g) ?? []).map(Number);

/** One convolution of `size` with no padding on an input, as the lecture's shape examples have it. */
const convolution = ({ input, kernel, stride, padding }: (typeof lecture.shapeExamples)[number]) =>
  chain(
    ['input_1', 'Input', { shape: input }],
    [
      'conv2d_1',
      'Conv2D',
      { filters: kernel[3], kernelSize: kernel.slice(0, 2), strides: stride, padding, useBias: false },
    ],
  );

describe.each(lecture.shapeExamples)('$name', (example) => {
  const { layers, problems, totals } = analyze(convolution(example));
  const layer = layers.get('conv2d_1');

  it('has the shape that the lecture computes, whatever the batch', () => {
    expect(problems).toEqual([]);
    expect(layer?.outputShape).toEqual(example.output);
  });

  it('computes it with the numbers of the lecture', () => {
    expect(layer?.arithmetic).toHaveLength(2);
    for (const line of layer?.arithmetic ?? []) expect(numbers(line)).toEqual(numbers(example.arithmetic));
  });

  it('has weights of the shape that the lecture gives, as many as they make', () => {
    expect(layer?.weights).toEqual([{ name: 'kernel', shape: example.kernel, trainable: true }]);
    const [height = 0, width = 0, channels = 0, filters = 0] = example.kernel;
    expect(totals.params.trainable).toBe(height * width * channels * filters);
  });
});

it('counts the 2³¹ weights of a fully connected layer as a convolution without a slip', () => {
  const counts = lecture.shapeExamples.map(
    (example) => analyze(convolution(example)).totals.params.trainable,
  );
  expect(counts).toContain(2 ** 31);
});

describe('the chain of LeNet-5', () => {
  const { layers } = analyze(findTemplate('lenet-5')!.document);
  const windows = [...layers.values()].filter(({ kind }) => /^(Conv2D|MaxPooling2D)$/.test(kind));

  it('goes 32 → 28 → 14 → 10 → 5 → 1, in height and in width', () => {
    expect(lecture.chain.sizes).toEqual([32, 28, 14, 10, 5, 1]);
    for (const axis of [0, 1] as const) {
      expect([32, ...windows.map(({ outputShape }) => outputShape?.[axis])]).toEqual(lecture.chain.sizes);
    }
  });

  it.each(lecture.chain.arithmetic.map((line, index) => ({ line, index })))(
    'computes $line',
    ({ line, index }) => {
      for (const ours of windows[index]?.arithmetic ?? ['']) expect(numbers(ours)).toEqual(numbers(line));
    },
  );
});

describe('the convolution step by step', () => {
  const { input, filters, bias, stride, padding, output, outputShape } = lecture.convolutionStepByStep;

  /** From `[channel][row][column]` to the order of TensorFlow, `[row][column][channel]`. */
  const channelsLast = (cube: Cube) => tf.transpose(tf.tensor3d(cube as number[][][]), [1, 2, 0]);

  /** Runs the network on the numbers, with the lecture's filters in place of its weights. */
  const computed = (document: Document, given: Cube): unknown => {
    const model = compileDocument(tf, document, analyze(document));
    return tf.tidy(() => {
      const kernel = tf.transpose(tf.tensor4d(filters), [2, 3, 1, 0]);
      model.getLayer('conv2d_1').setWeights([kernel, tf.tensor1d(bias)]);
      const result = model.predict(channelsLast(given).expandDims(0)) as tf.Tensor4D;
      expect(result.shape).toEqual([1, ...outputShape]);
      return tf.transpose(result.squeeze([0]), [2, 0, 1]).arraySync();
    });
  };
  const network = (side: number, convPadding: unknown) =>
    chain(
      ['input_1', 'Input', { shape: [side, side, 3] }],
      ['conv2d_1', 'Conv2D', { filters: 2, kernelSize: 3, strides: stride, padding: convPadding }],
    );
  const inner = input.map((channel) => channel.slice(1, -1).map((row) => row.slice(1, -1)));

  it('is the one that the lecture shows: zeros around 5 × 5 numbers', () => {
    expect(inner.map((channel) => [channel.length, channel[0]?.length])).toEqual([
      [5, 5],
      [5, 5],
      [5, 5],
    ]);
    const edges = input.flatMap((channel) =>
      channel.flatMap((row, at) => (at % 6 === 0 ? row : [row[0], row[6]])),
    );
    expect(edges.filter((number) => number !== 0)).toEqual([]);
  });

  it("gives the lecture's output on data that has its zeros already", () => {
    expect(computed(network(7, 'valid'), input)).toEqual(output);
  });

  it("gives the lecture's output when the layer itself pads by 1", () => {
    expect(computed(network(5, padding), inner)).toEqual(output);
  });

  it("has the lecture's shape, with the arithmetic of the padding", () => {
    const layer = analyze(network(5, padding)).layers.get('conv2d_1');
    expect(layer?.outputShape).toEqual(outputShape);
    expect(layer?.arithmetic).toEqual(['(5 − 3 + 2·1)/2 + 1 = 3', '(5 − 3 + 2·1)/2 + 1 = 3']);
  });

  it('would tell a picture that is mirrored', () => {
    const turned = input.map((channel) => channel.map((row) => [...row].reverse()));
    expect(computed(network(7, 'valid'), turned)).not.toEqual(output);
  });
});

describe('a fully connected layer', () => {
  it('gives as a convolution over the whole picture what Dense gives behind a Flatten', async () => {
    const [height, width, channels, units] = [3, 2, 2, 4];
    const picture = tf.tensor4d(
      Array.from({ length: 2 * height * width * channels }, (_, index) => ((index * 7) % 11) - 5),
      [2, height, width, channels],
    );
    const kernel = tf.tensor2d(
      Array.from({ length: height * width * channels * units }, (_, index) => ((index * 5) % 13) - 6),
      [height * width * channels, units],
    );
    const bias = tf.tensor1d([1, -2, 3, 0]);
    const dense = chain(
      ['in', 'Input', { shape: [height, width, channels] }],
      ['flat', 'Flatten'],
      ['full', 'Dense', { units }],
    );
    const conv = chain(
      ['in', 'Input', { shape: [height, width, channels] }],
      ['full', 'Conv2D', { filters: units, kernelSize: [height, width] }],
    );
    const [asDense, asConvolution] = [dense, conv].map((document) =>
      compileDocument(tf, document, analyze(document)),
    );
    asDense!.getLayer('full').setWeights([kernel, bias]);
    asConvolution!.getLayer('full').setWeights([kernel.reshape([height, width, channels, units]), bias]);
    const one = asDense!.predict(picture) as tf.Tensor;
    const other = asConvolution!.predict(picture) as tf.Tensor;
    expect(other.shape).toEqual([2, 1, 1, units]);
    expect(await other.reshape([2, units]).array()).toEqual(await one.array());
    expect(new Set(await one.data()).size).toBeGreaterThan(units);
    const counts = [dense, conv].map((document) => analyze(document).totals);
    expect(counts[0]).toEqual(counts[1]);
  });
});
