import { datasets, type DatasetInfo } from '../datasets/index.ts';
import type { Document, DocumentNode } from '../document.ts';
import { layerSpec } from '../layers/index.ts';
import { completeParams } from '../layers/paramValues.ts';
import type { Follows } from '../layers/spec.ts';
import type { ParamValues } from './edits.ts';
import { topology, type Topology } from './topology.ts';

/** Twice as many filters each time is soon more than anyone wants. */
const mostDoubled = 512;

/** What a parameter of a layer can follow, where there is something. */
export function followedBy(kind: string, param: string): Follows | undefined {
  return layerSpec(kind).follows?.[param];
}

/** Lets all parameters of a new layer follow that can, but those that it was given. */
export function startAutomatic(document: Document, id: string, given: ParamValues = {}): Document {
  return {
    ...document,
    nodes: document.nodes.map((node) => {
      const names = Object.keys(layerSpec(node.kind).follows ?? {}).filter((name) => !(name in given));
      return node.id === id && names.length > 0 ? { ...node, automatic: names } : node;
    }),
  };
}

/** Lets a parameter follow again that somebody had set. */
export function resetToAutomatic(document: Document, id: string, param: string): Document {
  const nodes = document.nodes.map((node) =>
    node.id === id && followedBy(node.kind, param) !== undefined && !isAutomatic(node, param)
      ? { ...node, automatic: [...(node.automatic ?? []), param] }
      : node,
  );
  return { ...document, nodes };
}

export function isAutomatic({ automatic }: DocumentNode, param: string): boolean {
  return automatic?.includes(param) === true;
}

/** A layer of which somebody set parameters: those no longer follow. */
export function touched(node: DocumentNode, params: ParamValues): DocumentNode {
  if (node.automatic === undefined) return node;
  const left = node.automatic.filter((name) => !(name in params));
  if (left.length === node.automatic.length) return node;
  const { automatic: _before, ...others } = node;
  return left.length === 0 ? others : { ...others, automatic: left };
}

/**
 * Brings every automatic parameter to what it follows: the classes and the examples of the dataset, the place in the
 * network, the layer before. Gives the same document where all are there already.
 */
export function follow(document: Document): Document {
  if (!document.nodes.some(({ automatic }) => automatic !== undefined)) return document;
  const wiring = topology(document);
  const dataset = document.dataset === null ? undefined : datasets.get(document.dataset.kind);
  const nodes = new Map(document.nodes.map((node) => [node.id, node]));
  const ends = document.nodes.filter(({ id }) => wiring.outgoing.get(id)?.length === 0);
  const scene = { dataset, wiring, nodes, endId: ends.length === 1 ? (ends[0]?.id ?? null) : null };
  let changed = false;
  // Layers come after what feeds them, so that what follows a layer before sees what that one follows.
  for (const id of wiring.order) {
    const node = nodes.get(id);
    if (node?.automatic === undefined) continue;
    const next = followed(node, scene);
    changed ||= next !== node;
    nodes.set(id, next);
  }
  return changed
    ? { ...document, nodes: document.nodes.map((node) => nodes.get(node.id) ?? node) }
    : document;
}

interface Scene {
  readonly dataset: DatasetInfo | undefined;
  readonly wiring: Topology;
  readonly nodes: ReadonlyMap<string, DocumentNode>;
  /** The network's one end. */
  readonly endId: string | null;
}

function followed(node: DocumentNode, scene: Scene): DocumentNode {
  const changes: Record<string, unknown> = {};
  for (const param of node.automatic ?? []) {
    const rule = followedBy(node.kind, param);
    const value = rule === undefined ? undefined : valueOf(rule, param, node, scene);
    if (value !== undefined && !sameValue(value, node.params[param])) changes[param] = value;
  }
  return Object.keys(changes).length === 0 ? node : { ...node, params: { ...node.params, ...changes } };
}

function valueOf(rule: Follows, param: string, node: DocumentNode, scene: Scene): unknown {
  const { dataset, endId } = scene;
  const initial = layerSpec(node.kind).params[param]?.initial;
  switch (rule) {
    case 'examples':
      return dataset === undefined ? undefined : [...dataset.shape];
    case 'classes':
      return node.id === endId ? dataset?.classes.length : initial;
    case 'probabilities':
      return node.id === endId && dataset !== undefined ? 'softmax' : initial;
    case 'doubled': {
      const before = valueBefore(param, node, scene);
      return before === undefined ? initial : Math.min(2 * before, Math.max(before, mostDoubled));
    }
  }
}

/** The value of the nearest layer before that has this parameter, along first inputs. */
function valueBefore(param: string, node: DocumentNode, { wiring, nodes }: Scene): number | undefined {
  let at = wiring.incoming.get(node.id)?.[0]?.source;
  while (at !== undefined) {
    const before = nodes.get(at);
    if (before === undefined) return undefined;
    const { params } = layerSpec(before.kind);
    if (param in params) {
      const value = completeParams(params, before.params)[param];
      return typeof value === 'number' ? value : undefined;
    }
    at = wiring.incoming.get(at)?.[0]?.source;
  }
  return undefined;
}

function sameValue(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
