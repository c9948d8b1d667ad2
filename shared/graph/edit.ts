import {
  cleanName,
  documentLimits,
  freeHandle,
  type Document,
  type DocumentEdge,
  type DocumentNode,
} from '../document.ts';
import { layerSpec } from '../layers/index.ts';
import { initialParams } from '../layers/paramValues.ts';
import { problem, type Problem } from '../problem.ts';
import { snakeCase } from '../snakeCase.ts';
import { isAutomatic, touched } from './automatic.ts';
import type { ParamValues } from './edits.ts';
import { flowOf, type Flow } from './flow.ts';
import { handedOn } from './sharing.ts';
import { reaches, topology } from './topology.ts';

export { snakeCase };

export interface Position {
  readonly x: number;
  readonly y: number;
}

/** Distance between the left edges of neighbouring blocks, in canvas pixels. */
export const columnWidth = 220;
/** Distance between the upper edges of neighbouring blocks in a network that is drawn downward. */
export const rowHeight = 168;

/** The place of a block that comes after the one at `position`. */
function ahead({ x, y }: Position, flow: Flow): Position {
  return flow === 'down' ? { x, y: y + rowHeight } : { x: x + columnWidth, y };
}

/** Ids of files may hold any number; past 2⁵³, counting on would stand still. */
const largestIdNumber = 1e9;

/** The next free id for a layer of this kind: `conv2d_1`, `conv2d_2`, … */
export function newId(document: Document, kind: string): string {
  return idMaker(document)(kind);
}

/** Gives free ids for the layers of many kinds, one after another, having looked at the document once. */
export function idMaker({ nodes }: Pick<Document, 'nodes'>): (kind: string) => string {
  const taken = new Set(nodes.map(({ id }) => id));
  const highest = new Map<string, number>();
  for (const id of taken) {
    const [, prefix, digits] = /^(.*_)(\d+)$/.exec(id) ?? [];
    const number = Number(digits);
    if (prefix !== undefined && number <= largestIdNumber && number > (highest.get(prefix) ?? 0))
      highest.set(prefix, number);
  }
  return (kind) => {
    const prefix = `${snakeCase(kind)}_`;
    let next = (highest.get(prefix) ?? 0) + 1;
    while (taken.has(`${prefix}${String(next)}`)) next += 1;
    const id = `${prefix}${String(next)}`;
    taken.add(id);
    highest.set(prefix, next);
    return id;
  };
}

/** A place that a project file can hold. */
export function onCanvas({ x, y }: Position): Position {
  const { coordinate } = documentLimits;
  const clip = (value: number) => Math.min(Math.max(value, -coordinate), coordinate) || 0;
  return { x: clip(x), y: clip(y) };
}

/** A document with a new layer in it, and that layer's id. */
export interface Added {
  readonly document: Document;
  readonly id: string;
}

/** Puts a new layer on the canvas; it has the palette's values where `params` does not say otherwise. */
export function addNode(
  document: Document,
  kind: string,
  position: Position,
  params: ParamValues = {},
): Added {
  const id = newId(document, kind);
  const node: DocumentNode = {
    id,
    kind,
    params: { ...initialParams(layerSpec(kind).params), ...params },
    position: onCanvas(position),
  };
  return { document: { ...document, nodes: [...document.nodes, node] }, id };
}

/**
 * Takes layers out, with their edges. With `reconnect`, what fed a removed layer feeds what it fed, so that taking
 * one block out of a chain leaves a chain.
 */
export function removeNodes(document: Document, ids: ReadonlySet<string>, reconnect = false): Document {
  const kept = document.nodes.filter(({ id }) => !ids.has(id));
  if (kept.length === document.nodes.length) return document;
  const removed = new Map(document.nodes.flatMap((node) => (ids.has(node.id) ? [[node.id, node]] : [])));
  const nodes = handedOn(kept, removed);
  const edges = reconnect
    ? bridged(document.edges, ids)
    : document.edges.filter(({ source, target }) => !ids.has(source) && !ids.has(target));
  return { ...document, nodes, edges };
}

/** The edges without some layers, each of which is bridged where one edge alone leads into it. */
function bridged(edges: readonly DocumentEdge[], ids: ReadonlySet<string>): readonly DocumentEdge[] {
  const into = new Map<string, readonly string[]>();
  for (const { source, target } of edges) {
    if (ids.has(target)) into.set(target, [...(into.get(target) ?? []), source]);
  }
  const keptSource = (id: string): string | undefined => {
    let at: string | undefined = id;
    // As many steps as there are layers to pass: more would be a cycle.
    for (let steps = 0; at !== undefined && ids.has(at); steps += 1) {
      const sources: readonly string[] = into.get(at) ?? [];
      at = sources.length === 1 && steps < ids.size ? sources[0] : undefined;
    }
    return at;
  };
  const kept: DocumentEdge[] = edges.filter(({ source, target }) => !ids.has(source) && !ids.has(target));
  const drawn = new Set(kept.map(edgeKey));
  for (const edge of edges) {
    if (!ids.has(edge.source) || ids.has(edge.target)) continue;
    const source = keptSource(edge.source);
    if (source === undefined || source === edge.target) continue;
    const bridge = { ...edge, source };
    if (drawn.has(edgeKey(bridge))) continue;
    drawn.add(edgeKey(bridge));
    kept.push(bridge);
  }
  return kept;
}

