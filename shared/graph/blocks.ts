import {
  freeHandle,
  type Document,
  type DocumentBlock,
  type DocumentEdge,
  type DocumentNode,
} from '../document.ts';
import { layerSpec } from '../layers/index.ts';

/** The blocks of a document, looked up by id. */
export interface BlockTree {
  readonly byId: ReadonlyMap<string, DocumentBlock>;
  /** Blocks that stand directly in a block; those that stand in none under `undefined`. */
  readonly children: ReadonlyMap<string | undefined, readonly DocumentBlock[]>;
  /** Layers that stand directly in a block. */
  readonly layers: ReadonlyMap<string, readonly DocumentNode[]>;
  /** The topmost collapsed block that each block is or stands in; absent where it can be seen into. */
  readonly hiddenBy: ReadonlyMap<string, string>;
}

const trees = new WeakMap<Document, BlockTree>();

/** The blocks of a document; made once for each. */
export function blockTree(document: Document): BlockTree {
  const known = trees.get(document);
  if (known !== undefined) return known;
  const byId = new Map(document.blocks.map((block) => [block.id, block]));
  const children = new Map<string | undefined, DocumentBlock[]>();
  for (const block of document.blocks) push(children, block.parent, block);
  const layers = new Map<string, DocumentNode[]>();
  for (const node of document.nodes) if (node.block !== undefined) push(layers, node.block, node);
  const hiddenBy = new Map<string, string>();
  // From the outermost inwards: the list grows while it is walked.
  const open = [...(children.get(undefined) ?? [])];
  for (const { id, parent, collapsed } of open) {
    const hider = (parent === undefined ? undefined : hiddenBy.get(parent)) ?? (collapsed ? id : undefined);
    if (hider !== undefined) hiddenBy.set(id, hider);
    for (const child of children.get(id) ?? []) open.push(child);
  }
  const tree = { byId, children, layers, hiddenBy };
  trees.set(document, tree);
  return tree;
}

/** A block and all that stand in it, outermost first. */
export function blocksWithin(tree: BlockTree, id: string): readonly DocumentBlock[] {
  const own = tree.byId.get(id);
  if (own === undefined) return [];
  const within = [own];
  for (const block of within) for (const child of tree.children.get(block.id) ?? []) within.push(child);
  return within;
}

/** Ids of all layers of a block, those of the blocks within it too. */
export function membersOf(document: Document, id: string): ReadonlySet<string> {
  const tree = blockTree(document);
  const blocks = blocksWithin(tree, id);
  return new Set(blocks.flatMap((block) => (tree.layers.get(block.id) ?? []).map((node) => node.id)));
}

/** The blocks that a block or a layer of it stands in, `id` first and the outermost last. */
export function blocksAround(tree: BlockTree, id: string | undefined): readonly string[] {
  const around: string[] = [];
  for (let at = id; at !== undefined; at = tree.byId.get(at)?.parent) around.push(at);
  return around;
}

/** What a block is called among the things that are drawn; no layer's id has a colon. */
export function blockItemId(id: string): string {
  return `block:${id}`;
}

/** The block that such a name means; nothing where it names a layer. */
export function blockOfItem(itemId: string): string | undefined {
  return itemId.startsWith('block:') ? itemId.slice('block:'.length) : undefined;
}

/** Where wires arrive at a collapsed block: from one layer outside, or at a layer inside that lacks an input. */
export interface InputPort {
  readonly id: string;
  /** The layer outside that feeds it; `null` where nothing is connected yet. */
  readonly source: string | null;
  /** Ends of its wire within the block. */
  readonly ends: readonly { readonly target: string; readonly targetHandle?: string | undefined }[];
}

export interface LayerItem {
  readonly type: 'layer';
  /** The layer's id. */
  readonly id: string;
  readonly node: DocumentNode;
}

/** A collapsed block, drawn as one. */
export interface BlockItem {
  readonly type: 'block';
  readonly id: string;
  readonly block: DocumentBlock;
  /** All layers within it, in the document's order. */
  readonly layers: readonly string[];
  readonly inputs: readonly InputPort[];
  /** Layers whose output leaves the block, and those that feed nothing. */
  readonly outputs: readonly string[];
}

export type VisibleItem = LayerItem | BlockItem;

/** A wire between two things that are drawn. */
export interface VisibleEdge {
  /** Ids of items. */
  readonly source: string;
  readonly sourceHandle: string;
  readonly target: string;
  readonly targetHandle: string;
  /** The edges that it stands for: all from one layer. */
  readonly edges: readonly [DocumentEdge, ...DocumentEdge[]];
}

/** What is drawn of a document. */
export interface VisibleGraph {
  readonly items: readonly VisibleItem[];
  readonly edges: readonly VisibleEdge[];
  /** Expanded blocks that can be seen, outermost first. */
  readonly frames: readonly DocumentBlock[];
  /** The item that shows each layer. */
  readonly itemOf: ReadonlyMap<string, string>;
}

/** The handle of a layer's output, and of a layer's output on a collapsed block. */
export const outputHandle = 'output';
export const outputPort = (layer: string) => `out:${layer}`;
const fedPort = (source: string) => `from:${source}`;
const openPort = (layer: string) => `open:${layer}`;

const graphs = new WeakMap<Document, VisibleGraph>();

/**
 * The layers outside of collapsed blocks, the topmost collapsed blocks, and the wires between them: of the edges from
 * one layer into one collapsed block, one wire is drawn. Made once for each document.
 */
