import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { readDocument, type Document } from '../document.ts';
import { blockDocuments, chain } from '../testing/blockDocuments.ts';
import { groupNodes } from './blockEdits.ts';
import { framePadding, frameRects, moveItems, setCollapsed } from './blockFrames.ts';
import { frameAt, framesWhile, homesAfter, moveHomes } from './blockHomes.ts';
import { membersOf, visibleGraph } from './blocks.ts';
import { layerBox } from './layerBox.ts';
import { linkBlock } from './linkedBlocks.ts';
import { settleBlocks } from './settleBlocks.ts';
import { analyze } from './analyze.ts';

const at = (id: string, x: number, y: number) => new Map([[id, { x, y }]]);
const inBlock = (document: Document, block: string) => [...membersOf(document, block)];

/** `input_1` → … → `layer_5` in columns of 280, `layer_2` and `layer_3` in block A. */
const row = chain(5, { A: [2, 3] });

describe('what is dragged over frames', () => {
  it('comes into a block with its middle, and goes out when it no longer touches the frame', () => {
    expect(homesAfter(row, at('layer_5', 600, 40))).toEqual(new Map([['layer_5', 'A']]));
    expect(homesAfter(row, at('layer_4', 1000, 0))).toEqual(new Map());
    const end = 3 * 280 + layerBox.width + framePadding.right;
    expect(homesAfter(row, at('layer_3', end - 1, 0))).toEqual(new Map());
    expect(homesAfter(row, at('layer_3', end + 1, 0))).toEqual(new Map([['layer_3', undefined]]));
  });

  it('leaves the frame as it is while it is on its way, unless all of the block moves', () => {
    const graph = visibleGraph(row);
    const still = frameRects(graph).get('A');
    expect(framesWhile(graph, at('layer_3', 3000, 0)).get('A')).toEqual(still);
    const both = new Map([...at('layer_2', 560, 500), ...at('layer_3', 840, 500)]);
    expect(framesWhile(graph, both).get('A')).toEqual({ ...still, y: (still?.y ?? 0) + 500 });
    expect(homesAfter(row, both)).toEqual(new Map());
  });

  it('goes from an inner block into the one around it, and into the innermost', () => {
    const outer = groupNodes(row, new Set(['layer_1', 'layer_2', 'layer_3', 'layer_4']), 'Outer').document;
    expect(homesAfter(outer, at('layer_3', 300, 300))).toEqual(new Map([['layer_3', undefined]]));
    expect(homesAfter(outer, at('layer_3', 300, -10))).toEqual(new Map([['layer_3', 'block_1']]));
    expect(homesAfter(outer, at('layer_1', 600, 20))).toEqual(new Map([['layer_1', 'A']]));
    expect(frameAt(outer, { x: 600, y: 20 })).toBe('A');
    expect(frameAt(outer, { x: 300, y: 20 })).toBe('block_1');
    expect(frameAt(outer, { x: 5000, y: 20 })).toBeUndefined();
  });

  it('takes a collapsed block in, but none into one that it is linked with', () => {
    const two = chain(5, { A: [1, 2], B: [4, 5] });
    const closed = setCollapsed(two, 'B', true);
    expect(homesAfter(closed, at('block:B', 300, 0))).toEqual(new Map([['block:B', 'A']]));
    const nested = moveHomes(closed, new Map([['block:B', 'A']]));
    expect(inBlock(nested, 'A')).toEqual(['layer_1', 'layer_2', 'layer_4', 'layer_5']);
    const linked = linkBlock(two, 'A', 'Twin');
    const twin = setCollapsed(linked.document, linked.id, true);
    expect(homesAfter(twin, at(`block:${linked.id}`, 300, 0))).toEqual(new Map());
  });

  it('comes into the linked blocks, too, and ports of the block follow', () => {
    const linked = linkBlock(row, 'A', 'Twin');
    const joined = settleBlocks(linked.document, moveHomes(linked.document, new Map([['layer_4', 'A']])));
    expect(membersOf(joined, linked.id).size).toBe(3);
    const collapsed = visibleGraph(setCollapsed(joined, 'A', true)).items.find(({ id }) => id === 'block:A');
    expect(collapsed?.type === 'block' ? collapsed.outputs : []).toEqual(['layer_4']);
    const left = settleBlocks(joined, moveHomes(joined, new Map([['layer_2', undefined]])));
    expect(membersOf(left, linked.id).size).toBe(2);
  });

  it('keeps every document sound, and what its layers compute', () => {
    const place = fc.record({
      x: fc.integer({ min: -900, max: 900 }),
      y: fc.integer({ min: -900, max: 900 }),
    });
    fc.assert(
      fc.property(blockDocuments, fc.nat(11), place, (document, index, position) => {
        const { items } = visibleGraph(document);
        const item = items[index % items.length];
        const places = new Map([[item?.id ?? '', position]]);
        const moved = moveItems(document, places);
        const after = settleBlocks(document, moveHomes(moved, homesAfter(document, places)));
        expect(readDocument(structuredClone(after)).ok).toBe(true);
        expect(analyze(after).totals).toEqual(analyze(document).totals);
      }),
    );
  });
});
