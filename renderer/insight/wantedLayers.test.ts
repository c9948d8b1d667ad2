import { expect, it } from 'vitest';

import { wantedLayers } from './wantedLayers.ts';

const layer = (id: string, numbers: number) => ({ id, outputShape: [numbers] });

it('asks for all layers of a network that has few numbers', () => {
  expect(wantedLayers([layer('a', 1000), layer('b', 10)], new Set())).toBeNull();
});

it('asks a large network for the layers in view, as far as their numbers are not too many', () => {
  const layers = [layer('a', 600_000), layer('b', 600_000), layer('c', 300_000), layer('d', 5)];
  expect(wantedLayers(layers, new Set(['b']))).toEqual(['b']);
  expect(wantedLayers(layers, new Set(['a', 'b', 'c']))).toEqual(['a', 'c']);
  expect(wantedLayers(layers, new Set())).toEqual([]);
});
