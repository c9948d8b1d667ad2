import { fireEvent, screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';

import { readyBlocks } from '../../shared/blocks/index.ts';
import { layers } from '../../shared/layers/index.ts';
import { categories } from '../../shared/layers/spec.ts';
import { setLanguage, useApp } from '../state/app.ts';
import { createFakeCore } from '../testing/fakeCore.ts';
import { createFakeHost } from '../testing/fakeHost.ts';
import { renderPage } from '../testing/renderPage.tsx';
import { Palette } from './Palette.tsx';

beforeEach(() => {
  setLanguage('en');
  useApp.setState({ openCategories: [...categories] });
  renderPage(<Palette />, createFakeHost(createFakeCore()).host);
});

const headings = () => screen.getAllByRole('heading', { level: 3 }).map(({ textContent }) => textContent);

describe('the palette', () => {
  it('names no category twice, and shows each layer once', () => {
    expect(new Set(categories).size).toBe(categories.length);
    const shown = headings();
    expect(new Set(shown).size).toBe(shown.length);
    const names = [...document.querySelectorAll('.palette-entry')].map(({ textContent }) => textContent);
    const wanted = [
      ...[...layers.values()].map(({ title }) => title.en),
      ...readyBlocks.map(({ name }) => name),
    ];
    expect(names.toSorted()).toEqual(wanted.toSorted());
  });

  it('begins with what nearly every network is made of', () => {
    const often = screen.getByRole('region', { name: 'Often used' });
    expect(headings()[0]).toBe('Often used');
    expect(
      within(often)
        .getAllByRole('button')
        .map(({ textContent }) => textContent),
    ).toEqual(['Input', 'Conv2D', 'MaxPooling2D', 'Dense', 'Dropout', 'Flatten']);
  });

  it('is the same after each search', () => {
    const before = headings();
    const search = screen.getByRole('textbox');
    for (const query of ['conv', 'pool', 'nothing is called so']) {
      fireEvent.change(search, { target: { value: query } });
      fireEvent.change(search, { target: { value: '' } });
      expect(headings()).toEqual(before);
    }
  });
});
