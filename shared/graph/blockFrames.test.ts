import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Document } from '../document.ts';
import { blockDocuments, chain } from '../testing/blockDocuments.ts';
import { frameRects, itemPosition, moveBlock, moveItems, revealLayer, setCollapsed } from './blockFrames.ts';
import { layerBox } from './layerBox.ts';
import { blockItemId, blockTree, membersOf, visibleGraph } from './blocks.ts';

const positions = (document: Document) =>
  Object.fromEntries(document.nodes.map(({ id, position }) => [id, position]));
const drawn = (document: Document) =>
  Object.fromEntries(visibleGraph(document).items.map((item) => [item.id, itemPosition(item)]));

describe('collapsing a block', () => {
  const open = chain(5, { one: [2, 4] });
  const closed = setCollapsed(open, 'one', true);

  it('puts it where its frame began, at the height of the layer that leaves it', () => {
    expect(drawn(closed)['block:one']).toEqual({ x: 560 - 20, y: 0 });
  });

  it('closes the gap to what stands right of it', () => {
    const gap = (document: Document) => {
      const at = drawn(document);
      const { x, width } = frameRects(visibleGraph(document)).get('one') ?? {
        ...at['block:one']!,
        ...layerBox,
      };
      return at['layer_5']!.x - (x + width);
    };
    expect(gap(closed)).toBe(gap(open));
    expect(drawn(closed)['layer_1']).toEqual({ x: 280, y: 0 });
  });

  it('and expanding it again moves nothing', () => {
    expect(positions(setCollapsed(closed, 'one', false))).toEqual(positions(open));
  });

  it('leaves its layers, edges and parameters as they are', () => {
    expect(closed.edges).toBe(open.edges);
    expect(closed.nodes.map(({ id, params, block }) => [id, params, block])).toEqual(
      open.nodes.map(({ id, params, block }) => [id, params, block]),
    );
  });

  it('that is collapsed already changes nothing', () => {
    expect(setCollapsed(closed, 'one', true)).toBe(closed);
    expect(setCollapsed(closed, 'nobody', true)).toBe(closed);
  });
});

describe('expanding a block', () => {
  it('puts layers that a file has anywhere to where the block stands', () => {
    const far = moveBlock(setCollapsed(chain(3, { one: [1, 2] }), 'one', true), 'one', { x: 0, y: 0 });
    const elsewhere = {
      ...far,
      blocks: far.blocks.map((block) => ({ ...block, position: { x: 1000, y: 300 } })),
    };
    const { x, y } = drawn(setCollapsed(elsewhere, 'one', false))['layer_2']!;
    expect([x, y]).toEqual([1000 + 20 + 280, 300]);
  });

  it('makes room below and above it too', () => {
    const document = chain(3, { one: [1, 2] });
    const nodes = document.nodes.map((node) => {
      if (node.id === 'layer_1') return { ...node, position: { x: 280, y: 400 } };
      if (node.id === 'layer_2') return { ...node, position: { x: 280, y: 0 } };
      return node.id === 'layer_3' ? { ...node, position: { x: 280, y: 900 } } : node;
    });
    const tall = { ...document, nodes };
    const closed = setCollapsed(tall, 'one', true);
    expect(drawn(closed)['layer_3']!.y).toBeLessThan(900 - 380);
    expect(positions(setCollapsed(closed, 'one', false))).toEqual(positions(tall));
  });

  it('and collapsing it again moves nothing that is drawn, in any network', () => {
    fc.assert(
      fc.property(blockDocuments, (document) => {
        for (const { id, collapsed } of document.blocks) {
          if (collapsed !== true) continue;
          const back = setCollapsed(setCollapsed(document, id, false), id, true);
          expect(drawn(back)).toEqual(drawn(document));
          expect(blockTree(back).byId.get(id)?.position).toEqual(blockTree(document).byId.get(id)?.position);
        }
      }),
    );
  });

  it('changes positions alone', () => {
    fc.assert(
      fc.property(blockDocuments, (document) => {
        const bare = ({ nodes, edges, blocks }: Document) => ({
          nodes: nodes.map(({ position: _position, ...node }) => node),
          edges,
          blocks: blocks.map(({ position: _position, collapsed: _collapsed, ...block }) => block),
        });
        for (const { id, collapsed } of document.blocks)
          expect(bare(setCollapsed(document, id, collapsed !== true))).toEqual(bare(document));
      }),
    );
  });
});

describe('a layer that is hidden', () => {
  it('can be seen when all blocks around it are expanded', () => {
    fc.assert(
      fc.property(blockDocuments, (document) => {
        for (const { id } of document.nodes)
          expect(visibleGraph(revealLayer(document, id)).itemOf.get(id)).toBe(id);
      }),
    );
  });
});

describe('moving', () => {
  it('a block moves all that stands in it, however it was named, and nothing else', () => {
    fc.assert(
      fc.property(blockDocuments, (document) => {
        const graph = visibleGraph(document);
        const shown = [
          ...graph.frames.map(({ id }) => [id, frameRects(graph).get(id)!] as const),
          ...graph.items.flatMap((item) =>
            item.type === 'block' ? [[item.block.id, item.block.position] as const] : [],
          ),
        ];
        for (const [id, { x, y }] of shown) {
          const moved = moveItems(document, new Map([[blockItemId(id), { x: x + 30, y: y - 7 }]]));
          expect(moved).toEqual(moveBlock(document, id, { x: 30, y: -7 }));
          const members = membersOf(document, id);
          for (const [index, node] of moved.nodes.entries()) {
            const before = document.nodes[index]!;
            if (!members.has(node.id)) expect(node).toBe(before);
            else expect(node.position).toEqual({ x: before.position.x + 30, y: before.position.y - 7 });
          }
        }
      }),
    );
  });

  it('a block together with layers in it moves those once', () => {
    const document = chain(3, { one: [1, 2] });
    const { x, y } = frameRects(visibleGraph(document)).get('one')!;
    const moved = moveItems(
      document,
      new Map([
        ['block:one', { x: x + 10, y }],
        ['layer_1', { x: 290, y: 0 }],
      ]),
    );
    expect(positions(moved)).toMatchObject({ layer_1: { x: 290, y: 0 }, layer_2: { x: 570, y: 0 } });
  });

  it('to where things are already is no change', () => {
    const document = chain(3, { one: [1, 2] });
    expect(moveItems(document, new Map([['layer_1', { x: 280, y: 0 }]]))).toBe(document);
  });
});
