import { describe, expect, it } from 'vitest';

import { analyze } from '../graph/analyze.ts';
import { findTemplate } from './index.ts';
import kerasApplications from './keras-applications.json' with { type: 'json' };

/** What stands in another class here than in Keras Applications, with the same shape and numbers. */
const otherClasses: Readonly<Record<string, string>> = {
  // Keras keeps height and width of its global pooling there, which TensorFlow.js cannot.
  'mobilenet-v1 global_average_pooling2d': 'AveragePooling2D',
};

interface KerasNetwork {
  readonly params: number;
  readonly trainable: number;
  /** In Keras's order, shapes without the batch. */
  readonly layers: readonly (readonly [
    name: string,
    kind: string,
    shape: readonly number[],
    params: number,
  ])[];
}

const given: unknown = kerasApplications.networks;
const networks = Object.entries(given as Readonly<Record<string, KerasNetwork>>);

describe.each(networks)('%s', (id, keras) => {
  const { document } = findTemplate(id)!;
  const { layers, totals } = analyze(document);

  it('has every layer of Keras Applications by its name, with its shape and its number of weights', () => {
    const ours = [...layers.values()].map(({ id: name, kind, outputShape, params }) => [
      name,
      kind === 'Input' ? 'InputLayer' : kind,
      outputShape,
      params.trainable + params.nonTrainable,
    ]);
    const theirs = keras.layers.map(([name, kind, shape, params]) => [
      name,
      otherClasses[`${id} ${name}`] ?? kind,
      shape,
      params,
    ]);
    const byName = (rows: readonly (readonly unknown[])[]) =>
      new Map(rows.map(([name, ...rest]) => [name, rest]));
    expect(byName(ours)).toEqual(byName(theirs));
    expect(ours).toHaveLength(theirs.length);
  });

  it('has its totals', () => {
    const { trainable, nonTrainable } = totals.params;
    expect({ params: trainable + nonTrainable, trainable }).toEqual({
      params: keras.params,
      trainable: keras.trainable,
    });
  });
});
