import type { Document } from '../document.ts';
import { moveIntoBlock, withoutEmptyBlocks } from './blockEdits.ts';
import { changed, frameRects, itemPosition, type Rect } from './blockFrames.ts';
import {
  blockOfItem,
  blocksAround,
  blocksWithin,
  blockTree,
  visibleGraph,
  type VisibleGraph,
  type VisibleItem,
} from './blocks.ts';
import type { Position } from './edit.ts';
import { layerBox } from './layerBox.ts';

/** For things that are drawn, by their name: the block that each comes to stand in, or `undefined` for none. */
export type Homes = ReadonlyMap<string, string | undefined>;

function homeOf(item: VisibleItem): string | undefined {
  return item.type === 'layer' ? item.node.block : item.block.parent;
}

/** Expanded blocks in which nothing stays where it is while some things move. */
function movingWhole(graph: VisibleGraph, moving: ReadonlyMap<string, unknown>): ReadonlySet<string> {
  const parents = new Map(graph.frames.map(({ id, parent }) => [id, parent]));
  const staying = new Set<string>();
  for (const item of graph.items) {
    if (moving.has(item.id)) continue;
    for (let at = homeOf(item); at !== undefined && !staying.has(at); at = parents.get(at)) staying.add(at);
  }
  return new Set(graph.frames.flatMap(({ id }) => (staying.has(id) ? [] : [id])));
}

/**
 * The frames of expanded blocks while things are on their way, in canvas pixels: a frame stays as it is while some of
 * its things are dragged, so that they can be dragged out of it, and moves where all of them are.
 */
export function framesWhile(
  graph: VisibleGraph,
  moving: ReadonlyMap<string, Position>,
  height: number = layerBox.height,
): ReadonlyMap<string, Rect> {
  const whole = movingWhole(graph, moving);
  const placeOf = (item: VisibleItem) =>
    (whole.has(homeOf(item) ?? '') ? moving.get(item.id) : undefined) ?? itemPosition(item);
  return frameRects(graph, placeOf, height);
}

/**
 * Which of the things that were dragged come to stand in another block, and in which. In comes what has its middle in a
 * frame; out goes what no longer touches the frame that it stood in. Blocks that were dragged as a whole stay as they
 * are, and none comes into a block that it is linked with. `height` is a layer's, in canvas pixels.
 */
export function homesAfter(
  document: Document,
  places: ReadonlyMap<string, Position>,
  height: number = layerBox.height,
): Homes {
  const graph = visibleGraph(document);
  const homes = new Map<string, string | undefined>();
  if (graph.frames.length === 0) return homes;
  const tree = blockTree(document);
  const whole = movingWhole(graph, places);
  const rects = framesWhile(graph, places, height);
  for (const item of graph.items) {
    const place = places.get(item.id);
    const home = homeOf(item);
    if (place === undefined || whole.has(home ?? '')) continue;
    const box = { ...place, width: layerBox.width, height };
    const around = blocksAround(tree, home);
    const over = graph.frames.findLast(({ id }) => !whole.has(id) && holdsMiddle(rects.get(id), box))?.id;
    const touched = around.find((id) => touches(rects.get(id), box));
    const next = over === undefined || around.includes(over) ? touched : over;
    if (next !== home && !entersItself(document, item, next)) homes.set(item.id, next);
  }
  return homes;
}

/** The innermost expanded block whose frame a point lies in. */
export function frameAt(
  document: Document,
  { x, y }: Position,
  height: number = layerBox.height,
): string | undefined {
  const graph = visibleGraph(document);
  const rects = frameRects(graph, itemPosition, height);
  return graph.frames.findLast(({ id }) => holdsMiddle(rects.get(id), { x, y, width: 0, height: 0 }))?.id;
}

/** Lets things that are drawn stand in other blocks. */
export function moveHomes(document: Document, homes: Homes): Document {
  const layers = new Map<string | undefined, Set<string>>();
  const parents = new Map<string, string | undefined>();
  for (const [itemId, home] of homes) {
    const block = blockOfItem(itemId);
    if (block === undefined) layers.set(home, (layers.get(home) ?? new Set()).add(itemId));
    else parents.set(block, home);
  }
  const nested = changed(document, {
    block(block) {
      if (!parents.has(block.id)) return block;
      const { parent: _before, ...outer } = block;
      const parent = parents.get(block.id);
      return parent === undefined ? outer : { ...outer, parent };
    },
  });
  const moved = [...layers].reduce((now, [home, ids]) => moveIntoBlock(now, ids, home), nested);
  return moved === document ? document : withoutEmptyBlocks(moved);
}

/** Whether a block would come to stand in one that it, or a block in it, is linked with: that has no end. */
function entersItself(document: Document, item: VisibleItem, home: string | undefined): boolean {
  if (item.type === 'layer') return false;
  const tree = blockTree(document);
  const links = (ids: readonly string[]) => ids.flatMap((id) => tree.byId.get(id)?.link ?? []);
  const outer = new Set(links(blocksAround(tree, home)));
  return links(blocksWithin(tree, item.block.id).map(({ id }) => id)).some((link) => outer.has(link));
}

function holdsMiddle(rect: Rect | undefined, { x, y, width, height }: Rect): boolean {
  if (rect === undefined) return false;
  const [left, top] = [x + width / 2 - rect.x, y + height / 2 - rect.y];
  return left >= 0 && left <= rect.width && top >= 0 && top <= rect.height;
}

function touches(rect: Rect | undefined, box: Rect): boolean {
  return (
    rect !== undefined &&
    box.x <= rect.x + rect.width &&
    box.x + box.width >= rect.x &&
    box.y <= rect.y + rect.height &&
    box.y + box.height >= rect.y
  );
}
