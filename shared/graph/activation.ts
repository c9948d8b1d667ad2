import type { Document, DocumentNode } from '../document.ts';
import type { ActivationName } from '../layers/activationCurve.ts';
import { layerSpec } from '../layers/index.ts';
import { completeParams } from '../layers/paramValues.ts';
import { appendNode, removeNodes, setParams } from './edit.ts';
import type { ParamValues } from './edits.ts';

/** The activation that a layer is no more than: another layer may take it in, like a piece of a jigsaw. */
export function activationPiece(kind: string, params: ParamValues): ActivationName | null {
  const spec = layerSpec(kind);
  return spec.asActivation?.(completeParams(spec.params, params)) ?? null;
}

/** Whether a layer has room for an activation: it has the parameter, and nothing in it yet. */
export function takesActivation({ kind, params, locked }: DocumentNode): boolean {
  const spec = layerSpec(kind);
  return (
    locked !== true &&
    spec.category !== 'activation' &&
    'activation' in spec.params &&
    completeParams(spec.params, params)['activation'] === 'linear'
  );
}

/** The layer into which an activation layer would go: the one that feeds it, and nothing else. */
export function hostOfActivation(document: Document, nodeId: string): DocumentNode | undefined {
  const node = document.nodes.find(({ id }) => id === nodeId);
  if (node === undefined || activationPiece(node.kind, node.params) === null) return undefined;
  const sources = document.edges.filter(({ target }) => target === nodeId);
  const [edge] = sources;
  if (edge === undefined || sources.length > 1) return undefined;
  if (document.edges.filter(({ source }) => source === edge.source).length > 1) return undefined;
  const host = document.nodes.find(({ id }) => id === edge.source);
  return host !== undefined && takesActivation(host) ? host : undefined;
}

/** Puts an activation layer into the layer that feeds it; without one that can take it, nothing changes. */
export function foldActivation(document: Document, nodeId: string): Document {
  const host = hostOfActivation(document, nodeId);
  const node = document.nodes.find(({ id }) => id === nodeId);
  if (host === undefined || node === undefined) return document;
  const activation = activationPiece(node.kind, node.params);
  return removeNodes(setParams(document, host.id, { activation }), new Set([nodeId]), true);
}

/** Makes a layer's activation a layer of its own behind it: the network computes the same. */
export function splitActivation(document: Document, nodeId: string): Document {
  const node = document.nodes.find(({ id }) => id === nodeId);
  if (node === undefined) return document;
  const spec = layerSpec(node.kind);
  if (spec.category === 'activation' || !('activation' in spec.params)) return document;
  const { activation } = completeParams(spec.params, node.params);
  if (activation === 'linear') return document;
  const linear = setParams(document, nodeId, { activation: 'linear' });
  // Where the layer feeds several others, the activation comes before all of them.
  const out = document.edges.filter(({ source }) => source === nodeId);
  const alone = { ...linear, edges: linear.edges.filter(({ source }) => source !== nodeId) };
  const added = appendNode(out.length === 1 ? linear : alone, 'Activation', nodeId, { activation });
  if (out.length === 1) return added.document;
  const moved = out.map((edge) => ({ ...edge, source: added.id }));
  return { ...added.document, edges: [...added.document.edges, ...moved] };
}
