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
    ['conv2d', ['Conv2D']],
    ['CONV', ['Conv2D']],
    ['pool', ['MaxPooling2D', 'AveragePooling2D', 'GlobalAveragePooling2D']],
    ['max pool', ['MaxPooling2D']],
    ['2d pool glo', ['GlobalAveragePooling2D']],
    ['卷積', ['Conv2D']],
  ])('finds by name, whatever the case and the order of the words: %s', (query, kinds) => {
    expect(found(query)).toEqual(kinds);
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