export function visibleGraph(document: Document): VisibleGraph {
  const known = graphs.get(document);
  if (known !== undefined) return known;
  const tree = blockTree(document);
  const itemOf = new Map<string, string>();
  for (const { id, block } of document.nodes) {
    const hider = block === undefined ? undefined : tree.hiddenBy.get(block);
    itemOf.set(id, hider === undefined ? id : blockItemId(hider));
  }
  const ports = portsOf(document, itemOf);
  const items = new Map<string, VisibleItem>();
  for (const node of document.nodes) {
    const id = itemOf.get(node.id) ?? node.id;
    if (items.has(id)) continue;
    const block = tree.byId.get(blockOfItem(id) ?? '');
    if (block === undefined) items.set(id, { type: 'layer', id, node });
    else items.set(id, { type: 'block', id, block, ...(ports.get(id) ?? noPorts) });
  }
  const graph: VisibleGraph = {
    items: [...items.values()],
    edges: visibleEdges(document, itemOf),
    frames: framesOf(tree, items),
    itemOf,
  };
  graphs.set(document, graph);
  return graph;
}

function visibleEdges(document: Document, itemOf: ReadonlyMap<string, string>): readonly VisibleEdge[] {
  const wires = new Map<
    string,
    Omit<VisibleEdge, 'edges'> & { readonly edges: [DocumentEdge, ...DocumentEdge[]] }
  >();
  for (const edge of document.edges) {
    const [source, target] = [itemOf.get(edge.source), itemOf.get(edge.target)];
    if (source === undefined || target === undefined) continue;
    const [fromBlock, intoBlock] = [source !== edge.source, target !== edge.target];
    if (source === target && intoBlock) continue;
    const targetHandle = intoBlock ? fedPort(edge.source) : (edge.targetHandle ?? 'input_0');
    const key = `${edge.source} ${target} ${targetHandle}`;
    const wire = wires.get(key);
    if (wire !== undefined) wire.edges.push(edge);
    else {
      const sourceHandle = fromBlock ? outputPort(edge.source) : outputHandle;
      wires.set(key, { source, sourceHandle, target, targetHandle, edges: [edge] });
    }
  }
  return [...wires.values()];
}

interface Ports {
  readonly layers: string[];
  readonly inputs: InputPort[];
  readonly outputs: string[];
}
const noPorts: Ports = { layers: [], inputs: [], outputs: [] };

function portsOf(document: Document, itemOf: ReadonlyMap<string, string>): ReadonlyMap<string, Ports> {
  const ports = new Map<string, Ports>();
  const hidden = document.nodes.filter(({ id }) => itemOf.get(id) !== id);
  if (hidden.length === 0) return ports;
  const incoming = new Map<string, Set<string>>();
  const feeding = new Set<string>();
  const leaving = new Set<string>();
  const fed = new Map<string, Map<string, { readonly target: string; readonly targetHandle?: string }[]>>();
  for (const { source, target, targetHandle } of document.edges) {
    const [from, to] = [itemOf.get(source), itemOf.get(target)];
    incoming.set(target, (incoming.get(target) ?? new Set()).add(targetHandle ?? 'input_0'));
    feeding.add(source);
    if (from === to || from === undefined || to === undefined) continue;
    leaving.add(source);
    if (to === target) continue;
    const sources = fed.get(to) ?? new Map<string, { target: string; targetHandle?: string }[]>();
    fed.set(to, sources);
    push(sources, source, targetHandle === undefined ? { target } : { target, targetHandle });
  }
  for (const { id, kind } of hidden) {
    const item = itemOf.get(id) ?? id;
    const own = ports.get(item) ?? {
      layers: [],
      inputs: [...(fed.get(item) ?? [])].map(([source, ends]) => ({ id: fedPort(source), source, ends })),
      outputs: [],
    };
    ports.set(item, own);
    own.layers.push(id);
    if (leaving.has(id) || !feeding.has(id)) own.outputs.push(id);
    const taken = new Set(incoming.get(id));
    const { min, max } = layerSpec(kind).inputs;
    if (taken.size < min) {
      const end = max > 1 ? { target: id, targetHandle: freeHandle(taken) } : { target: id };
      own.inputs.push({ id: openPort(id), source: null, ends: [end] });
    }
  }
  return ports;
}

function framesOf(tree: BlockTree, items: ReadonlyMap<string, VisibleItem>): readonly DocumentBlock[] {
  const filled = new Set<string>();
  for (const item of items.values()) {
    const start = item.type === 'layer' ? item.node.block : item.block.parent;
    for (let at = start; at !== undefined && !filled.has(at); at = tree.byId.get(at)?.parent) filled.add(at);
  }
  const frames = (tree.children.get(undefined) ?? []).filter(({ id }) => filled.has(id));
  for (const { id } of frames)
    for (const child of tree.children.get(id) ?? []) if (filled.has(child.id)) frames.push(child);
  return frames;
}

function push<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

/** The new connections that a wire means which is drawn from one thing on the canvas to another. */
export function connectionsOf(
  graph: VisibleGraph,
  wire: {
    readonly source: string;
    readonly sourceHandle?: string | null | undefined;
    readonly target: string;
    readonly targetHandle?: string | null | undefined;
  },
): readonly DocumentEdge[] {
  const item = (id: string) => graph.items.find((candidate) => candidate.id === id);
  const [from, to] = [item(wire.source), item(wire.target)];
  if (from === undefined || to === undefined) return [];
  const source =
    from.type === 'layer'
      ? from.id
      : (from.outputs.find((layer) => outputPort(layer) === wire.sourceHandle) ?? from.outputs[0]);
  if (source === undefined) return [];
  if (to.type === 'layer') {
    const { id: target } = to;
    return wire.targetHandle == null
      ? [{ source, target }]
      : [{ source, target, targetHandle: wire.targetHandle }];
  }
  const port = to.inputs.find(({ id }) => id === wire.targetHandle) ?? to.inputs[0];
  return (port?.ends ?? []).map((end) => ({ source, ...end }));
}
