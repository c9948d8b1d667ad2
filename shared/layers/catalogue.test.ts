import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';

import keras from '../testing/kerasLayers.json' with { type: 'json' };
import { layers } from './index.ts';
import { completeParams } from './paramValues.ts';
import { stockRandomLayer, type RandomLayer } from './random.ts';

/** Layers of TensorFlow.js that are none of the catalogue, and why. */
const absent: Readonly<Record<string, string>> = {
  InputLayer: 'It is Input.',
  RNN: 'It runs cells of any kind; SimpleRNN, LSTM and GRU are those that there are.',
  SimpleRNNCell: 'A part of SimpleRNN.',
  LSTMCell: 'A part of LSTM.',
  GRUCell: 'A part of GRU.',
  ConvLSTM2DCell: 'A part of ConvLSTM2D.',
  StackedRNNCells: 'Cells of one RNN; layers one after another draw the same.',
  RandomWidth:
    'Its output has another width at each step, so that no shape can be told, and TensorFlow.js fails when it runs within a network.',
};
/** Classes that can be called, but are networks. */
const notLayers: readonly string[] = ['Model', 'Functional', 'Sequential'];

/** The names that TensorFlow.js saves its layers under: all classes that can be called on tensors. */
function registeredLayers(): readonly string[] {
  const { classNameMap } = tf.serialization.SerializationMap.getMap();
  return Object.entries(classNameMap)
    .filter(([, [Class]]) => Class.prototype instanceof tf.layers.Layer)
    .map(([name]) => name)
    .filter((name) => !notLayers.includes(name));
}

describe('the catalogue', () => {
  it('has every layer of TensorFlow.js, but for those that are left out with a reason', () => {
    const missing = registeredLayers().filter((name) => !layers.has(name));
    expect(missing.sort()).toEqual(Object.keys(absent).sort());
  });

  it('has layers of Keras besides, made of layers that TensorFlow.js knows', () => {
    const known = new Set(registeredLayers());
    const others = [...layers.values()].filter(({ kind }) => kind !== 'Input' && !known.has(kind));
    for (const spec of others) {
      expect(Object.keys(keras.classes)).toContain(spec.kind);
      const [{ params, inputs }] = spec.examples as [(typeof spec.examples)[number]];
      const context = {
        name: 'x',
        inputs,
        seed: 1,
        createRandomLayer: (layer: RandomLayer) => stockRandomLayer(tf, layer),
      };
      const parts = spec.build(tf, completeParams(spec.params, params), context);
      expect(parts.map((part) => part.getClassName()).filter((kind) => !known.has(kind))).toEqual([]);
    }
  });

  it('has what makes a layer in TensorFlow.js, under whatever name', () => {
    const { Layer, RNN, RNNCell, input, ...makers } = tf.layers;
    expect([Layer, RNN, RNNCell, input].every((one) => typeof one === 'function')).toBe(true);
    const kinds = new Set([...layers.keys(), ...Object.keys(absent)].map((kind) => kind.toLowerCase()));
    // Shorter names of poolings.
    const long = (name: string) =>
      name
        .toLowerCase()
        .replace(/^avgpool(?=\d)|^avgpooling/, 'averagepooling')
        .replace(/^maxpool(?=\d)/, 'maxpooling')
        .replace(/^global(max|average)pool(?=\d)/, 'global$1pooling');
    expect(Object.keys(makers).filter((name) => !kinds.has(long(name)))).toEqual([]);
  });
});
