import type * as tfc from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { Document } from '../../../shared/document.ts';
import { analyze } from '../../../shared/graph/analyze.ts';
import { numbersAt } from '../../../shared/rpc/bytes.ts';
import { chain, network } from '../../../shared/testing/networks.ts';
import { plainEngine } from '../testing/engines.ts';
import { activationsOf, weightsOf } from './activations.ts';
import { explain } from './answers.ts';
import { deconvnet } from './deconvnet.ts';
import { gradCam, saliency } from './gradients.ts';
import { occlusion, occlusionPlaces } from './occlusion.ts';
import { inputOf, openNetwork, type OpenNetwork } from './openNetwork.ts';

const { tf } = plainEngine();
const turn = () => Promise.resolve();

let opened: OpenNetwork[] = [];
beforeEach(async () => {
  vi.spyOn(console, 'warn').mockReturnValue(undefined);
  await tf.setBackend('cpu');
});
afterEach(() => {
  for (const { compiled } of opened) compiled.model.dispose();
  opened = [];
});

function open(document: Document): OpenNetwork {
  const result = openNetwork(tf, document, analyze(document));
  if (!result.ok) throw new Error(result.problems[0]?.message);
  opened.push(result.value);
  return result.value;
}

const side = 8;
/** Two convolutions with a pooling between them, and a skip around the second. */
const branched = (activation = 'relu') =>
  network(
    [
      ['input_1', 'Input', { shape: [side, side, 2] }],
      ['conv_1', 'Conv2D', { filters: 3, kernelSize: 3, padding: 'same', activation }],
      ['pool', 'MaxPooling2D', { poolSize: 2 }],
      ['conv_2', 'Conv2D', { filters: 3, kernelSize: 3, padding: 'same', activation }],
      ['add', 'Add', {}],
      ['flatten', 'Flatten', {}],
      ['out', 'Dense', { units: 4, activation: 'softmax' }],
    ],
    [
      'input_1 > conv_1',
      'conv_1 > pool',
      'pool > conv_2',
      'conv_2 > add:0',
      'pool > add:1',
      'add > flatten',
      'flatten > out',
    ],
  );

const picture = () => tf.randomUniform<tfc.Rank.R4>([1, side, side, 2], 0, 1, 'float32', 7);

