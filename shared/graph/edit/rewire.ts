import type { Document, DocumentEdge, DocumentNode } from '../../document.ts';
import { layerSpec } from '../../layers/index.ts';
import { keptParams } from '../../layers/paramValues.ts';
import { newId, removeNodes, snakeCase, type Added } from '../edit.ts';
import { handleIndex, topology } from '../topology.ts';

/**
 * Puts a layer of another kind into a layer's place. Its wires stay, as many as the new kind takes; so do its name,
 * its marks, and the values of all params that both kinds have. Its id follows the kind where it was made from one.
 */
export function replaceNode(document: Document, id: string, kind: string): Added {
  const node = document.nodes.find((one) => one.id === id);
  if (node === undefined || node.kind === kind) return { document, id };
  const made = new RegExp(`^${snakeCase(node.kind)}_\\d+$`).test(id);
  const newNodeId = made ? newId(document, kind) : id;
  const { sharedWith: _shared, automatic: _automatic, ...kept } = node;
  const params = keptParams(layerSpec(kind).params, node.params);
  const automatic = (node.automatic ?? []).filter((name) => Object.hasOwn(params, name));
  const replaced: DocumentNode = {
    ...kept,
    id: newNodeId,
    kind,
    params,
    ...(automatic.length === 0 ? {} : { automatic }),
  };
  const nodes = document.nodes.map((one) => {
    if (one.id === id) return replaced;
    if (one.sharedWith !== id) return one;
    // Weights are shared between layers of one kind alone.
    const { sharedWith: _with, ...own } = one;
    return own;
  });
  return { document: { ...document, nodes, edges: keptEdges(document, id, newNodeId, kind) }, id: newNodeId };
}

function keptEdges(document: Document, id: string, newNodeId: string, kind: string): readonly DocumentEdge[] {
  const { max } = layerSpec(kind).inputs;
  const incoming = document.edges
    .filter(({ target }) => target === id)
    .sort((a, b) => handleIndex(a) - handleIndex(b))
    .slice(0, max);
  return document.edges.flatMap((edge) => {
    const source = edge.source === id ? newNodeId : edge.source;
    if (edge.target !== id) return edge.source === id ? [{ ...edge, source }] : [edge];
    const index = incoming.indexOf(edge);
    if (index < 0) return [];
    return max === 1
      ? [{ source, target: newNodeId }]
      : [{ source, target: newNodeId, targetHandle: edge.targetHandle ?? `input_${String(index)}` }];
  });
}

/** Takes away all edges into and out of some layers. */
export function disconnectNodes(document: Document, ids: ReadonlySet<string>): Document {
  const edges = document.edges.filter(({ source, target }) => !ids.has(source) && !ids.has(target));
  return edges.length === document.edges.length ? document : { ...document, edges };
}

/** Lets data pass by some layers: what fed them feeds what they fed, and they stand apart without edges. */
export function bypassNodes(document: Document, ids: ReadonlySet<string>): Document {
  const { edges } = removeNodes(document, ids, true);
  return sameEdges(edges, document.edges) ? document : { ...document, edges };
}

function sameEdges(a: readonly DocumentEdge[], b: readonly DocumentEdge[]): boolean {
  return a.length === b.length && a.every((edge, index) => edge === b[index]);
}

/** Whether a layer that is there can be put into an edge: it has no edges of its own, and takes data. */
export function fitsIntoEdge(document: Document, id: string, edge: DocumentEdge): boolean {
  const node = document.nodes.find((one) => one.id === id);
  if (node === undefined || layerSpec(node.kind).inputs.max === 0) return false;
  if (edge.source === id || edge.target === id) return false;
  return !document.edges.some(({ source, target }) => source === id || target === id);
}

/** Puts a layer that is there, and has no edges, into an edge. */
export function putIntoEdge(document: Document, id: string, edge: DocumentEdge): Document {
  if (!fitsIntoEdge(document, id, edge) || !document.edges.includes(edge)) return document;
  const several = layerSpec(document.nodes.find((one) => one.id === id)?.kind ?? '').inputs.max > 1;
  const into: DocumentEdge = {
    source: edge.source,
    target: id,
    ...(several ? { targetHandle: 'input_0' } : {}),
  };
  return {
    ...document,
    edges: document.edges.flatMap((other) => (other === edge ? [into, { ...edge, source: id }] : [other])),
  };
}

/** Kinds that could take a layer's place in its wires, in the palette's order. */
export function replacementsFor(document: Document, id: string, kinds: readonly string[]): readonly string[] {
  const node = document.nodes.find((one) => one.id === id);
  if (node === undefined) return [];
  const { incoming } = topology(document);
  const fed = incoming.get(id)?.length ?? 0;
  return kinds.filter((kind) => {
    const { max } = layerSpec(kind).inputs;
    return kind !== node.kind && max > 0 === layerSpec(node.kind).inputs.max > 0 && max >= Math.min(fed, 1);
  });
}
