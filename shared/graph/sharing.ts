import type { Document, DocumentNode } from '../document.ts';
import { layerSpec } from '../layers/index.ts';
import { sameShape, shapeText } from '../layers/shape.ts';
import type { Weight } from '../layers/spec.ts';
import { isSetting } from '../layers/weightSettings.ts';
import { fix, problem, type Problem, type ProblemCode } from '../problem.ts';
import type { LayerAnalysis } from './analysis.ts';

/** The layer that holds a node's weights: another where they are shared, else itself. */
export function ownerOf(
  nodes: ReadonlyMap<string, DocumentNode>,
  node: DocumentNode,
): DocumentNode | undefined {
  return node.sharedWith === undefined ? node : nodes.get(node.sharedWith);
}

/** Why a layer cannot use the weights that it is to share, as far as the drawing alone says it. */
export function sharingProblem(
  nodes: ReadonlyMap<string, DocumentNode>,
  node: DocumentNode,
): Problem | undefined {
  if (node.sharedWith === undefined) return undefined;
  const owner = nodes.get(node.sharedWith);
  if (owner === undefined) return refusal('shared-owner-missing', node);
  if (owner.sharedWith !== undefined) return refusal('shared-owner-shares', node);
  if (owner.kind === node.kind) return undefined;
  return refusal('shared-kinds-differ', node, { kind: node.kind, ownerKind: owner.kind });
}

/** Why a layer's input does not suit the weights that it shares. */
export function sharedWeightsProblem(
  node: DocumentNode,
  needed: readonly Weight[],
  owner: LayerAnalysis,
): Problem | undefined {
  // What the owner lacks is its own problem.
  if (owner.outputShape === null) return undefined;
  const differs = needed.find(({ shape }, at) => {
    const held = owner.weights[at];
    return held === undefined || !sameShape(shape, held.shape);
  });
  if (differs === undefined && needed.length === owner.weights.length) return undefined;
  const weight = differs?.name ?? 'weights';
  const at = differs === undefined ? -1 : needed.indexOf(differs);
  const [neededText, heldText] = [shapeText(differs?.shape ?? []), shapeText(owner.weights[at]?.shape ?? [])];
  return refusal('shared-weights-differ', node, { weight, needed: neededText, held: heldText });
}

function refusal(
  code: ProblemCode,
  node: DocumentNode,
  more: Readonly<Record<string, string>> = {},
): Problem {
  const owner = node.sharedWith ?? '';
  return problem(
    code,
    { layer: node.id, owner, ...more },
    {
      nodeId: node.id,
      ...(more['held'] === undefined ? {} : { expected: more['held'] }),
      ...(more['needed'] === undefined ? {} : { received: more['needed'] }),
      fixes: [fix('stop-sharing', { type: 'stopSharing', nodeIds: [node.id] }, { layer: node.id })],
    },
  );
}

/**
 * The layers whose weights a layer can use, in the document's order: of its kind, with its params, and with weights of
 * the shapes that its input asks for, as far as those are known. The one that it uses now is among them.
 */
export function possibleOwners(
  document: Document,
  layers: ReadonlyMap<string, LayerAnalysis>,
  node: DocumentNode,
): readonly string[] {
  const layer = layers.get(node.id);
  if (layer === undefined) return [];
  const known = layer.inputShapes.filter((shape) => shape !== null);
  const needed = layer.outputShape === null ? undefined : layerSpec(node.kind).weights(layer.values, known);
  const suits = (owner: LayerAnalysis | undefined) =>
    owner !== undefined &&
    (needed === undefined || owner.outputShape === null || sameWeights(needed, owner.weights)) &&
    sameUse(layer, owner);
  return document.nodes
    .filter(({ id, kind, sharedWith }) => kind === node.kind && id !== node.id && sharedWith === undefined)
    .filter(({ id }) => id === node.sharedWith || suits(layers.get(id)))
    .map(({ id }) => id);
}

function sameWeights(a: readonly Weight[], b: readonly Weight[]): boolean {
  return a.length === b.length && a.every(({ shape }, at) => sameShape(shape, b[at]?.shape ?? []));
}