describe('activations', () => {
  it('are those that TensorFlow.js’s own model gives, layer by layer', () => {
    const net = open(branched());
    const input = picture();
    const { layers, numbers, output } = activationsOf(tf, net, input, null);
    expect(layers.map(({ id }) => id)).toEqual(net.compiled.layers.map(({ id }) => id));
    for (const place of layers.slice(1)) {
      const part = tf.model({
        inputs: net.compiled.model.inputs,
        outputs: net.compiled.model.getLayer(place.id).output,
      });
      const expected = part.predict(input) as tfc.Tensor;
      expect(place.shape).toEqual(expected.shape.slice(1));
      expect([...numbersAt(numbers, place)]).toEqual([...expected.dataSync()]);
    }
    expect(output.reduce((sum, one) => sum + one)).toBeCloseTo(1, 5);
  });

  it('are of the named layers alone, and leave no tensor behind', () => {
    const net = open(branched());
    const input = picture();
    const before = tf.memory().numTensors;
    expect(activationsOf(tf, net, input, ['pool']).layers).toEqual([{ id: 'pool', shape: [4, 4, 3], at: 0 }]);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('come with the weights of each layer', () => {
    const net = open(branched());
    const { weights, numbers } = weightsOf(net, 'conv_1');
    expect(weights.map(({ name, shape }) => [name, shape])).toEqual([
      ['kernel', [3, 3, 2, 3]],
      ['bias', [3]],
    ]);
    const [kernel] = net.compiled.model.getLayer('conv_1').getWeights();
    expect([...numbers.subarray(0, 54)]).toEqual([...(kernel?.dataSync() ?? [])]);
  });
});

/** The score of a class, by TensorFlow.js's own model up to its softmax. */
function scoreBy(net: OpenNetwork, input: tfc.Tensor, classIndex: number): number {
  return tf.tidy(() => {
    const probabilities = net.compiled.model.predict(input) as tfc.Tensor;
    // The logarithm of a softmax is its input but for what all classes have in common.
    const logs = probabilities.log().dataSync();
    return logs[classIndex] ?? NaN;
  });
}

describe('saliency', () => {
  it('is how much the score changes with a pixel, by differences', () => {
    // Without kinks, so that a difference is a derivative.
    const net = open(branched('tanh'));
    const input = picture();
    const step = 1e-2;
    const map = saliency(tf, net, input, 1);
    expect(map.shape).toEqual([side, side]);
    const changed = (pixel: number, by: number) => {
      const numbers = Float32Array.from(input.dataSync());
      numbers[pixel] = (numbers[pixel] ?? 0) + by;
      return tf.tensor4d(numbers, [1, side, side, 2]);
    };
    const dense = net.compiled.layers.at(-1)?.parts.at(-1);
    if (dense === undefined) throw new Error('The network ends in a layer.');
    const logits = (given: tfc.Tensor) =>
      tf.tidy(() => {
        const flat = tf
          .model({
            inputs: net.compiled.model.inputs,
            outputs: net.compiled.model.getLayer('flatten').output,
          })
          .predict(given) as tfc.Tensor;
        const [kernel, bias] = dense.getWeights();
        if (kernel === undefined || bias === undefined) throw new Error('Dense has weights.');
        return (
          flat
            .matMul(kernel as tfc.Tensor2D)
            .add(bias)
            .dataSync()[1] ?? NaN
        );
      });
    for (const [row, column] of [
      [0, 0],
      [3, 4],
      [7, 7],
    ] as const) {
      const slopes = [0, 1].map((channel) => {
        const pixel = (row * side + column) * 2 + channel;
        return Math.abs((logits(changed(pixel, step)) - logits(changed(pixel, -step))) / (2 * step));
      });
      expect(map.values[row * side + column]).toBeCloseTo(Math.max(...slopes), 2);
    }
    expect(map.score).toBeCloseTo(logits(input), 4);
  });
});

describe('Grad-CAM', () => {
  it('weighs maps by the mean of their gradients, which a Dense layer behind them has in its kernel', () => {
    const net = open(
      chain(
        ['input_1', 'Input', { shape: [side, side, 2] }],
        ['conv', 'Conv2D', { filters: 3, kernelSize: 3, activation: 'relu' }],
        ['flatten', 'Flatten'],
        ['out', 'Dense', { units: 4, activation: 'softmax' }],
      ),
    );
    const input = picture();
    const { layers, numbers } = activationsOf(tf, net, input, ['conv']);
    const maps = numbersAt(numbers, layers[0] ?? { shape: [0], at: 0 });
    const kernel = net.compiled.model.getLayer('out').getWeights()[0]?.dataSync() ?? [];
    const classIndex = 2;
    const places = 36;
    const weights = [0, 1, 2].map((channel) => {
      let sum = 0;
      for (let at = 0; at < places; at += 1) sum += kernel[(at * 3 + channel) * 4 + classIndex] ?? 0;
      return sum / places;
    });
    const cam = gradCam(tf, net, input, 'conv', classIndex);
    expect(cam.shape).toEqual([6, 6]);
    for (let at = 0; at < places; at += 1) {
      const sum = weights.reduce(
        (total, weight, channel) => total + weight * (maps[at * 3 + channel] ?? 0),
        0,
      );
      expect(cam.values[at]).toBeCloseTo(Math.max(0, sum), 5);
    }
  });

  it('sees all ways from the layer to the output, a skip as well', () => {
    const net = open(branched());
    const input = picture();
    const before = tf.memory().numTensors;
    // What the maps of the pooling do goes through conv_2 and around it.
    const cam = gradCam(tf, net, input, 'pool', 0);
    expect(cam.shape).toEqual([4, 4]);
    expect(cam.values.some((value) => value > 0)).toBe(true);
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('an occlusion map', () => {
  it('is the class’s output with a square over each place, by definition', async () => {
    const net = open(branched());
    const input = picture();
    const square = { size: 3, stride: 2, value: 0.5 };
    expect(occlusionPlaces([side, side], square)).toEqual([3, 3]);
    const map = await occlusion(tf, net, input, 1, square, 4, turn);
    expect(map.shape).toEqual([3, 3]);
    for (let place = 0; place < 9; place += 1) {
      const numbers = tf.buffer([1, side, side, 2], 'float32', Float32Array.from(input.dataSync()));
      const top = Math.floor(place / 3) * 2;
      const left = (place % 3) * 2;
      for (let row = top; row < top + 3; row += 1)
        for (let column = left; column < left + 3; column += 1)
          for (const channel of [0, 1]) numbers.set(0.5, 0, row, column, channel);
      const covered = (net.compiled.model.predict(numbers.toTensor()) as tfc.Tensor).dataSync();
      expect(map.values[place]).toBeCloseTo(covered[1] ?? NaN, 5);
    }
    expect(Math.log(map.score)).toBeCloseTo(scoreBy(net, input, 1), 4);
  });
});

describe('a projection by a deconvnet', () => {
  it('of one convolution is its filter, put where the map is strongest', () => {
    const net = open(
      chain(
        ['input_1', 'Input', { shape: [side, side, 1] }],
        ['conv', 'Conv2D', { filters: 2, kernelSize: 3, activation: 'relu' }],
        ['flatten', 'Flatten'],
        ['out', 'Dense', { units: 4, activation: 'softmax' }],
      ),
    );
    const input = tf.randomUniform<tfc.Rank.R4>([1, side, side, 1], 0, 1, 'float32', 3);
    const found = deconvnet(tf, net, input, 'conv', 1);
    const kernel = net.compiled.model.getLayer('conv').getWeights()[0]?.dataSync() ?? [];
    const [row, column] = found.place ?? [NaN, NaN];
    const expected = new Float32Array(side * side);
    for (let down = 0; down < 3; down += 1)
      for (let right = 0; right < 3; right += 1)
        expected[(row + down) * side + column + right] = kernel[(down * 3 + right) * 2 + 1] ?? NaN;
    expect([...found.values]).toEqual([...expected].map((value) => expect.closeTo(value, 6) as number));
  });

  it('lets back through a rectified map what is positive there, whatever was positive on the way forth', () => {
    const net = open(
      chain(
        ['input_1', 'Input', { shape: [1, 1, 1] }],
        ['conv_1', 'Conv2D', { filters: 2, kernelSize: 1, activation: 'relu' }],
        ['conv_2', 'Conv2D', { filters: 1, kernelSize: 1, activation: 'linear' }],
        ['flatten', 'Flatten'],
        ['out', 'Dense', { units: 2, activation: 'softmax' }],
      ),
    );
    const { model } = net.compiled;
    // The second feature is off for this picture; a gradient would leave it out, a deconvnet does not.
    model.getLayer('conv_1').setWeights([tf.tensor([1, 2], [1, 1, 1, 2]), tf.tensor1d([0, -5])]);
    model.getLayer('conv_2').setWeights([tf.tensor([3, 4], [1, 1, 2, 1]), tf.tensor1d([0])]);
    const found = deconvnet(tf, net, tf.ones([1, 1, 1, 1]), 'conv_2', 0);
    expect([...found.values]).toEqual([3 * 1 + 4 * 2]);
    model.getLayer('conv_2').setWeights([tf.tensor([3, -4], [1, 1, 2, 1]), tf.tensor1d([0])]);
    expect([...deconvnet(tf, net, tf.ones([1, 1, 1, 1]), 'conv_2', 0).values]).toEqual([3]);
    // Afterwards the network computes as before.
    expect(activationsOf(tf, net, tf.ones([1, 1, 1, 1]), ['conv_1']).numbers).toEqual(Float32Array.of(1, 0));
  });
});

describe('what cannot be shown', () => {
  const codeOf = async (asked: Partial<Parameters<typeof explain>[3]>) => {
    const net = open(branched());
    const result = await explain(
      { tf },
      net,
      picture(),
      { method: 'grad-cam', layerId: null, classIndex: null, channel: null, ...asked },
      turn,
    );
    return result.ok ? result.value.layerId : result.problems[0]?.code;
  };

  it('is refused with its reason', async () => {
    expect(await codeOf({ layerId: 'none' })).toBe('no-such-layer');
    expect(await codeOf({ layerId: 'out' })).toBe('no-maps');
    expect(await codeOf({ classIndex: 4 })).toBe('no-such-class');
    expect(await codeOf({ method: 'deconvnet', layerId: 'conv_1', channel: 3 })).toBe('no-such-channel');
  });

  it('is the last convolution where no layer is named', async () => {
    expect(await codeOf({})).toBe('conv_2');
  });

  it('is a picture that does not fit; a smaller one stands in the middle', () => {
    const net = open(branched());
    const small = inputOf(tf, net, { shape: [6, 6, 2], values: new Float32Array(72).fill(1) });
    expect(small.ok && small.value.shape).toEqual([1, side, side, 2]);
    expect(small.ok && small.value.sum().dataSync()[0]).toBe(72);
    const large = inputOf(tf, net, { shape: [9, 9, 2], values: new Float32Array(162) });
    expect(large.ok ? '' : large.problems[0]?.code).toBe('picture-does-not-fit');
  });

  it('is a network of two inputs', () => {
    const document = network(
      [
        ['a', 'Input', { shape: [2, 2, 1] }],
        ['b', 'Input', { shape: [2, 2, 1] }],
        ['add', 'Add', {}],
      ],
      ['a > add:0', 'b > add:1'],
    );
    const result = openNetwork(tf, document, analyze(document));
    expect(result.ok ? '' : result.problems[0]?.code).toBe('not-of-one-picture');
  });
});
