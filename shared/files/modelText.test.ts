import { strToU8, zipSync } from 'fflate';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { modelText } from './modelText.ts';
import { readNetworkText } from './readNetwork.ts';

const config = {
  module: 'keras',
  class_name: 'Sequential',
  config: {
    name: 'digits',
    layers: [
      {
        module: 'keras.layers',
        class_name: 'InputLayer',
        config: { batch_shape: [null, 28, 28, 1], name: 'in' },
      },
      { module: 'keras.layers', class_name: 'Flatten', config: { name: 'flat' } },
      {
        module: 'keras.layers',
        class_name: 'Dense',
        config: { name: 'end', units: 10, activation: 'softmax' },
      },
    ],
  },
};
const weights = new Uint8Array(100_000);

describe('a .keras file', () => {
  it('opens for its network, whatever else is in it', () => {
    const file = zipSync({
      'metadata.json': strToU8('{}'),
      'model.weights.h5': weights,
      'config.json': strToU8(JSON.stringify(config)),
    });
    const text = modelText(file);
    const read = text.ok ? readNetworkText(text.value) : text;
    expect(read).toMatchObject({ ok: true, value: { document: { name: 'digits' }, isProject: false } });
  });

  it('that has no network says so', () => {
    expect(modelText(zipSync({ 'a.txt': weights }))).toMatchObject({ problems: [{ code: 'file-zip' }] });
    const inner = zipSync({ 'config.json': strToU8(JSON.stringify(config)) });
    expect(modelText(zipSync({ 'inner.zip': inner }))).toMatchObject({ problems: [{ code: 'file-zip' }] });
  });

  it('is not unpacked beyond what a text may have', () => {
    const bomb = zipSync({ 'config.json': new Uint8Array(40 * 2 ** 20) });
    const start = performance.now();
    expect(modelText(bomb)).toMatchObject({ problems: [{ code: 'file-too-large' }] });
    expect(performance.now() - start).toBeLessThan(2000);
  });

  it('may be damaged anywhere', () => {
    const file = zipSync({ 'config.json': strToU8(JSON.stringify(config)) });
    fc.assert(
      fc.property(
        fc.nat({ max: file.length - 1 }),
        fc.integer({ min: 0, max: 255 }),
        fc.boolean(),
        (at, byte, cut) => {
          const damaged = cut ? file.slice(0, at) : file.with(at, byte);
          const text = modelText(damaged);
          if (text.ok) readNetworkText(text.value);
          else expect(text.problems[0]?.message).not.toBe('');
        },
      ),
      { numRuns: 300 },
    );
  });
});

it('an .h5 file says what to do', () => {
  const head = Uint8Array.from([0x89, 0x48, 0x44, 0x46, 13, 10, 26, 10]);
  expect(modelText(head)).toMatchObject({ problems: [{ code: 'file-h5' }] });
});
