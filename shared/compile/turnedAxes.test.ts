import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it, vi } from 'vitest';

import type { Document } from '../document.ts';
import { analyze } from '../graph/analyze.ts';
import { chain } from '../testing/networks.ts';
import { compileDocument } from './compile.ts';
import { importModel } from './importModel.ts';

beforeAll(async () => {
  // It says how slow it is.
  vi.spyOn(console, 'warn').mockReturnValue(undefined);
  await tf.setBackend('cpu');
});

const sides = [2, 3, 4] as const;
const normalised = (axis: number): Document =>
  chain(['input_1', 'Input', { shape: [...sides] }], ['norm', 'BatchNormalization', { axis, epsilon: 0.5 }]);

describe('a BatchNormalization', () => {
  it.each([1, 2, 3, -1, -2, -3])('normalises each slice along axis %i, as Keras does', (axis) => {
    const document = normalised(axis);
    const model = compileDocument(tf, document, analyze(document));
    const along = (axis < 0 ? sides.length + axis : axis - 1) as 0 | 1 | 2;
    const size = sides[along];
    // gamma, beta, mean, variance: of each slice another.
    const weights = [0, 1, 2, 3].map((kind) => Array.from({ length: size }, (_, at) => 1 + kind + at / 4));
    model.setWeights(weights.map((values) => tf.tensor1d(values)));
    const x = tf.randomUniform<tf.Rank.R4>([2, ...sides], -2, 2, 'float32', 5);
    const [y, given] = [(model.predict(x) as tf.Tensor4D).arraySync(), x.arraySync()];
    const [gamma = [], beta = [], mean = [], variance = []] = weights;
    for (const [example, rows] of given.entries())
      for (const [row, columns] of rows.entries())
        for (const [column, channels] of columns.entries())
          for (const [channel, value] of channels.entries()) {
            const at = [row, column, channel][along] ?? 0;
            const normed = (value - mean[at]!) / Math.sqrt(variance[at]! + 0.5);
            expect(y[example]?.[row]?.[column]?.[channel]).toBeCloseTo(gamma[at]! * normed + beta[at]!, 4);
          }
  });

  it('is one layer again when its model is imported, with its axis', () => {
    const document = normalised(-3);
    const model = compileDocument(tf, document, analyze(document));
    const modelTopology = JSON.parse(JSON.stringify(model.toJSON(null, false))) as unknown;
    const imported = importModel({ modelTopology });
    expect(imported.ok && imported.value.document.nodes).toMatchObject([
      { id: 'input_1' },
      { id: 'norm', kind: 'BatchNormalization', params: { axis: 1 } },
    ]);
    expect(imported.ok && imported.value.document.edges).toEqual([{ source: 'input_1', target: 'norm' }]);
  });
});
