import { describe, expect, it } from 'vitest';

import { layers } from '../../shared/layers/index.ts';
import { searchLayers } from './search.ts';

const all = [...layers.values()];
const found = (query: string) => searchLayers(all, query).map(({ kind }) => kind);

describe('the search of the palette', () => {
  it('shows all layers while nothing, or space alone, is typed', () => {
    expect(found('')).toEqual(all.map(({ kind }) => kind));
    expect(found('  ')).toEqual(all.map(({ kind }) => kind));
  });

  it.each([
    ['conv2d', 'Conv2D'],
    ['CONV', 'Conv2D'],
    ['pool', 'MaxPooling2D'],
    ['max pool', 'MaxPooling2D'],
    ['2d pool glo ave', 'GlobalAveragePooling2D'],
    ['卷積', 'Conv2D'],
    ['softmax', 'Softmax'],
    ['conv2dt', 'Conv2DTranspose'],
    ['relu', 'ReLU'],
  ])(
    'finds by name, whatever the case and the order of the words, the likeliest first: %s',
    (query, kind) => {
      expect(found(query)[0]).toBe(kind);
    },
  );

  it('finds all whose name holds every word', () => {
    const expected = all.filter(({ kind }) => /pooling2d/i.test(kind) && /global/i.test(kind));
    expect(found('2d pool glo').toSorted()).toEqual(expected.map(({ kind }) => kind).toSorted());
  });

  it('finds by category and by what a layer is for where no name fits', () => {
    expect(found('merge')).toEqual(
      all.filter(({ category }) => category === 'merge').map(({ kind }) => kind),
    );
    expect(found('rely any single')).toEqual(['Dropout']);
  });

  it('prefers names: a word of a sentence brings no more layers along', () => {
    const named = all.filter(({ kind, title }) => `${kind} ${title.en}`.toLowerCase().includes('dense'));
    expect(found('dense')).toEqual(named.map(({ kind }) => kind));
  });

  it('finds nothing for what is no layer, and takes signs for themselves', () => {
    expect(found('xyzzy')).toEqual([]);
    expect(found('.*')).toEqual([]);
  });
});
