import type { Document } from '../../shared/document.ts';
import { framePadding, itemPosition, moveItems } from '../../shared/graph/blockFrames.ts';
import { visibleGraph } from '../../shared/graph/blocks.ts';
import { columnWidth, rowHeight, type Position } from '../../shared/graph/edit.ts';
import { fold, smallCanvas } from '../../shared/graph/fold.ts';
import { layerBox } from '../../shared/graph/layerBox.ts';

/** A layer or a block, as one that stands in a block or on the canvas itself. */
interface Item {
  readonly id: string;
  readonly parent: string | undefined;
}

/**
 * The document with every layer and block in its place: in the column right of what it reads, and in the row that it
 * was given, folded where that is too long. Where a block is collapsed, its layers stand where they will be seen when it is opened: from its left
 * edge to the right, the layer whose output leaves it at the block's own height.
 *
 * @param rows by the ids of layers and blocks; 0 is the line that runs straight through
 */
export function placed(document: Document, rows: ReadonlyMap<string, number>): Document {
  const items: Item[] = [
    ...document.nodes.map(({ id, block }) => ({ id, parent: block })),
    ...document.blocks.map(({ id, parent }) => ({ id, parent })),
  ];
  const byId = new Map(items.map((item) => [item.id, item]));
  const collapsed = new Set(document.blocks.filter((block) => block.collapsed).map(({ id }) => id));
  const exits = exitsOf(document, byId);
  const columns = columnsOf(document, byId, collapsed);
  const places = new Map<string, Position>();

  for (const { id } of document.blocks) {
    if (collapsed.has(id)) continue;
    const inner = items.filter(({ parent }) => parent === id).map((item) => columns.get(item.id) ?? 0);
    columns.set(id, Math.min(...inner));
  }

  const place = (group: string | undefined, origin: Position) => {
    for (const { id, parent } of items) {
      if (parent !== group) continue;
      const x = origin.x + (columns.get(id) ?? 0) * columnWidth;
      const at = { x, y: origin.y + (rows.get(id) ?? 0) * rowHeight };
      places.set(id, at);
      if (!exits.has(id)) continue;
      // The columns of what stands in an open block are those of the canvas.
      const inner = collapsed.has(id) ? { x: at.x + framePadding.left, y: at.y } : { x: origin.x, y: at.y };
      place(id, { x: inner.x, y: inner.y - (rows.get(exits.get(id) ?? '') ?? 0) * rowHeight });
    }
  };
  place(undefined, { x: 0, y: 0 });
  const position = (id: string) => places.get(id) ?? { x: 0, y: 0 };
  return folded({
    ...document,
    nodes: document.nodes.map((node) => ({ ...node, position: position(node.id) })),
    blocks: document.blocks.map((block) => ({ ...block, position: position(block.id) })),
  });
}

/** In rows that can be read, where one row cannot. */
function folded(document: Document): Document {
  const { items, edges, frames } = visibleGraph(document);
  // A frame is as large as what stands in it, and cannot be folded.
  if (frames.length > 0) return document;
  const boxes = new Map(items.map((item) => [item.id, { ...itemPosition(item), ...layerBox }]));
  return moveItems(document, fold({ boxes, edges }, 'right', smallCanvas));
}

/** What an item stands in, from itself outwards. */
function around(byId: ReadonlyMap<string, Item>, id: string): readonly string[] {
  const found: string[] = [];
  for (let at: string | undefined = id; at !== undefined; at = byId.get(at)?.parent) found.push(at);
  return found;
}

/** For each block the item in it whose output leaves it: the last that was added. */
function exitsOf(document: Document, byId: ReadonlyMap<string, Item>): ReadonlyMap<string, string> {
  const exits = new Map<string, string>();
  for (const { id } of document.nodes) {
    let inner = id;
    for (const outer of around(byId, id).slice(1)) {
      exits.set(outer, inner);
      inner = outer;
    }
  }
  return exits;
}

/**
 * The column of each layer and block: one right of the last thing that it reads. Within a collapsed block columns
 * count from its left edge; a block that is open has those of the canvas around it.
 */
function columnsOf(
  document: Document,
  byId: ReadonlyMap<string, Item>,
  collapsed: ReadonlySet<string>,
): Map<string, number> {
  const columns = new Map<string, number>();
  const incoming = new Map<string, string[]>();
  for (const { source, target } of document.edges)
    incoming.set(target, [...(incoming.get(target) ?? []), source]);
  // What stands for a layer among the things in which another stands.
  const standing = (id: string) => {
    const chain = around(byId, id);
    return chain.map((inner, index) => ({
      id: inner,
      scope: chain.slice(index + 1).find((outer) => collapsed.has(outer)),
    }));
  };
  for (const { id } of document.nodes) {
    for (const item of standing(id)) {
      const before = (incoming.get(id) ?? []).flatMap((source) =>
        standing(source).filter(({ id: other, scope }) => scope === item.scope && other !== item.id),
      );
      const column = before.reduce((most, other) => Math.max(most, (columns.get(other.id) ?? 0) + 1), 0);
      columns.set(item.id, Math.max(columns.get(item.id) ?? 0, column));
    }
  }
  return columns;
}
