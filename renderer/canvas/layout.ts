import { graphlib, layout } from '@dagrejs/dagre';

import type { Document } from '../../shared/document.ts';
import { columnWidth, type Position } from '../../shared/graph/edit.ts';
import { topology } from '../../shared/graph/topology.ts';
import { blockWidth } from './blockSize.ts';

/** Beyond this much work a layered layout takes seconds; then each layer stands right of its last input. */
const dagreLimit = 2000;
const rowHeight = 220;

/** Places for all layers, from left to right along the edges. */
export function arrange(document: Document): ReadonlyMap<string, Position> {
  if (layoutWork(document) > dagreLimit) return inColumns(document);
  try {
    return layered(document);
  } catch (error) {
    // The layered layout goes along the edges by recursion: a long chain is deeper than the stack, a worker's above all.
    if (error instanceof RangeError) return inColumns(document);
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

function layered({ nodes, edges }: Document): ReadonlyMap<string, Position> {
  const graph = new graphlib.Graph();
  graph.setGraph({ rankdir: 'LR', ranksep: columnWidth - blockWidth, nodesep: rowHeight - 150 });
  graph.setDefaultEdgeLabel(() => ({}));
  // graphlib keeps names in plain objects, where an id like “constructor” would be there already.
  const name = (id: string) => `n:${id}`;
  for (const { id } of nodes) graph.setNode(name(id), { width: blockWidth, height: 150 });
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

function inColumns(document: Document): ReadonlyMap<string, Position> {
  const rows = new Map<number, number>();
  const places = new Map<string, Position>();
  for (const [id, column] of columnsOf(document)) {
    const row = rows.get(column) ?? 0;
    rows.set(column, row + 1);
    places.set(id, { x: column * columnWidth, y: row * rowHeight });
  }
  return places;
}
