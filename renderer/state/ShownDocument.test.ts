// @vitest-environment jsdom

import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { emptyDocument } from '../../shared/document.ts';
import { findTemplate } from '../../shared/templates/index.ts';
import { changeParams, removeLayers, restoreDocument, undo } from './commands.ts';
import { useDocument } from './document.ts';
import { ShownDocument, useShownDocument } from './ShownDocument.tsx';

const lenet = findTemplate('lenet-5')!.document;

/** Every pair of documents, the present one and the one that is drawn, that a part of the page saw; oldest first. */
function watch() {
  const seen: { present: string; shown: string }[] = [];
  const state = ({ nodes }: typeof lenet) =>
    `${String(nodes.length)} layers, ${String(nodes.find(({ id }) => id === 'conv2d_1')?.params['filters'])} filters`;
  renderHook(
    () => {
      const present = useDocument(({ document }) => document);
      seen.push({ present: state(present), shown: state(useShownDocument()) });
    },
    { wrapper: ShownDocument },
  );
  seen.length = 0;
  return seen;
}

beforeEach(() => restoreDocument(lenet));
afterEach(() => restoreDocument(emptyDocument()));

const layers = `${String(lenet.nodes.length)} layers`;

describe('the document that is drawn', () => {
  it('comes after the letter that is typed, and soon', () => {
    const seen = watch();
    act(() => changeParams('conv2d_1', { filters: 7 }));
    expect(seen[0]).toEqual({ present: `${layers}, 7 filters`, shown: `${layers}, 6 filters` });
    expect(seen.at(-1)).toEqual({ present: `${layers}, 7 filters`, shown: `${layers}, 7 filters` });
  });

  it('is the present one at once where a layer goes or comes back', () => {
    const seen = watch();
    act(() => removeLayers(new Set(['conv2d_2'])));
    act(() => undo());
    expect(seen.length).toBeGreaterThan(1);
    for (const { present, shown } of seen) expect(shown).toBe(present);
  });

  it('is the present one where a layer goes right after a letter', () => {
    const seen = watch();
    act(() => {
      changeParams('conv2d_1', { filters: 7 });
      removeLayers(new Set(['conv2d_2']));
    });
    for (const { present, shown } of seen) expect(shown).toBe(present);
  });

  it('needs its place in the page', () => {
    expect(() => renderHook(() => useShownDocument())).toThrow('There is no ShownDocument');
  });
});
