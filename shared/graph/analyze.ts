import type { Document, DocumentEdge, DocumentNode } from '../document.ts';
import { layerSpec } from '../layers/index.ts';
import { completeParams } from '../layers/paramValues.ts';
import { sizeOf } from '../layers/shape.ts';
import type { Weight } from '../layers/spec.ts';
import { lazyFixes, type Problem } from '../problem.ts';
import type { Analysis, LayerAnalysis, ParamCount, Totals } from './analysis.ts';
import {
  cycleProblem,
  inputCountProblem,
  isOfWires,
  maskProblem,
  objectionProblem,
  withConnections,
} from './graphProblems.ts';
import { findOutputs } from './outputs.ts';
import { fieldOf, viewOfInput, viewThrough, type View } from './receptiveField.ts';
import { ownerOf, sharedWeightsProblem, sharingProblem } from './sharing.ts';
import { reached, topology, type Topology } from './topology.ts';

export type { Analysis, LayerAnalysis };

/**
 * Computes every layer's output shape with its arithmetic, weights, counts and receptive field, and says what is
 * wrong. Whatever can be computed beside an error is computed; what follows from an error only waits for it.
 */
export function analyze(document: Document): Analysis {
  const wiring = topology(document);
  const nodes = new Map(document.nodes.map((node) => [node.id, node]));
  const layers = new Map<string, LayerAnalysis>();
  const views = new Map<string, View>();
  const problems: Problem[] = [];

  for (const id of wiring.order) {
    const node = nodes.get(id);
    if (node === undefined) continue;
    const layer = analyzeLayer({ document, nodes, wiring, layers, views }, node);
    layers.set(id, layer);
    problems.push(...layer.problems);
  }
  problems.push(...compareShared(nodes, layers));
  for (const cycle of wiring.cycles) {
    const problem = cycleProblem(document, cycle, wiring);
    const start = problem.nodeId ?? '';
    problems.push(problem);
    for (const id of reached(wiring.outgoing, cycle)) {
      const node = nodes.get(id);
      if (node === undefined || layers.has(id)) continue;
      const unknown = unknownLayer(nodes, node, wiring.incoming.get(id) ?? [], layers, start);
      layers.set(id, id === start ? { ...unknown, waitingFor: null, problems: [problem] } : unknown);
    }
  }
  offerConnections(document, wiring, layers, problems);
  const outputs = findOutputs(document, wiring, layers);
  problems.push(...outputs.problems);
  const { outputIds } = outputs;
  const outputId = outputIds.length === 1 ? (outputIds[0] ?? null) : null;
  return { topology: wiring, layers, outputIds, outputId, totals: sumUp(layers), problems };
}

/**
 * What could feed a layer that lacks an input may stand behind it in the order: it is looked for when all are known, and
 * when somebody asks, for in a drawing of thousands of loose layers it is the most of the work.
 */
function offerConnections(
  document: Document,
  wiring: Topology,
  layers: Map<string, LayerAnalysis>,
  problems: Problem[],
): void {
  const known = new Map(layers);
  for (const [index, told] of problems.entries()) {
    const layer = layers.get(told.nodeId ?? '');
    if (layer === undefined || !isOfWires(told)) continue;
    const offered = lazyFixes(told, () => withConnections(document, wiring, known, told).fixes);
    problems[index] = offered;
    layers.set(layer.id, {
      ...layer,
      problems: layer.problems.map((one) => (one === told ? offered : one)),
    });
  }
}

/** Layers whose inputs ask for other weights than those that they share. */
function compareShared(
  nodes: ReadonlyMap<string, DocumentNode>,
  layers: Map<string, LayerAnalysis>,
): readonly Problem[] {
  return [...layers.values()].flatMap((layer) => {
    const [node, owner] = [nodes.get(layer.id), layers.get(layer.sharedWith ?? '')];
    if (node === undefined || owner === undefined || layer.outputShape === null) return [];
    const inputs = layer.inputShapes.filter((shape) => shape !== null);
    const wrong = sharedWeightsProblem(node, layerSpec(node.kind).weights(layer.values, inputs), owner);
    if (wrong === undefined) return [];
    layers.set(layer.id, { ...layer, problems: [...layer.problems, wrong] });
    return [wrong];
  });
}

interface Known {
  readonly document: Document;
  readonly nodes: ReadonlyMap<string, DocumentNode>;
  readonly wiring: Topology;
  readonly layers: ReadonlyMap<string, LayerAnalysis>;
  readonly views: Map<string, View>;
}