/** Whether two layers of one kind do the same with the same weights; how weights begin and are bounded, their owner says. */
function sameUse({ values: a }: LayerAnalysis, { values: b }: LayerAnalysis): boolean {
  return Object.keys(a).every(
    (name) => isSetting(name) || a[name] === b[name] || JSON.stringify(a[name]) === JSON.stringify(b[name]),
  );
}

/** Lets layers of one kind use the weights of the first of them; layers of other kinds stay as they are. */
export function shareWeights(document: Document, ids: readonly string[]): Document {
  const nodes = new Map(document.nodes.map((node) => [node.id, node]));
  const chosen = ids.flatMap((id) => nodes.get(id) ?? []);
  const [first] = chosen;
  const owner = first === undefined ? undefined : ownerOf(nodes, first);
  if (owner === undefined) return document;
  const sharing = new Set(
    chosen.filter(({ id, kind }) => kind === owner.kind && id !== owner.id).map(({ id }) => id),
  );
  // Who used a sharer's weights uses the same ones from now on.
  const follows = (node: DocumentNode) =>
    sharing.has(node.id) || (node.sharedWith !== undefined && sharing.has(node.sharedWith));
  return mapped(document, (node) =>
    follows(node) && node.id !== owner.id && node.sharedWith !== owner.id ? sharer(node, owner.id) : node,
  );
}

function sharer({ trainable: _trainable, ...node }: DocumentNode, owner: string): DocumentNode {
  return { ...node, sharedWith: owner };
}

/** Gives layers weights of their own, with the params that they had in common. */
export function stopSharing(document: Document, ids: ReadonlySet<string>): Document {
  const nodes = new Map(document.nodes.map((node) => [node.id, node]));
  return mapped(document, (node) => {
    if (node.sharedWith === undefined || !ids.has(node.id)) return node;
    return alone(node, nodes.get(node.sharedWith));
  });
}

function alone({ sharedWith: _owner, ...node }: DocumentNode, owner: DocumentNode | undefined): DocumentNode {
  if (owner?.kind !== node.kind) return node;
  const { params, trainable } = owner;
  return { ...node, params, ...(trainable === undefined ? {} : { trainable }) };
}

/** The layers that are left when some go: where one held weights for others, the first of those holds them now. */
export function handedOn(
  kept: readonly DocumentNode[],
  removed: ReadonlyMap<string, DocumentNode>,
): readonly DocumentNode[] {
  const heirs = new Map<string, string>();
  return kept.map((node) => {
    const { sharedWith } = node;
    if (sharedWith === undefined || !removed.has(sharedWith)) return node;
    const heir = heirs.get(sharedWith);
    if (heir !== undefined) return { ...node, sharedWith: heir };
    heirs.set(sharedWith, node.id);
    return alone(node, removed.get(sharedWith));
  });
}

/** Leaves a layer's weights as they are in training, or trains them again; of shared weights, the owner's. */
export function setTrainable(document: Document, ids: ReadonlySet<string>, trainable: boolean): Document {
  const owners = new Set(
    document.nodes.filter(({ id }) => ids.has(id)).map(({ id, sharedWith }) => sharedWith ?? id),
  );
  return mapped(document, (node) => {
    if (!owners.has(node.id) || (node.trainable !== false) === trainable) return node;
    const { trainable: _old, ...rest } = node;
    return trainable ? rest : { ...rest, trainable: false };
  });
}

/** Marks layers as outputs that are wanted, also where other layers read them. */
export function keepOutputs(document: Document, ids: ReadonlySet<string>): Document {
  return mapped(document, (node) =>
    ids.has(node.id) && node.output !== true ? { ...node, output: true } : node,
  );
}

/** Whether a kind of layer has weights that can be shared or frozen. */
export function hasWeights(layer: LayerAnalysis): boolean {
  return layer.weights.length > 0 || layer.sharedWith !== null || hasSettings(layer.kind);
}

/** Layers with weights say how those begin. */
function hasSettings(kind: string): boolean {
  return Object.keys(layerSpec(kind).params).some((name) => name.endsWith('Initializer'));
}

function mapped(document: Document, change: (node: DocumentNode) => DocumentNode): Document {
  const nodes = document.nodes.map(change);
  return nodes.every((node, index) => node === document.nodes[index]) ? document : { ...document, nodes };
}