function edgeKey({ source, target, targetHandle = '' }: DocumentEdge): string {
  return `${source} ${target} ${targetHandle}`;
}

/** Moves layers to new places; those that are not named stay the same objects. */
export function moveNodes(document: Document, positions: ReadonlyMap<string, Position>): Document {
  return mapNodes(document, (node) => {
    const position = positions.get(node.id);
    if (position === undefined || samePosition(position, node.position)) return node;
    return { ...node, position: onCanvas(position) };
  });
}

/** Sets some parameters of a layer, which follow nothing from then on; their values are in the normal form already (`checkParams`). */
export function setParams(document: Document, nodeId: string, params: ParamValues): Document {
  // Layers that share weights have their owner's params.
  const owner = document.nodes.find(({ id }) => id === nodeId)?.sharedWith ?? nodeId;
  const names = Object.keys(params);
  return mapNodes(document, (node) => {
    const stays = names.every((name) => node.params[name] === params[name] && !isAutomatic(node, name));
    if (node.id !== owner || stays) return node;
    return touched({ ...node, params: { ...node.params, ...params } }, params);
  });
}

/** Names a layer for people; an empty name takes the name away. */
export function renameNode(document: Document, nodeId: string, name: string): Document {
  const clean = cleanName(name);
  return mapNodes(document, (node) => {
    if (node.id !== nodeId || (node.name ?? '') === clean) return node;
    const { name: _old, ...unnamed } = node;
    return clean === '' ? unnamed : { ...unnamed, name: clean };
  });
}

/** An edge as it is drawn, before it is known which handle it gets. */
export interface Connection {
  readonly source: string;
  readonly target: string;
  readonly targetHandle?: string | undefined;
}

/** Why an edge cannot be drawn, or `undefined` where it can. */
export function connectionProblem(
  document: Document,
  { source, target, targetHandle }: Connection,
): Problem | undefined {
  const to = document.nodes.find(({ id }) => id === target);
  if (to === undefined || !document.nodes.some(({ id }) => id === source))
    return problem('dangling-edge', { source, target, missing: to === undefined ? target : source });
  const at = { nodeId: target };
  if (source === target) return problem('connects-to-itself', { layer: target }, at);
  const { max } = layerSpec(to.kind).inputs;
  if (max === 0) return problem('takes-no-input', { layer: target, count: 1, max, sources: source }, at);
  const same = document.edges.some(
    (edge) =>
      edge.source === source && edge.target === target && (max === 1 || edge.targetHandle === targetHandle),
  );
  if (same) return problem('duplicate-edge', { source, target }, at);
  if (reaches(topology(document).outgoing, target, source)) {
    return problem('connection-makes-cycle', { source, target }, at);
  }
  return undefined;
}

/**
 * Draws an edge. A single input that is taken lets go of its old edge; a layer with several inputs gives the next
 * free handle where none is named. An edge that cannot be drawn leaves the document as it is.
 */
export function connect(document: Document, connection: Connection): Document {
  if (connectionProblem(document, connection) !== undefined) return document;
  const { source, target, targetHandle } = connection;
  const several = layerSpec(document.nodes.find(({ id }) => id === target)?.kind ?? '').inputs.max > 1;
  if (!several) {
    return {
      ...document,
      edges: [...document.edges.filter((edge) => edge.target !== target), { source, target }],
    };
  }
  const others = document.edges.filter(
    (edge) => edge.target !== target || edge.targetHandle !== targetHandle,
  );
  const taken = new Set(others.flatMap((edge) => (edge.target === target ? (edge.targetHandle ?? []) : [])));
  return {
    ...document,
    edges: [...others, { source, target, targetHandle: targetHandle ?? freeHandle(taken) }],
  };
}

/** Removes an edge; without a handle, every edge between the two. */
export function disconnect(document: Document, { source, target, targetHandle }: Connection): Document {
  const edges = document.edges.filter(
    (edge) =>
      edge.source !== source ||
      edge.target !== target ||
      (targetHandle !== undefined && edge.targetHandle !== targetHandle),
  );
  return edges.length === document.edges.length ? document : { ...document, edges };
}