function analyzeLayer({ document, nodes, wiring, layers, views }: Known, node: DocumentNode): LayerAnalysis {
  const edges = wiring.incoming.get(node.id) ?? [];
  const unknown = unknownLayer(nodes, node, edges, layers, null);
  const unshared = sharingProblem(nodes, node);
  if (unshared !== undefined) return { ...unknown, problems: [unshared] };
  const wrongCount = inputCountProblem(node, edges);
  if (wrongCount !== undefined) return { ...unknown, problems: [wrongCount] };
  const waiting = edges.map(({ source }) => layers.get(source)).find((source) => source?.outputShape == null);
  if (waiting !== undefined) return { ...unknown, waitingFor: waiting.waitingFor ?? waiting.id };

  const spec = layerSpec(node.kind);
  const { values } = unknown;
  const inputs = unknown.inputShapes.filter((shape) => shape !== null);
  const result = spec.outputShape(values, inputs);
  const at = { document, node, values, edges, inputs, wiring, layers };
  if (!result.ok) return { ...unknown, problems: [objectionProblem(at, result.objection)] };

  const masks = edges.map(({ source }) => layers.get(source)?.maskFrom ?? null);
  const mask = masks.find((from) => from !== null);
  // TensorFlow.js joins masks only where every input has one.
  if (mask !== undefined && (spec.mask === undefined || masks.includes(null)))
    return { ...unknown, problems: [maskProblem(document, node, mask)] };
  const keepsSteps = spec.mask === 'passes' || result.shape.length === inputs[0]?.length;
  const maskFrom = spec.makesMask?.(values) === true ? node.id : keepsSteps ? (mask ?? null) : null;
  const weights = unknown.sharedWith === null ? weightsOf(node, spec.weights(values, inputs)) : [];
  const view =
    edges.length === 0
      ? viewOfInput(result.shape)
      : viewThrough(
          edges.flatMap(({ source }) => views.get(source) ?? []),
          spec.reach?.(values, inputs),
        );
  if (view !== undefined) views.set(node.id, view);
  return {
    ...unknown,
    outputShape: result.shape,
    weights,
    maskFrom,
    params: countParams(weights),
    macs: spec.macs(values, inputs, result.shape),
    receptiveField: view === undefined ? null : fieldOf(view),
    arithmetic: result.arithmetic,
    problems: [
      ...(result.error === undefined ? [] : [objectionProblem(at, result.error)]),
      ...(result.warning === undefined ? [] : [objectionProblem(at, result.warning, 'warning')]),
    ],
  };
}

/** A layer's weights; those of a frozen one are not trained. */
function weightsOf({ trainable }: DocumentNode, weights: readonly Weight[]): readonly Weight[] {
  return trainable === false ? weights.map((weight) => ({ ...weight, trainable: false })) : weights;
}

function unknownLayer(
  nodes: ReadonlyMap<string, DocumentNode>,
  node: DocumentNode,
  edges: readonly DocumentEdge[],
  layers: ReadonlyMap<string, LayerAnalysis>,
  waitingFor: string | null,
): LayerAnalysis {
  return {
    id: node.id,
    kind: node.kind,
    values: valuesOf(nodes, node),
    inputIds: edges.map(({ source }) => source),
    inputShapes: edges.map(({ source }) => layers.get(source)?.outputShape ?? null),
    outputShape: null,
    waitingFor,
    weights: [],
    maskFrom: null,
    sharedWith: node.sharedWith ?? null,
    params: { trainable: 0, nonTrainable: 0 },
    macs: 0,
    receptiveField: null,
    arithmetic: [],
    problems: [],
  };
}

function valuesOf(nodes: ReadonlyMap<string, DocumentNode>, node: DocumentNode) {
  const owner = ownerOf(nodes, node);
  const { params } = owner?.kind === node.kind ? owner : node;
  return completeParams(layerSpec(node.kind).params, params);
}

function countParams(weights: readonly Weight[]): ParamCount {
  let trainable = 0;
  let nonTrainable = 0;
  for (const weight of weights) {
    if (weight.trainable) trainable += sizeOf(weight.shape);
    else nonTrainable += sizeOf(weight.shape);
  }
  return { trainable, nonTrainable };
}

function sumUp(layers: ReadonlyMap<string, LayerAnalysis>): Totals {
  let [trainable, nonTrainable, macs, complete] = [0, 0, 0, true];
  for (const layer of layers.values()) {
    trainable += layer.params.trainable;
    nonTrainable += layer.params.nonTrainable;
    macs += layer.macs;
    complete &&= layer.outputShape !== null;
  }
  return { params: { trainable, nonTrainable }, macs, complete };
}
