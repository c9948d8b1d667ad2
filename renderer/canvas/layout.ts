import { graphlib, layout } from '@dagrejs/dagre';

import type { Document } from '../../shared/document.ts';
import { framePadding } from '../../shared/graph/blockFrames.ts';
import { layerBox } from '../../shared/graph/layerBox.ts';
import { blockItemId, blocksAround, blockTree, visibleGraph } from '../../shared/graph/blocks.ts';
import { columnWidth, rowHeight, type Position } from '../../shared/graph/edit.ts';
import type { Flow } from '../../shared/graph/flow.ts';
import { fold, smallCanvas, type Room } from '../../shared/graph/fold.ts';
import { topology, type Wired } from '../../shared/graph/topology.ts';
import { blockWidth } from './blockSize.ts';

/** Beyond this much work a layered layout takes seconds; then each layer stands right of its last input. */
const dagreLimit = 2000;

/** Something to be placed: a layer, a collapsed block, or the frame of an expanded one with all that stands in it. */
interface Box {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

/** Boxes that stand beside one another, with the wires between them. */
interface Level extends Wired {
  readonly nodes: readonly Box[];
}

type Places = ReadonlyMap<string, Position>;

/**
 * Places for all layers and collapsed blocks, from left to right along the edges or from top to bottom, and folded into
 * rows or columns where they could not be read in `room` otherwise. Expanded blocks are laid out by themselves and then
 * placed as one, so that no frame lies over what does not stand in it.
 */
export function arrange(document: Document, flow: Flow = 'right', room: Room = smallCanvas): Places {
  const { items, edges, frames } = visibleGraph(document);
  const tree = blockTree(document);
  const holder = new Map<string, string | undefined>();
  for (const item of items) holder.set(item.id, item.type === 'layer' ? item.node.block : item.block.parent);
  for (const { id, parent } of frames) holder.set(blockItemId(id), parent);
  const around = (id: string) => [id, ...blocksAround(tree, holder.get(id)).map(blockItemId)];

  const boxes = new Map<string, Box>();
  for (const { id } of items) boxes.set(id, { id, width: blockWidth, height: layerBox.height });
  const within = groupBy([...holder], ([, block]) => block);
  const wires = groupBy(edges, ({ source, target }) => {
    const shared = new Set(around(source).slice(1));
    const common = around(target).find((id, index) => index > 0 && shared.has(id));
    return common?.slice('block:'.length);
  });
  const inner = new Map<string | undefined, Places>();
  // From the innermost outwards: a frame's size is known when what stands in it is placed.
  for (const block of [...frames.map(({ id }) => id).reverse(), undefined]) {
    const members = (within.get(block) ?? []).map(([id]) => id);
    const isMember = new Set(members);
    const end = (id: string) => around(id).find((candidate) => isMember.has(candidate)) ?? id;
    const level = {
      nodes: members.flatMap((id) => boxes.get(id) ?? []),
      edges: (wires.get(block) ?? []).map(({ source, target }) => ({
        source: end(source),
        target: end(target),
      })),
    };
    const line = arrangeLevel(level, flow);
    const places = block === undefined ? folded(level, line, flow, room) : line;
    inner.set(block, places);
    if (block !== undefined) boxes.set(blockItemId(block), frameBox(block, level, places));
  }
  const placed = new Map<string, Position>();
  const put = (block: string | undefined, origin: Position) => {
    const places = inner.get(block) ?? new Map<string, Position>();
    const [left, top] = block === undefined ? [0, 0] : cornerOf(places);
    for (const [id, { x, y }] of places) {
      const at = { x: origin.x + x - left, y: origin.y + y - top };
      const isFrame = inner.has(id.slice('block:'.length)) && id.startsWith('block:');
      if (isFrame)
        put(id.slice('block:'.length), { x: at.x + framePadding.left, y: at.y + framePadding.top });
      else placed.set(id, at);
    }
  };
  put(undefined, { x: 0, y: 0 });
  // In the order in which they are drawn.
  return new Map(items.map(({ id }) => [id, placed.get(id) ?? { x: 0, y: 0 }]));
}

function groupBy<T>(
  list: readonly T[],
  keyOf: (entry: T) => string | undefined,
): ReadonlyMap<string | undefined, readonly T[]> {
  const groups = new Map<string | undefined, T[]>();
  for (const entry of list) {
    const key = keyOf(entry);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [entry]);
    else group.push(entry);
  }
  return groups;
}

function cornerOf(places: Places): readonly [left: number, top: number] {
  const all = [...places.values()];
  return [
    all.reduce((least, { x }) => Math.min(least, x), Infinity),
    all.reduce((least, { y }) => Math.min(least, y), Infinity),
  ];
}

function frameBox(block: string, { nodes }: Level, places: Places): Box {
  const [left, top] = cornerOf(places);
  let [right, bottom] = [-Infinity, -Infinity];
  for (const { id, width, height } of nodes) {
    const { x, y } = places.get(id) ?? { x: 0, y: 0 };
    [right, bottom] = [Math.max(right, x + width), Math.max(bottom, y + height)];
  }
  return {
    id: blockItemId(block),
    width: right - left + framePadding.left + framePadding.right,
    height: bottom - top + framePadding.top + framePadding.bottom,
  };
}

function folded({ nodes, edges }: Level, places: Places, flow: Flow, room: Room): Places {
  const boxes = new Map(
    nodes.map(({ id, width, height }) => [id, { ...(places.get(id) ?? { x: 0, y: 0 }), width, height }]),
  );
  return fold({ boxes, edges }, flow, room);
}

