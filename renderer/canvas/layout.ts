import { graphlib, layout } from '@dagrejs/dagre';

import type { Document } from '../../shared/document.ts';
import { itemPosition } from '../../shared/graph/blockFrames.ts';
import { visibleGraph } from '../../shared/graph/blocks.ts';
import { columnWidth, rowHeight, type Position } from '../../shared/graph/edit.ts';
import type { Flow } from '../../shared/graph/flow.ts';
import { topology } from '../../shared/graph/topology.ts';
import { blockWidth } from './blockSize.ts';

/** Beyond this much work a layered layout takes seconds; then each layer stands right of its last input. */
const dagreLimit = 2000;
const layerHeight = 150;

/** Places for all layers, from left to right along the edges, or from top to bottom. */
export function arrange(document: Document, flow: Flow = 'right'): ReadonlyMap<string, Position> {
  if (layoutWork(document) > dagreLimit) return inColumns(document, flow);
  try {
    return layered(document, flow);
  } catch (error) {
    // The layered layout goes along the edges by recursion: a long chain is deeper than the stack, a worker's above all.
    if (error instanceof RangeError) return inColumns(document, flow);
    throw error;
  }
}

/** What a layered layout has to place: the layers, and each edge anew in every column that it passes. */
export function layoutWork(document: Document): number {
  const columns = columnsOf(document);
  const at = (id: string) => columns.get(id) ?? 0;
  return document.edges.reduce(
    (work, { source, target }) => work + Math.max(0, at(target) - at(source) - 1),
    document.nodes.length,
  );
}

function layered({ nodes, edges }: Document, flow: Flow): ReadonlyMap<string, Position> {
  const graph = new graphlib.Graph();
  const [beside, below] = [columnWidth - blockWidth, rowHeight - layerHeight];
  graph.setGraph(
    flow === 'right'
      ? { rankdir: 'LR', ranksep: beside, nodesep: below }
      : { rankdir: 'TB', ranksep: below, nodesep: beside },
  );
  graph.setDefaultEdgeLabel(() => ({}));
  // graphlib keeps names in plain objects, where an id like “constructor” would be there already.
  const name = (id: string) => `n:${id}`;
  for (const { id } of nodes) graph.setNode(name(id), { width: blockWidth, height: layerHeight });
  for (const { source, target } of edges) graph.setEdge(name(source), name(target));
  layout(graph);
  return new Map(
    nodes.map(({ id, position }) => {
      const placed = graph.node(name(id)) as { readonly x?: number; readonly y?: number };
      const { x = position.x, y = position.y } = placed;
      return [id, { x: Math.round(x - blockWidth / 2), y: Math.round(y) }];
    }),
  );
}

/** The column of each layer: right of its last input. */
function columnsOf(document: Document): ReadonlyMap<string, number> {
  const { order, incoming } = topology(document);
  const sorted = new Set(order);
  const columns = new Map<string, number>();
  const unsorted = document.nodes.map(({ id }) => id).filter((id) => !sorted.has(id));
  for (const id of [...order, ...unsorted]) {
    const sources = (incoming.get(id) ?? []).map(({ source }) => columns.get(source) ?? 0);
    columns.set(
      id,
      sources.reduce((most, at) => Math.max(most, at + 1), 0),
    );
  }
  return columns;
}

function inColumns(document: Document, flow: Flow): ReadonlyMap<string, Position> {
  const rows = new Map<number, number>();
  const places = new Map<string, Position>();
  for (const [id, column] of columnsOf(document)) {
    const row = rows.get(column) ?? 0;
    rows.set(column, row + 1);
    places.set(
      id,
      flow === 'right'
        ? { x: column * columnWidth, y: row * rowHeight }
        : { x: row * columnWidth, y: column * rowHeight },
    );
  }
  return places;
}

/** What is drawn of a document as a document of its own: a collapsed block stands in it like a layer. */
export function drawnItems(document: Document): Document {
  const { items, edges } = visibleGraph(document);
  if (items.every(({ type }) => type === 'layer')) return document;
  return {
    ...document,
    nodes: items.map((item) =>
      item.type === 'layer' ? item.node : { id: item.id, kind: '', params: {}, position: itemPosition(item) },
    ),
    edges: edges.map(({ source, target }) => ({ source, target })),
  };
}

/** Some layers of a document and the edges between them. */
export function partOf(document: Document, ids: ReadonlySet<string>): Document {
  return {
    ...document,
    nodes: document.nodes.filter(({ id }) => ids.has(id)),
    edges: document.edges.filter(({ source, target }) => ids.has(source) && ids.has(target)),
  };
}

/**
 * Shifts the places of a layout to where its layers are: by the layers that keep their own places, which the others
 * then come to stand around; where there are none, so that the upper left corner stays.
 */
export function settled(
  document: Document,
  places: ReadonlyMap<string, Position>,
  keep: ReadonlySet<string>,
): ReadonlyMap<string, Position> {
  const before = new Map(document.nodes.map(({ id, position }) => [id, position]));
  const kept = [...places.keys()].filter((id) => keep.has(id));
  const anchors = kept.length > 0 ? kept : [...places.keys()];
  const at = (from: ReadonlyMap<string, Position>, axis: 'x' | 'y') =>
    anchors.map((id) => from.get(id)?.[axis] ?? 0);
  const sum = (list: readonly number[]) => list.reduce((total, value) => total + value, 0);
  const shift = (axis: 'x' | 'y') => {
    const [old, next] = [at(before, axis), at(places, axis)];
    const by = kept.length > 0 ? (sum(old) - sum(next)) / old.length : Math.min(...old) - Math.min(...next);
    return Math.round(by);
  };
  const [dx, dy] = [shift('x'), shift('y')];
  return new Map(
    [...places].flatMap(([id, { x, y }]) => (keep.has(id) ? [] : [[id, { x: x + dx, y: y + dy }] as const])),
  );
}
