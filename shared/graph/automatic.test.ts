import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { emptyDocument, parseDocument, serializeDocument, type Document } from '../document.ts';
import { templates } from '../templates/index.ts';
import { documents } from '../testing/documents.ts';
import { chain, deepFreeze } from '../testing/networks.ts';
import { follow, isAutomatic, resetToAutomatic, startAutomatic } from './automatic.ts';
import { appendNode, removeNodes, setParams } from './edit.ts';

/** Appends layers as the palette does. */
const built = (...kinds: readonly string[]) =>
  kinds.reduce((document, kind) => {
    const added = appendNode(document, kind);
    return follow(deepFreeze(startAutomatic(added.document, added.id)));
  }, emptyDocument());
const paramsOf = (document: Document, id: string) => document.nodes.find((node) => node.id === id)?.params;

describe('automatic values', () => {
  it('give a network that is built from the palette its input and its output', () => {
    const document = built('Input', 'Conv2D', 'Flatten', 'Dense');
    expect(paramsOf(document, 'input_1')).toMatchObject({ shape: [28, 28, 1] });
    expect(paramsOf(document, 'dense_1')).toMatchObject({ units: 10, activation: 'softmax' });
  });

  it('let the last Dense be the one with the classes, whichever is the last', () => {
    const two = built('Input', 'Flatten', 'Dense', 'Dense');
    expect(paramsOf(two, 'dense_1')).toMatchObject({ units: 128, activation: 'relu' });
    expect(paramsOf(two, 'dense_2')).toMatchObject({ units: 10, activation: 'softmax' });
    const one = follow(removeNodes(two, new Set(['dense_2'])));
    expect(paramsOf(one, 'dense_1')).toMatchObject({ units: 10, activation: 'softmax' });
  });

  it('double the filters of the convolution before, up to 512', () => {
    const document = built('Input', ...Array.from({ length: 7 }, () => 'Conv2D'));
    const filters = document.nodes.flatMap(({ params }) => params['filters'] ?? []);
    expect(filters).toEqual([16, 32, 64, 128, 256, 512, 512]);
    const wider = follow(setParams(document, 'conv2d_1', { filters: 24 }));
    expect(paramsOf(wider, 'conv2d_3')).toMatchObject({ filters: 96 });
    const huge = follow(setParams(document, 'conv2d_1', { filters: 2048 }));
    expect(paramsOf(huge, 'conv2d_2')).toMatchObject({ filters: 2048 });
  });

  it('stand still where there is no dataset to follow', () => {
    const document = built('Input', 'Flatten', 'Dense');
    const without = { ...document, dataset: null };
    expect(paramsOf(follow(without), 'dense_1')).toMatchObject({ units: 10 });
    expect(paramsOf(follow(without), 'input_1')).toMatchObject({ shape: [28, 28, 1] });
  });

  it('end where somebody sets a value, and begin again where they are asked to', () => {
    const set = follow(setParams(built('Input', 'Flatten', 'Dense'), 'dense_1', { units: 7 }));
    const [, , dense] = set.nodes;
    expect(dense).toMatchObject({ params: { units: 7, activation: 'softmax' }, automatic: ['activation'] });
    const again = follow(resetToAutomatic(set, 'dense_1', 'units'));
    expect(again.nodes[2]).toMatchObject({ params: { units: 10 }, automatic: ['activation', 'units'] });
    const all = setParams(set, 'dense_1', { activation: 'tanh' });
    expect(all.nodes[2]).not.toHaveProperty('automatic');
  });

  it('are not started for what a layer was given', () => {
    const added = appendNode(emptyDocument(), 'Dense', undefined, { units: 3 });
    const document = follow(startAutomatic(added.document, added.id, { units: 3 }));
    expect(paramsOf(document, 'dense_1')).toMatchObject({ units: 3, activation: 'softmax' });
    expect(isAutomatic(document.nodes[0]!, 'units')).toBe(false);
  });

  it('are kept in the file', () => {
    const document = built('Input', 'Conv2D', 'Flatten', 'Dense');
    expect(parseDocument(serializeDocument(document))).toEqual({ ok: true, value: document });
  });

  it('leave alone what has none: every template stays the same object', () => {
    for (const { document } of templates) expect(follow(document)).toBe(document);
    expect(follow(chain(['in', 'Input', { shape: [3] }]))).toMatchObject({
      nodes: [{ params: { shape: [3] } }],
    });
  });

  it('have nothing more to follow once they have followed, in any drawing', () => {
    fc.assert(
      fc.property(documents({ wiring: 'any', range: 'small' }), (drawn) => {
        const automatic = drawn.nodes.reduce((document, { id }) => startAutomatic(document, id), drawn);
        const followed = follow(deepFreeze(automatic));
        expect(follow(followed)).toBe(followed);
        expect(parseDocument(serializeDocument(followed)).ok).toBe(true);
      }),
    );
  });
});