/**
 * Puts a new layer into an edge: the edge's source feeds it, and it feeds the edge's target. A layer that takes no
 * input stands beside it; where there is no such edge, nothing changes and the id is empty.
 */
export function insertOnEdge(
  document: Document,
  edge: DocumentEdge,
  kind: string,
  params: ParamValues = {},
  at?: Position,
): Added {
  const source = document.nodes.find(({ id }) => id === edge.source);
  const target = document.nodes.find(({ id }) => id === edge.target);
  const there = document.edges.some((other) => sameEdge(other, edge));
  if (source === undefined || target === undefined || !there) return { document, id: '' };
  const flow = flowOf(document);
  const position = at ?? ahead(source.position, flow);
  const added = addNode(document, kind, position, params);
  if (layerSpec(kind).inputs.max === 0) return added;
  const edges = added.document.edges.filter((other) => !sameEdge(other, edge));
  const inserted = {
    ...added.document,
    edges: [...edges, into(added.document, edge.source, added.id), { ...edge, source: added.id }],
  };
  // Without a place of its own, the layer needs room: all that follows moves on by one block.
  const roomy = at === undefined ? shiftFollowing(inserted, added.id, flow) : inserted;
  return { document: roomy, id: added.id };
}

function into(document: Document, source: string, target: string): DocumentEdge {
  const kind = document.nodes.find(({ id }) => id === target)?.kind ?? '';
  return layerSpec(kind).inputs.max > 1 ? { source, target, targetHandle: 'input_0' } : { source, target };
}

/**
 * Adds a layer behind another: on its edge where it feeds just one, else as a new branch to its right. Without
 * `afterId`, behind the end of the network; on an empty canvas, at the origin.
 */
export function appendNode(
  document: Document,
  kind: string,
  afterId?: string,
  params: ParamValues = {},
): Added {
  const { outgoing } = topology(document);
  const flow = flowOf(document);
  const along = flow === 'down' ? 'y' : 'x';
  const after =
    document.nodes.find(({ id }) => id === afterId) ??
    document.nodes
      .filter(({ id }) => outgoing.get(id)?.length === 0)
      .sort((a, b) => b.position[along] - a.position[along])[0];
  if (after === undefined) return addNode(document, kind, freePlace(document, { x: 0, y: 0 }), params);
  const out = outgoing.get(after.id) ?? [];
  const takesInput = layerSpec(kind).inputs.max > 0;
  const [edge] = out;
  if (takesInput && out.length === 1 && edge !== undefined) return insertOnEdge(document, edge, kind, params);
  const place = freePlace(document, takesInput ? ahead(after.position, flow) : after.position, flow);
  const added = addNode(document, kind, place, params);
  return takesInput
    ? { ...added, document: connect(added.document, { source: after.id, target: added.id }) }
    : added;
}

/** The first place at `wanted` or aside of it, seen along the flow, where no block stands. */
export function freePlace(document: Document, wanted: Position, flow: Flow = 'right'): Position {
  const blocked = ({ x, y }: Position) =>
    document.nodes.some(
      ({ position }) =>
        Math.abs(position.x - x) < columnWidth - 40 && Math.abs(position.y - y) < rowHeight - 20,
    );
  let place = wanted;
  while (blocked(place)) {
    place =
      flow === 'down' ? { x: place.x + columnWidth, y: place.y } : { x: place.x, y: place.y + rowHeight };
  }
  return place;
}

function shiftFollowing(document: Document, id: string, flow: Flow): Document {
  const along = flow === 'down' ? 'y' : 'x';
  const by = flow === 'down' ? rowHeight : columnWidth;
  const { outgoing } = topology(document);
  const start = document.nodes.find((node) => node.id === id);
  const next = new Set((outgoing.get(id) ?? []).map(({ target }) => target));
  const crowded = document.nodes.some(
    (node) => next.has(node.id) && start !== undefined && node.position[along] < start.position[along] + by,
  );
  if (!crowded) return document;
  for (const followed of next) for (const { target } of outgoing.get(followed) ?? []) next.add(target);
  return mapNodes(document, (node) =>
    next.has(node.id) && node.locked !== true
      ? { ...node, position: onCanvas(ahead(node.position, flow)) }
      : node,
  );
}

function mapNodes(document: Document, change: (node: DocumentNode) => DocumentNode): Document {
  const nodes = document.nodes.map(change);
  // The same document says that nothing happened: there is nothing to undo then.
  return nodes.every((node, index) => node === document.nodes[index]) ? document : { ...document, nodes };
}

function sameEdge(a: DocumentEdge, b: DocumentEdge): boolean {
  return a.source === b.source && a.target === b.target && a.targetHandle === b.targetHandle;
}

function samePosition(a: Position, b: Position): boolean {
  return a.x === b.x && a.y === b.y;
}
