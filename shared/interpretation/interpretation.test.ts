import { describe, expect, it } from 'vitest';

import { analyze } from '../graph/analyze.ts';
import { findTemplate } from '../templates/index.ts';
import { chain, type Drawn } from '../testing/networks.ts';
import { inInput } from './inInput.ts';
import { layersWithMaps, usualLayer } from './layersWithMaps.ts';

describe('a picture in a larger input', () => {
  const small = { shape: [2, 2, 1], values: Float32Array.of(1, 2, 3, 4) };

  it('stands in its middle, with zeros around it', () => {
    const wide = inInput(small, [4, 4, 1]);
    expect(wide.shape).toEqual([4, 4, 1]);
    expect([...wide.values]).toEqual([0, 0, 0, 0, 0, 1, 2, 0, 0, 3, 4, 0, 0, 0, 0, 0]);
  });

  it('stays as it is where it fills the input, or does not fit', () => {
    expect(inInput(small, [2, 2, 1])).toEqual(small);
    expect(inInput(small, [1, 1, 1])).toEqual(small);
    expect(inInput(small, [4, 4, 3])).toEqual(small);
  });
});

describe('the layer that is asked where none is named', () => {
  const usualOf = (...drawn: readonly Drawn[]) =>
    usualLayer(layersWithMaps(analyze(chain(['input_1', 'Input', { shape: [4, 4, 1] }], ...drawn))))?.id;

  it('is LeNet-5’s second convolution: its third has one place, whose map would say nothing', () => {
    const lenet = findTemplate('lenet-5')?.document;
    if (lenet === undefined) throw new Error('There is no such template.');
    const withMaps = layersWithMaps(analyze(lenet));
    expect(withMaps.map(({ id }) => id)).toContain('conv2d_3');
    expect(usualLayer(withMaps)?.id).toBe('conv2d_2');
  });

  it('is the last convolution, whatever comes behind it', () => {
    const conv = { filters: 2, kernelSize: 1 };
    expect(usualOf(['a', 'Conv2D', conv], ['b', 'Conv2D', conv], ['pool', 'MaxPooling2D', {}])).toBe('b');
  });

  it('is the last layer with maps where there is no convolution, and none where there are no maps', () => {
    expect(usualOf(['pool', 'MaxPooling2D', {}], ['flat', 'Flatten', {}])).toBe('pool');
    expect(usualOf(['flat', 'Flatten', {}])).toBeUndefined();
  });

  it('has one place where all have', () => {
    const whole = { filters: 2, kernelSize: 4 };
    expect(usualOf(['a', 'Conv2D', whole], ['b', 'Activation', { activation: 'relu' }])).toBe('b');
  });
});
