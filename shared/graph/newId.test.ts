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
    expect([...layers.keys()].map((kind) => newId(emptyDocument(), kind))).toEqual([
      'input_1',
      'conv2d_1',
      'max_pooling2d_1',
      'average_pooling2d_1',
      'global_average_pooling2d_1',
      'dense_1',
      'activation_1',
      'batch_normalization_1',
      'dropout_1',
      'flatten_1',
      'zero_padding2d_1',
      'add_1',
      'concatenate_1',
    ]);
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
