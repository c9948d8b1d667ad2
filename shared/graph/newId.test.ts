import { describe, expect, it } from 'vitest';

import { emptyDocument } from '../document.ts';
import { layers } from '../layers/index.ts';
import { network } from '../testing/networks.ts';
import { newId, snakeCase } from './edit.ts';

const withIds = (...ids: string[]) =>
  network(
    ids.map((id) => [id, 'Flatten']),
    [],
  );

describe('an id for a new layer', () => {
  it('is Keras’s snake case of its kind, with a number from 1', () => {
    const ids = {
      Input: 'input_1',
      Conv2D: 'conv2d_1',
      Conv2DTranspose: 'conv2d_transpose_1',
      MaxPooling2D: 'max_pooling2d_1',
      GlobalAveragePooling2D: 'global_average_pooling2d_1',
      UpSampling2D: 'up_sampling2d_1',
      ZeroPadding2D: 'zero_padding2d_1',
      ReLU: 're_lu_1',
      Add: 'add_1',
    };
    for (const [kind, id] of Object.entries(ids)) expect(newId(emptyDocument(), kind)).toBe(id);
    for (const kind of layers.keys()) expect(newId(emptyDocument(), kind)).toMatch(/^[a-z][a-z0-9_]+_1$/);
    expect(snakeCase('useBias')).toBe('use_bias');
  });

  it('follows the highest number there is, and never meets another', () => {
    expect(newId(withIds('conv2d_1', 'conv2d_3', 'conv2d_x', 'conv2d_007'), 'Conv2D')).toBe('conv2d_8');
  });

  it('is found at once beside numbers too large to count on from', () => {
    const ids = [2 ** 53 - 1, 2 ** 53, 1e21, Infinity].map(
      (number) => `conv2d_${String(number).replace('+', '')}`,
    );
    expect(newId(withIds('conv2d_2', ...ids), 'Conv2D')).toBe('conv2d_3');
  });
});
