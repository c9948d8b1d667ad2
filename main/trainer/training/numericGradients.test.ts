import type * as tfc from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';

import { compileDocument } from '../../../shared/compile/compile.ts';
import type { Document } from '../../../shared/document.ts';
import { analyze } from '../../../shared/graph/analyze.ts';
import { layers } from '../../../shared/layers/index.ts';
import { network } from '../../../shared/testing/networks.ts';
import { loadEngine, type Engine } from '../engine/index.ts';
import { alone, classes, everything, withTraining } from '../testing/steps.ts';
import { createRandom } from './random.ts';
import { createRandomLayers } from './randomLayers.ts';
import { createPass } from './step.ts';

const folder = process.env['CONVAS_TEST_ENGINE'];
let engine: Engine;

beforeAll(async () => {
  const loaded = await loadEngine({ choice: folder === undefined ? 'wasm' : 'native', folder });
  if (!loaded.ok) throw new Error(loaded.problems[0]?.message);
  engine = loaded.value;
});

/** Without ReLU, at whose corner there is no slope: behind a padding of zeros many numbers stand right there. */
const smooth: Document = {
  ...everything,
  nodes: everything.nodes.map((node) =>
    node.id === 'conv' ? { ...node, params: { ...node.params, activation: 'elu' } } : node,
  ),
};
const merged = network(
  [
    ['input_1', 'Input', { shape: [6, 6, 2] }],
    ['left', 'Conv2D', { filters: 3, kernelSize: 3, padding: 'same', activation: 'tanh' }],
    ['right', 'Conv2D', { filters: 3, kernelSize: 1 }],
    ['sum', 'Add'],
    ['both', 'Concatenate'],
    ['flat', 'Flatten'],
    ['out', 'Dense', { units: classes, activation: 'softmax' }],
  ],
  [
    ...['input_1 > left', 'input_1 > right', 'left > sum:0', 'right > sum:1', 'sum > both:0'],
    ...['left > both:1', 'both > flat', 'flat > out'],
  ],
);

/** Far enough that float32 sees a difference, near enough that the loss is straight. */
const distance = 2e-3;
const examples = 6;

/**
 * By how much the loss grows along a direction in the space of all weights: as the gradients say, and by the
 * definition, `(loss(w + h·d) − loss(w − h·d)) / 2h`.
 */
function slopes(document: Document, seed: number) {
  const { tf } = engine;
  const random = createRandom(seed, 1);
  const createRandomLayer = createRandomLayers(tf, engine.uniform, { step: 1 });
  const model = compileDocument(tf, document, analyze(document), { createRandomLayer });
  const pass = createPass(tf, engine.crossEntropy, model, document.training);
  const result = tf.tidy(() => {
    const shape = [examples, ...pass.inputShape];
    const size = shape.reduce((product, side) => product * side, 1);
    const x = tf.tensor(
      Float32Array.from({ length: size }, () => random() * 2 - 1),
      shape,
    );
    const labels = tf.tensor1d(
      Array.from({ length: examples }, (_, at) => at % classes),
      'int32',
    );
    const y = tf.oneHot(labels, classes).toFloat();
    const weights = pass.variables.map((variable) => variable.clone());
    const direction = pass.variables.map((variable) =>
      tf.tensor(
        Float32Array.from({ length: variable.size }, () => random() * 2 - 1),
        variable.shape,
      ),
    );
    const { gradients } = pass.gradientsOf(x, y);
    const expected = pass.variables.reduce((sum, { name }, at) => {
      const gradient = gradients[name];
      return gradient === undefined ? sum : sum + dot(gradient, direction[at]);
    }, 0);
    const lossAt = (h: number) => {
      for (const [at, variable] of pass.variables.entries()) {
        variable.assign(tf.add(weights[at] ?? 0, tf.mul(direction[at] ?? 0, h)));
      }
      return pass.gradientsOf(x, y).loss.dataSync()[0] ?? NaN;
    };
    return { gradients: expected, differences: (lossAt(distance) - lossAt(-distance)) / (2 * distance) };
  });
  pass.dispose();
  model.dispose();
  return result;
}

function dot(a: tfc.Tensor, b: tfc.Tensor | undefined): number {
  const right = b?.dataSync() ?? [];
  return Array.from(a.dataSync()).reduce((sum, value, at) => sum + value * (right[at] ?? NaN), 0);
}

describe('gradients agree with differences of the loss', () => {
  const kinds = [...layers.keys()].filter((kind) => alone(kind) !== undefined);
  const networks: [string, Document][] = [
    ['all kinds together', smooth],
    ['mean squared error', withTraining(smooth, { loss: 'meanSquaredError' })],
    ['branches and merges', merged],
    ...kinds.flatMap((kind): [string, Document][] => {
      const document = alone(kind);
      return document === undefined ? [] : [[kind, document]];
    }),
  ];
  it.each(networks)('for %s', (_, document) => {
    for (const seed of [1, 2, 3]) {
      const { gradients, differences } = slopes(document, seed);
      expect(Math.abs(gradients - differences)).toBeLessThan(0.02 * Math.max(0.5, Math.abs(differences)));
    }
  });
});
