import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { readDocument, type Document } from '../document.ts';
import { blockDocuments, chain } from '../testing/blockDocuments.ts';
import { copyBlock, groupNodes, moveIntoBlock, removeBlock, ungroup } from './blockEdits.ts';
import { itemPosition, setCollapsed } from './blockFrames.ts';
import { membersOf, visibleGraph } from './blocks.ts';
import { appendNode, columnWidth, insertOnEdge } from './edit.ts';
import { asDrawn, settleBlocks } from './settleBlocks.ts';

const blockOf = (document: Document, id: string) => document.nodes.find((node) => node.id === id)?.block;

describe('grouping', () => {
  it('puts the layers into a new block and changes nothing else', () => {
    const document = chain(4);
    const grouped = groupNodes(document, new Set(['layer_2', 'layer_3']), 'Middle');
    expect([...membersOf(grouped.document, grouped.id)]).toEqual(['layer_2', 'layer_3']);
    expect(grouped.document.blocks).toMatchObject([{ id: 'block_1', name: 'Middle' }]);
    expect(grouped.document.edges).toBe(document.edges);
  });

  it('keeps a block whose layers are all among them, within the new one', () => {
    const { document, id } = groupNodes(
      chain(4, { one: [2, 3] }),
      new Set(['layer_1', 'layer_2', 'layer_3']),
      'All',
    );
    expect(document.blocks).toMatchObject([{ id: 'one', parent: id }, { id }]);
    expect(blockOf(document, 'layer_2')).toBe('one');
  });

  it('of layers within a block makes a block within it', () => {
    const { document, id } = groupNodes(chain(4, { one: [2, 4] }), new Set(['layer_2', 'layer_3']), '');
    expect(document.blocks.find((block) => block.id === id)?.parent).toBe('one');
  });

  it('of some layers of a block and some beside takes them out of it', () => {
    const { document, id } = groupNodes(chain(4, { one: [2, 3] }), new Set(['layer_1', 'layer_2']), '');
    expect([blockOf(document, 'layer_2'), blockOf(document, 'layer_3')]).toEqual([id, 'one']);
  });

  it('of nothing changes nothing', () => {
    const document = chain(2);
    expect(groupNodes(document, new Set(), 'x')).toEqual({ document, id: '' });
  });

  it('any layers gives a document that can be read, in which they are those of the block; taking it away too', () => {
    fc.assert(
      fc.property(blockDocuments, fc.array(fc.nat(11), { minLength: 1 }), (document, picks) => {
        const ids = new Set(picks.map((pick) => document.nodes[pick % document.nodes.length]!.id));
        const grouped = groupNodes(document, ids, 'New');
        expect(readDocument(grouped.document).ok).toBe(true);
        expect(membersOf(grouped.document, grouped.id)).toEqual(ids);
        const loose = ungroup(grouped.document, grouped.id);
        expect(readDocument(loose).ok).toBe(true);
        expect(loose.blocks.some(({ id }) => id === grouped.id)).toBe(false);
        expect(loose.edges).toEqual(document.edges);
      }),
    );
  });
});

describe('taking a block away', () => {
  it('leaves its layers, expanded', () => {
    const document = ungroup(setCollapsed(chain(4, { one: [2, 3] }), 'one', true), 'one');
    expect(document.blocks).toEqual([]);
    expect(document.nodes.map(({ position }) => position.x)).toEqual([0, 280, 560, 840, 1120]);
  });

  it('with its layers closes the chain', () => {
    const document = removeBlock(chain(4, { one: [2, 3] }), 'one');
    expect(document.edges).toContainEqual({ source: 'layer_1', target: 'layer_4' });
    expect(document.blocks).toEqual([]);
  });

  it('happens by itself when its last layer leaves', () => {
    expect(moveIntoBlock(chain(3, { one: [2, 2] }), new Set(['layer_2']), undefined).blocks).toEqual([]);
  });
});

describe('a copy', () => {
  it('of any block can be read, and has as many layers', () => {
    fc.assert(
      fc.property(blockDocuments, (document) => {
        for (const { id } of document.blocks) {
          const copy = copyBlock(document, id, 'Copy');
          expect(readDocument(copy.document).ok).toBe(true);
          expect(membersOf(copy.document, copy.id).size).toBe(membersOf(document, id).size);
          expect(copy.document.nodes.slice(0, document.nodes.length)).toEqual(document.nodes);
        }
      }),
    );
  });
});

describe('a new layer', () => {
  const document = chain(4, { one: [2, 3] });

  it('between two layers of a block stands in it', () => {
    const { document: after, id } = insertOnEdge(
      document,
      { source: 'layer_2', target: 'layer_3' },
      'Dropout',
    );
    expect(blockOf(settleBlocks(document, after), id)).toBe('one');
  });

  it('before or behind a block stands outside', () => {
    const { document: after, id } = insertOnEdge(
      document,
      { source: 'layer_3', target: 'layer_4' },
      'Dropout',
    );
    expect(blockOf(settleBlocks(document, after), id)).toBeUndefined();
  });

  it('behind a collapsed block stands right of where that is drawn', () => {
    const closed = setCollapsed(document, 'one', true);
    const at = (now: Document, id: string) =>
      itemPosition(visibleGraph(now).items.find((item) => item.id === id)!);
    const after = asDrawn(closed, (drawn) => appendNode(drawn, 'Dropout', 'layer_3').document);
    expect(at(after, 'dropout_1')).toEqual({ x: at(closed, 'block:one').x + columnWidth, y: 0 });
    expect(at(after, 'block:one')).toEqual(at(closed, 'block:one'));
    expect(at(after, 'layer_4').x).toBe(at(closed, 'layer_4').x + columnWidth);
    expect(setCollapsed(after, 'one', false).nodes.find(({ id }) => id === 'layer_3')?.position.x).toBe(840);
  });

  it('before a collapsed block moves it with all its layers', () => {
    const closed = setCollapsed(document, 'one', true);
    const after = asDrawn(closed, (drawn) => appendNode(drawn, 'Dropout', 'layer_1').document);
    const x = (now: Document, id: string) => now.nodes.find((node) => node.id === id)!.position.x;
    for (const id of ['layer_2', 'layer_3']) expect(x(after, id) - x(closed, id)).toBe(columnWidth);
  });
});

describe('a change of what is drawn', () => {
  it('that changes nothing is none', () => {
    fc.assert(
      fc.property(blockDocuments, (document) => {
        expect(asDrawn(document, (drawn) => ({ ...drawn }))).toEqual(document);
      }),
    );
  });
});
