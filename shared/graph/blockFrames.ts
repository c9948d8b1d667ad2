import type { Document, DocumentBlock, DocumentNode } from '../document.ts';
import {
  blockOfItem,
  blocksAround,
  blocksWithin,
  blockTree,
  membersOf,
  visibleGraph,
  type VisibleGraph,
  type VisibleItem,
} from './blocks.ts';
import { onCanvas, type Position } from './edit.ts';
import { layerBox } from './layerBox.ts';

/**
 * Room between an expanded block's frame and what stands in it, in canvas pixels as all measures here; its name stands
 * above, and the layers' shapes.
 */
export const framePadding = { left: 20, right: 20, top: 62, bottom: 20 } as const;

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where a layer or a collapsed block stands. */
export function itemPosition(item: VisibleItem): Position {
  return item.type === 'layer' ? item.node.position : item.block.position;
}

/** The frames of all expanded blocks that can be seen, by the block's id. */
export function frameRects(
  graph: VisibleGraph,
  positionOf: (item: VisibleItem) => Position = itemPosition,
  height: number = layerBox.height,
): ReadonlyMap<string, Rect> {
  const contents = new Map<string, Rect>();
  const put = (block: string | undefined, rect: Rect) => {
    if (block === undefined) return;
    const before = contents.get(block);
    contents.set(block, before === undefined ? rect : union(before, rect));
  };
  for (const item of graph.items) {
    put(item.type === 'layer' ? item.node.block : item.block.parent, {
      ...positionOf(item),
      width: layerBox.width,
      height,
    });
  }
  const rects = new Map<string, Rect>();
  // From the innermost outwards, as a frame goes around the frames in it.
  for (const { id, parent } of [...graph.frames].reverse()) {
    const inner = contents.get(id);
    if (inner === undefined) continue;
    const { left, right, top, bottom } = framePadding;
    const rect = {
      x: inner.x - left,
      y: inner.y - top,
      width: inner.width + left + right,
      height: inner.height + top + bottom,
    };
    rects.set(id, rect);
    put(parent, rect);
  }
  return rects;
}

function union(a: Rect, b: Rect): Rect {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  };
}

/** Moves layers, and blocks with all that stands in them, to new places. Names are those of what is drawn. */
export function moveItems(document: Document, places: ReadonlyMap<string, Position>): Document {
  const tree = blockTree(document);
  const by = new Map<string, Position>();
  const graph = visibleGraph(document);
  const rects = [...places.keys()].some((id) => blockOfItem(id) !== undefined)
    ? frameRects(graph)
    : undefined;
  for (const [itemId, place] of places) {
    const id = blockOfItem(itemId);
    const block = id === undefined ? undefined : tree.byId.get(id);
    if (block === undefined) continue;
    const from = block.collapsed ? block.position : (rects?.get(block.id) ?? block.position);
    by.set(block.id, { x: place.x - from.x, y: place.y - from.y });
  }
  const shiftOf = (block: string | undefined) =>
    blocksAround(tree, block)
      .map((id) => by.get(id))
      .findLast((shift) => shift !== undefined);
  return changed(document, {
    node(node) {
      const shift = by.size === 0 ? undefined : shiftOf(node.block);
      const place = shift === undefined ? places.get(node.id) : added(node.position, shift);
      return place === undefined ? node : movedTo(node, place);
    },
    block(block) {
      const shift = by.size === 0 ? undefined : shiftOf(block.id);
      return shift === undefined ? block : movedTo(block, added(block.position, shift));
    },
  });
}

/** Moves a block with all that stands in it. */
export function moveBlock(document: Document, id: string, by: Position): Document {
  const within = new Set(blocksWithin(blockTree(document), id).map((block) => block.id));
  return changed(document, {
    node: (node) => (within.has(node.block ?? '') ? movedTo(node, added(node.position, by)) : node),
    block: (block) => (within.has(block.id) ? movedTo(block, added(block.position, by)) : block),
  });
}

/**
 * Collapses a block into one, or expands it. Expanding makes room: what stands right of the block, above it and below
 * it moves away by what the frame needs. Collapsing closes that gap, so that both together move nothing.
 */
export function setCollapsed(document: Document, id: string, collapsed: boolean): Document {
  const tree = blockTree(document);
  const block = tree.byId.get(id);
  if (block === undefined || (block.collapsed ?? false) === collapsed) return document;
  const hider = block.parent === undefined ? undefined : tree.hiddenBy.get(block.parent);
  if (hider !== undefined)
    return withinHidden(document, id, hider, (part) => setCollapsed(part, id, collapsed));

  const open = collapsed ? document : withFlag(document, id, false);
  const graph = visibleGraph(open);
  const rect = frameRects(graph).get(id);
  if (rect === undefined) return withFlag(document, id, collapsed);
  const anchor = { x: rect.x, y: anchorHeight(open, graph, id) ?? rect.y };
  const at = collapsed ? anchor : block.position;
  const moved = moveBlock(open, id, { x: at.x - anchor.x, y: at.y - anchor.y });
  const frame = { ...rect, x: rect.x + at.x - anchor.x, y: rect.y + at.y - anchor.y };
  const roomy = makeRoom(moved, id, { box: { ...at, ...layerBox }, frame }, collapsed);
  return collapsed
    ? changed(withFlag(roomy, id, true), { block: (own) => (own.id === id ? movedTo(own, at) : own) })
    : roomy;
}