function arrangeLevel(level: Level, flow: Flow): Places {
  if (workOf(level) > dagreLimit) return inColumns(level, flow);
  try {
    return layered(level, flow);
  } catch (error) {
    // The layered layout goes along the edges by recursion: a long chain is deeper than the stack, a worker's above all.
    if (error instanceof RangeError) return inColumns(level, flow);
    throw error;
  }
}

/** What a layered layout has to place: what is drawn, and each wire anew in every column that it passes. */
export function layoutWork(document: Document): number {
  const { items, edges } = visibleGraph(document);
  return workOf({ nodes: items, edges });
}

function workOf(level: Wired): number {
  const columns = columnsOf(level);
  const at = (id: string) => columns.get(id) ?? 0;
  return level.edges.reduce(
    (work, { source, target }) => work + Math.max(0, at(target) - at(source) - 1),
    level.nodes.length,
  );
}

function layered({ nodes, edges }: Level, flow: Flow): Places {
  const graph = new graphlib.Graph();
  const [beside, below] = [columnWidth - blockWidth, rowHeight - layerBox.height - 8];
  graph.setGraph(
    flow === 'right'
      ? { rankdir: 'LR', ranksep: beside, nodesep: below }
      : { rankdir: 'TB', ranksep: below, nodesep: beside },
  );
  graph.setDefaultEdgeLabel(() => ({}));
  // graphlib keeps names in plain objects, where an id like “constructor” would be there already.
  const name = (id: string) => `n:${id}`;
  // A little taller than they are: their shapes stand above them.
  for (const { id, width, height } of nodes) graph.setNode(name(id), { width, height: height + 8 });
  for (const { source, target } of withoutSkips({ nodes, edges })) graph.setEdge(name(source), name(target));
  layout(graph);
  return new Map(
    nodes.map(({ id, width, height }) => {
      const placed = graph.node(name(id)) as { readonly x?: number; readonly y?: number };
      const { x = 0, y = 0 } = placed;
      return [
        id,
        { x: Math.round(x - width / 2), y: Math.round(y - height / 2 + layerBox.height / 2) },
      ] as const;
    }),
  );
}

/**
 * The edges without those that only pass by what another way leads through: they say nothing of where a box stands, and
 * would bend the way that they pass by.
 */
function withoutSkips(level: Level): Level['edges'] {
  const columns = columnsOf(level);
  const { outgoing } = topology(level);
  const at = (id: string) => columns.get(id) ?? 0;
  return level.edges.filter(({ source, target }) => {
    if (at(target) - at(source) < 2) return true;
    const seen = new Set([source]);
    const open = (outgoing.get(source) ?? []).map((edge) => edge.target).filter((id) => id !== target);
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (id === target) return false;
      if (seen.has(id) || at(id) >= at(target)) continue;
      seen.add(id);
      for (const edge of outgoing.get(id) ?? []) open.push(edge.target);
    }
    return true;
  });
}

/** The column of each box: right of its last input. */
function columnsOf(level: Wired): ReadonlyMap<string, number> {
  const { order, incoming } = topology(level);
  const sorted = new Set(order);
  const columns = new Map<string, number>();
  const unsorted = level.nodes.map(({ id }) => id).filter((id) => !sorted.has(id));
  for (const id of [...order, ...unsorted]) {
    const sources = (incoming.get(id) ?? []).map(({ source }) => columns.get(source) ?? 0);
    columns.set(
      id,
      sources.reduce((most, at) => Math.max(most, at + 1), 0),
    );
  }
  return columns;
}

function inColumns(level: Level, flow: Flow): Places {
  const boxes = new Map(level.nodes.map((box) => [box.id, box]));
  const columns = columnsOf(level);
  // Along the flow stand the columns, across it the boxes of one: for a network that goes down, those are rows.
  const sizeOf = (id: string) => {
    const { width, height } = boxes.get(id) ?? { width: blockWidth, height: layerBox.height };
    const [wide, tall] = [width + columnWidth - blockWidth, height + rowHeight - layerBox.height];
    return flow === 'right' ? { along: wide, across: tall } : { along: tall, across: wide };
  };
  const lengths: number[] = [];
  for (const [id, column] of columns) lengths[column] = Math.max(lengths[column] ?? 0, sizeOf(id).along);
  const starts: number[] = [];
  let start = 0;
  for (const length of lengths) {
    starts.push(start);
    start += length;
  }
  const filled = new Map<number, number>();
  const places = new Map<string, Position>();
  for (const [id, column] of columns) {
    const [along, across] = [starts[column] ?? 0, filled.get(column) ?? 0];
    filled.set(column, across + sizeOf(id).across);
    places.set(id, flow === 'right' ? { x: along, y: across } : { x: across, y: along });
  }
  return places;
}

/**
 * Shifts the places of a layout to where things are: by those that keep their own places, which the others then come
 * to stand around; where there are none, so that the upper left corner stays.
 */
export function settled(before: Places, places: Places, keep: ReadonlySet<string>): Places {
  const kept = [...places.keys()].filter((id) => keep.has(id));
  const anchors = kept.length > 0 ? kept : [...places.keys()];
  const shift = (axis: 'x' | 'y') => {
    const at = (from: Places) => anchors.map((id) => from.get(id)?.[axis] ?? 0);
    const sum = (list: readonly number[]) => list.reduce((total, value) => total + value, 0);
    const [old, next] = [at(before), at(places)];
    return Math.round(
      kept.length > 0 ? (sum(old) - sum(next)) / old.length : Math.min(...old) - Math.min(...next),
    );
  };
  const [dx, dy] = [shift('x'), shift('y')];
  return new Map(
    [...places].flatMap(([id, { x, y }]) => (keep.has(id) ? [] : [[id, { x: x + dx, y: y + dy }] as const])),
  );
}
