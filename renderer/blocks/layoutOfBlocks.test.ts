// @vitest-environment jsdom

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Document } from '../../shared/document.ts';
import {
  framePadding,
  frameRects,
  moveItems,
  setCollapsed,
  type Rect,
} from '../../shared/graph/blockFrames.ts';
import { blocksAround, blockTree, visibleGraph } from '../../shared/graph/blocks.ts';
import { columnWidth } from '../../shared/graph/edit.ts';
import { layerBox } from '../../shared/graph/layerBox.ts';
import { blockDocuments, chain } from '../../shared/testing/blockDocuments.ts';
import { arrange } from '../canvas/layout.ts';

const overlap = (a: Rect, b: Rect) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** Frames that lie over a layer, a block or another frame that does not stand in them. */
function foreign(document: Document): readonly string[] {
  const tree = blockTree(document);
  const graph = visibleGraph(document);
  const rects = frameRects(graph);
  const things = [
    ...graph.items.map((item) => {
      const [node, block] =
        item.type === 'layer' ? [item.node, item.node.block] : [item.block, item.block.parent];
      return { id: item.id, block, rect: { ...node.position, ...layerBox } };
    }),
    ...graph.frames.map(({ id }) => ({ id, block: id, rect: rects.get(id)! })),
  ];
  return graph.frames.flatMap(({ id }) =>
    things
      .filter(({ block }) => !blocksAround(tree, block).includes(id))
      // A frame around this one may well lie under it.
      .filter((thing) => !blocksAround(tree, id).includes(thing.id))
      .filter(({ rect }) => overlap(rect, rects.get(id)!))
      .map((thing) => `${id} over ${thing.id}`),
  );
}

describe('arranging a network with blocks', () => {
  it('takes a collapsed block for one thing', () => {
    const closed = setCollapsed(chain(4, { one: [2, 3] }), 'one', true);
    const places = arrange(closed);
    expect([...places.keys()]).toEqual(['input_1', 'layer_1', 'block:one', 'layer_4']);
    expect([...places.values()].map(({ x }) => x)).toEqual(
      [0, 1, 2, 3].map((column) => column * columnWidth),
    );
  });

  it('leaves the layers of an expanded block together', () => {
    const document = chain(5, { one: [2, 4] });
    const xs = (places: ReturnType<typeof arrange>) => [...places.values()].map(({ x }) => x);
    const inner = [0, 1, 2].map((column) => framePadding.left + column * columnWidth);
    const behind = framePadding.left + 3 * columnWidth + framePadding.right;
    const from = 2 * columnWidth;
    const wide = arrange(document, 'right', { width: 4000, height: 2000 });
    expect(xs(wide)).toEqual([0, columnWidth, ...inner.map((x) => from + x), from + behind]);
    // Folded, the frame begins a row: no row ends within it.
    const places = arrange(document);
    expect(xs(places)).toEqual([0, columnWidth, ...inner, behind]);
    const [first = 0, , second = 0] = [...places.values()].map(({ y }) => y);
    expect(second - framePadding.top).toBeGreaterThan(first + layerBox.height);
    for (const id of ['layer_2', 'layer_3', 'layer_4']) expect(places.get(id)?.y).toBe(second);
  });

  it('lets no frame lie over what does not stand in it, in any network', () => {
    fc.assert(
      fc.property(blockDocuments, (document) => {
        expect(foreign(moveItems(document, arrange(document)))).toEqual([]);
      }),
    );
  });
});