/** Carries out a change among what stands in a collapsed block, as if that were the whole document. */
function withinHidden(
  document: Document,
  id: string,
  hider: string,
  change: (part: Document) => Document,
): Document {
  const tree = blockTree(document);
  // The nearest collapsed block around it: further out nothing changes its size.
  const root =
    blocksAround(tree, tree.byId.get(id)?.parent).find((around) => tree.byId.get(around)?.collapsed) ?? hider;
  const inside = blocksWithin(tree, root).filter((block) => block.id !== root);
  const members = membersOf(document, root);
  const part = change({
    ...document,
    nodes: document.nodes.filter((node) => members.has(node.id)),
    blocks: inside.map(({ parent, ...block }) => (parent === root ? block : { ...block, parent })),
  });
  const nodes = new Map(part.nodes.map((node) => [node.id, node]));
  const blocks = new Map(part.blocks.map((block) => [block.id, block]));
  return changed(document, {
    node: (node) => nodes.get(node.id) ?? node,
    block(block) {
      const inner = blocks.get(block.id);
      return inner === undefined ? block : { ...inner, parent: block.parent };
    },
  });
}

/** The height at which a collapsed block stands: that of the layer whose output leaves it, so that wires run straight. */
function anchorHeight(document: Document, graph: VisibleGraph, id: string): number | undefined {
  const members = membersOf(document, id);
  const inner = document.edges.filter(({ source }) => members.has(source));
  const exit =
    inner.find(({ target }) => !members.has(target))?.source ??
    document.nodes.findLast((node) => members.has(node.id) && !inner.some(({ source }) => source === node.id))
      ?.id ??
    [...members][0];
  const shown = graph.itemOf.get(exit ?? '');
  const item = graph.items.find((candidate) => candidate.id === shown);
  return item === undefined ? undefined : itemPosition(item).y;
}

function makeRoom(
  document: Document,
  id: string,
  { box, frame }: { readonly box: Rect; readonly frame: Rect },
  closes: boolean,
): Document {
  const members = membersOf(document, id);
  const now = closes ? frame : box;
  const sign = closes ? -1 : 1;
  const [right, below, above] = [
    frame.width - box.width,
    frame.y + frame.height - (box.y + box.height),
    box.y - frame.y,
  ];
  const places = new Map<string, Position>();
  for (const item of visibleGraph(document).items) {
    const inside =
      item.type === 'layer' ? members.has(item.id) : item.layers.some((layer) => members.has(layer));
    if (inside) continue;
    const { x, y } = itemPosition(item);
    // Each way for itself, so that what stands in other rows keeps clear too, and in its order.
    const dx = x >= now.x + now.width ? right : 0;
    const dy = y >= now.y + now.height ? below : y + layerBox.height <= now.y ? -above : 0;
    if (dx !== 0 || dy !== 0) places.set(item.id, { x: x + sign * dx, y: y + sign * dy });
  }
  return moveItems(document, places);
}

function withFlag(document: Document, id: string, collapsed: boolean): Document {
  return changed(document, {
    block(block) {
      if (block.id !== id) return block;
      const { collapsed: _before, ...open } = block;
      return collapsed ? { ...open, collapsed } : open;
    },
  });
}

/** Expands all blocks that hide a layer. */
export function revealLayer(document: Document, nodeId: string): Document {
  const node = document.nodes.find(({ id }) => id === nodeId);
  const around = blocksAround(blockTree(document), node?.block);
  return [...around].reverse().reduce((open, id) => setCollapsed(open, id, false), document);
}

/** Changes layers and blocks one by one; where none changes, the document stays the same object. */
export function changed(
  document: Document,
  change: {
    readonly node?: (node: DocumentNode) => DocumentNode;
    readonly block?: (block: DocumentBlock) => DocumentBlock;
  },
): Document {
  const { node = (same: DocumentNode) => same, block = (same: DocumentBlock) => same } = change;
  const nodes = document.nodes.map(node);
  const blocks = document.blocks.map(block);
  const sameNodes = nodes.every((one, index) => one === document.nodes[index]);
  const sameBlocks = blocks.every((one, index) => one === document.blocks[index]);
  if (sameNodes && sameBlocks) return document;
  return { ...document, ...(sameNodes ? {} : { nodes }), ...(sameBlocks ? {} : { blocks }) };
}

function movedTo<T extends { readonly position: Position }>(thing: T, to: Position): T {
  const place = onCanvas(to);
  const { x, y } = thing.position;
  return place.x === x && place.y === y ? thing : { ...thing, position: place };
}

function added(a: Position, b: Position): Position {
  return { x: a.x + b.x, y: a.y + b.y };
}
