import { describe, expect, it } from 'vitest';

import type { Document } from '../document.ts';
import { frameRects, itemPosition, setCollapsed, type Rect } from '../graph/blockFrames.ts';
import { layerBox } from '../graph/layerBox.ts';
import { visibleGraph } from '../graph/blocks.ts';
import { templates } from './index.ts';

const boxesOf = (document: Document) =>
  visibleGraph(document).items.map((item) => ({ id: item.id, ...itemPosition(item), ...layerBox }));

/** Pairs of what is drawn that lie on one another. */
function overlaps(rects: readonly (Rect & { readonly id: string })[]): readonly string[] {
  const sorted = [...rects].sort((a, b) => a.x - b.x);
  return sorted.flatMap((a, index) =>
    sorted
      .slice(index + 1)
      .filter((b) => b.x < a.x + a.width && b.y < a.y + a.height && a.y < b.y + b.height)
      .map((b) => `${a.id} and ${b.id}`),
  );
}

/** Wires that lead neither to the right nor to a row below. */
function backwards(document: Document): readonly string[] {
  const { items, edges } = visibleGraph(document);
  const at = new Map(items.map((item) => [item.id, itemPosition(item)]));
  return edges
    .filter(({ source, target }) => {
      const [from, to] = [at.get(source)!, at.get(target)!];
      return from.x + layerBox.width >= to.x && from.y + layerBox.height >= to.y;
    })
    .map(({ source, target }) => `${source} > ${target}`);
}

/** Frames of blocks that do not stand in one another, and layers that stand in a frame that is not theirs. */
function frameOverlaps(document: Document): readonly string[] {
  const graph = visibleGraph(document);
  const rects = frameRects(graph);
  const parents = new Map(document.blocks.map(({ id, parent }) => [id, parent]));
  const within = (id: string | undefined, outer: string): boolean =>
    id !== undefined && (id === outer || within(parents.get(id), outer));
  const frames = [...rects].map(([id, rect]) => ({ id, ...rect }));
  const layers = graph.items.map((item) => ({
    id: item.id,
    block: item.type === 'layer' ? item.node.block : item.block.parent,
    ...itemPosition(item),
    ...layerBox,
  }));
  return [
    ...frames.flatMap((frame, index) =>
      frames
        .slice(index + 1)
        .filter((other) => !within(frame.id, other.id) && !within(other.id, frame.id))
        .flatMap((other) => overlaps([frame, other])),
    ),
    ...frames.flatMap((frame) =>
      layers.filter(({ block }) => !within(block, frame.id)).flatMap((layer) => overlaps([frame, layer])),
    ),
  ];
}

function expectClear(document: Document): void {
  expect(overlaps(boxesOf(document))).toEqual([]);
  expect(frameOverlaps(document)).toEqual([]);
  expect(backwards(document)).toEqual([]);
}

const opened = (document: Document) =>
  document.blocks.reduce((open, { id }) => setCollapsed(open, id, false), document);

describe.each(templates)('$id', ({ document }) => {
  it('opens with nothing lying on anything else, its wires running to the right', () => {
    expectClear(document);
    expect(boxesOf(document).length).toBeLessThanOrEqual(30);
  });

  it('is clear with every block opened, too', () => {
    const all = opened(document);
    expect(visibleGraph(all).items).toHaveLength(document.nodes.length);
    expectClear(all);
  });

  it('is clear with any one block opened, whose layers stand where it stood, and closes again as it was', () => {
    for (const { id, parent, collapsed, position } of document.blocks) {
      if (parent !== undefined || collapsed !== true) continue;
      const open = setCollapsed(document, id, false);
      expectClear(open);
      expect(frameRects(visibleGraph(open)).get(id)?.x).toBe(position.x);
      expect(setCollapsed(open, id, true)).toEqual(document);
    }
  });
});

it('shows ResNet-50 as sixteen blocks', () => {
  const { document } = templates.find(({ id }) => id === 'resnet-50')!;
  const blocks = visibleGraph(document).items.filter(({ type }) => type === 'block');
  expect(blocks.map(({ id }) => id.replace('block:', ''))).toEqual(
    [3, 4, 6, 3].flatMap((count, stage) =>
      Array.from({ length: count }, (_, at) => `conv${String(stage + 2)}_block${String(at + 1)}`),
    ),
  );
});
