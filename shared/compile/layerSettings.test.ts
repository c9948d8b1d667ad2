import { describe, expect, it } from 'vitest';

import { everyLayer } from '../layers/fileSettings.ts';
import { layers } from '../layers/index.ts';
import { from, graph, layer } from '../testing/models.ts';
import keras from '../testing/kerasLayers.json' with { type: 'json' };
import { importModel } from './importModel.ts';
import { drawnNames, settingProblems } from './layerSettings.ts';

interface KerasClass {
  readonly arguments: Readonly<Record<string, { readonly required?: boolean; readonly default?: unknown }>>;
  readonly config: Readonly<Record<string, unknown>> | null;
}
const classes: Readonly<Record<string, KerasClass>> = keras.classes;
const known = Object.entries(classes).flatMap(([kind, found]) => {
  const spec = layers.get(kind === 'InputLayer' ? 'Input' : kind);
  return spec === undefined ? [] : [{ kind, spec, ...found }];
});
const traits = { isKeras3: true, hasMasks: true };

describe.each(known)('$kind as Keras saves it', ({ kind, spec, arguments: all, config }) => {
  it('is drawn without a word where nothing is set', () => {
    const problems = settingProblems(spec, 'x', config ?? {}, traits).map(({ code }) => code);
    expect(problems).toEqual(kind === 'GRU' ? ['gru-resets-after'] : []);
  });

  it('loses no setting without a word', () => {
    const harmless = new Set<string>([...everyLayer.harmless, ...(spec.file?.harmless ?? [])]);
    const drawn = drawnNames(spec);
    // What is neither drawn nor harmless, and another than Keras's default.
    const silent = Object.entries(all).filter(([name, { default: standard }]) => {
      // No is the one that is drawn.
      if (harmless.has(name) || drawn.has(name) || name === 'reset_after') return false;
      const other = typeof standard === 'boolean' ? !standard : standard === 'other' ? 1 : 'other';
      return settingProblems(spec, 'x', { [name]: other, return_sequences: true }, traits).length === 0;
    });
    expect(silent).toEqual([]);
  });

  it('tells of a setting that nobody knows', () => {
    expect(settingProblems(spec, 'x', { hologram: 0.5 }, traits)).toMatchObject([
      {
        code: 'setting-left-out',
        severity: 'warning',
        message: expect.stringContaining('hologram') as string,
      },
    ]);
  });
});

it('refuses what changes the shape of a convolution', () => {
  const refused = (kind: string, config: object) => {
    const result = importModel(
      graph(layer('a', kind, { filters: 2, kernel_size: 3, ...config }, from('in'))),
    );
    return result.ok ? [] : result.problems.map(({ message }) => message);
  };
  expect(refused('Conv2DTranspose', { dilation_rate: [2, 2] })).toMatchObject([/dilation_rate/]);
  expect(refused('Conv2DTranspose', { strides: 2, output_padding: [0, 0] })).toMatchObject([
    /output_padding/,
  ]);
  expect(refused('Conv2DTranspose', { dilation_rate: [1, 1], output_padding: null })).toEqual([]);
});

it('takes the long windows of sound', () => {
  const long = layer('a', 'MaxPooling1D', { pool_size: [4000], strides: [2000] }, from('rows'));
  const rows = layer('rows', 'Reshape', { target_shape: [72, 1] }, from('in'));
  expect(importModel(graph(rows, long))).toMatchObject({ ok: true });
});

it('reads the slope that Keras 3 writes of LeakyReLU', () => {
  const result = importModel(graph(layer('a', 'LeakyReLU', { negative_slope: 0.1 }, from('in'))));
  expect(result).toMatchObject({
    ok: true,
    value: { document: { nodes: [{}, { params: { alpha: 0.1 } }] } },
  });
});

describe('Bidirectional of Keras 3', () => {
  const lstm = (more: object) => ({
    class_name: 'LSTM',
    config: {
      units: 3,
      return_sequences: true,
      zero_output_for_mask: true,
      recurrent_activation: 'sigmoid',
      ...more,
    },
  });
  const read = (backward: object) =>
    importModel(
      graph(
        layer('rows', 'Reshape', { target_shape: [6, 12] }, from('in')),
        layer(
          'both',
          'Bidirectional',
          { layer: lstm({ name: 'a' }), backward_layer: backward },
          from('rows'),
        ),
      ),
    );

  it('is drawn where its second layer is the first the other way round', () => {
    expect(read(lstm({ name: 'b', go_backwards: true }))).toMatchObject({ ok: true, value: { notes: [] } });
  });

  it('is refused by name where it is another', () => {
    const result = read(lstm({ name: 'b', go_backwards: true, units: 4 }));
    expect(result.ok ? [] : result.problems.map(({ message }) => message)).toMatchObject([/backward_layer/]);
  });
});
