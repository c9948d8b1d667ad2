import { centring, datasets } from '../datasets/index.ts';
import type { Document, DocumentEdge, DocumentNode } from '../document.ts';
import { layers as catalogue, layerSpec } from '../layers/index.ts';
import { completeParams, initialParams, keptParams } from '../layers/paramValues.ts';
import { shapeText, type Shape } from '../layers/shape.ts';
import type { LayerFix, Objection, ShapeResult } from '../layers/spec.ts';
import { fix, type Fix } from '../problem.ts';
import type { LayerAnalysis } from './analysis.ts';
import type { ParamValues } from './edits.ts';
import type { Topology } from './topology.ts';

/** Where a layer that objects stands: all that its fixes are tried on. */
export interface Objector {
  readonly document: Document;
  readonly node: DocumentNode;
  /** With the defaults filled in. */
  readonly values: ParamValues;
  readonly edges: readonly DocumentEdge[];
  readonly inputs: readonly Shape[];
  readonly wiring: Topology;
  readonly layers: ReadonlyMap<string, LayerAnalysis>;
}

/** Layers that a network can do without: taking one out is a mending worth offering. */
const removable = new Set(['pooling', 'shape']);
/** So many layers back is what one overlooks at a glance. */
const lookBack = 12;

/**
 * The fixes that a layer proposes, as fixes of its node: those that were tried and mend, by the shape rules alone.
 * Of inserting something on one of several inputs, what stands on the shorter branch comes first.
 */
export function fixesOf(at: Objector, objection: Objection): readonly Fix[] {
  const mending = tried(at, objection, isBetter);
  // Where nothing lets the layer agree, another objection than this one is a step as well: it has its own fixes.
  return mending.length > 0 ? mending : tried(at, objection, isOther);
}

function tried(
  at: Objector,
  objection: Objection,
  judge: (before: Objection, result: ShapeResult) => boolean,
): readonly Fix[] {
  const mends = (result: ShapeResult) => judge(objection, result);
  return ordered(at, objection.fixes ?? []).flatMap((proposed): readonly Fix[] => {
    const { id, values, edit } = proposed;
    const nodeId = at.node.id;
    switch (edit.type) {
      case 'setParams':
        return mends(outputOf(at, at.inputs, edit.params))
          ? [fix(id, { type: 'setParams', nodeId, params: edit.params }, values)]
          : [];
      case 'insertBefore':
        return mends(withInserted(at, 0, edit.kind, edit.params))
          ? [fix(id, { ...edit, nodeId }, values)]
          : [];
      case 'insertOnInput':
        return mends(withInserted(at, edit.port, edit.kind, edit.params)) ? onInput(at, proposed) : [];
      case 'removeSource': {
        const source = removableBefore(at, (shape) => mends(outputOf(at, [shape])));
        if (source === undefined) return [];
        return [fix(id, { type: 'removeNode', nodeId: source }, { ...values, layer: source })];
      }
      case 'useSibling':
        return siblingFix(at, edit.axes, mends);
      case 'removeSelf':
        return removable.has(layerSpec(at.node.kind).category) && at.edges.length === 1
          ? [fix(id, { type: 'removeNode', nodeId }, { ...values, layer: nodeId })]
          : [];
      case 'setSourceParam':
        return sourceParamFix(at, proposed, mends);
      case 'setInputShape':
        return inputShapeFix(at, proposed, (shape) => mends(outputOf(at, [shape])));
    }
  });
}

/** Whether a layer no longer says what it said, and nothing else either; of several wrong inputs, one less will do. */
function isBetter(before: Objection, result: ShapeResult): boolean {
  const after = result.ok ? result.warning : result.objection;
  if (after === undefined) return true;
  return after.code === before.code && Number(after.values['port']) > Number(before.values['port']);
}

function isOther(before: Objection, result: ShapeResult): boolean {
  const after = result.ok ? result.warning : result.objection;
  return after?.code !== before.code && after !== notMended.objection;
}

function outputOf(at: Objector, inputs: readonly Shape[], params: ParamValues = {}): ShapeResult {
  return layerSpec(at.node.kind).outputShape({ ...at.values, ...params }, inputs);
}

/** The same for another number of axes, as a file names it: `Conv1D`, `Conv2D`, `Conv3D`. */
function siblingFix(
  { node, inputs }: Objector,
  axes: number,
  mends: (result: ShapeResult) => boolean,
): readonly Fix[] {
  const kind = node.kind.replace(/[123]D/, `${String(axes)}D`);
  const spec = catalogue.get(kind);
  if (spec === undefined || kind === node.kind || node.sharedWith !== undefined) return [];
  if (!mends(spec.outputShape(completeParams(spec.params, keptParams(spec.params, node.params)), inputs)))
    return [];
  return [fix('replace-kind', { type: 'replaceKind', nodeId: node.id, kind }, { kind })];
}

/** What the layer would say with another one on an input. */
function withInserted(at: Objector, port: number, kind: string, params: ParamValues): ShapeResult {
  const spec = catalogue.get(kind);
  const input = at.inputs[port];
  // A mending may name a layer that is not there: it cannot be offered then.
  if (spec === undefined || input === undefined) return notMended;
  const given = { ...initialParams(spec.params), ...params };
  const valid = Object.entries(given).every(
    ([name, value]) => spec.params[name]?.schema.safeParse(value).success,
  );
  const between = valid ? spec.outputShape(given, [input]) : notMended;
  return between.ok ? outputOf(at, at.inputs.with(port, between.shape)) : notMended;
}

const notMended = { ok: false, objection: { code: 'unexpected', values: {} } } as const;

function onInput(at: Objector, { id, values, edit }: LayerFix): readonly Fix[] {
  if (edit.type !== 'insertOnInput') return [];
  const edge = at.edges[edit.port];
  if (edge === undefined) return [];
  const { kind, params } = edit;
  return [
    fix(
      id,
      { type: 'insertOnEdge', ...edge, kind, params },
      { ...values, source: edge.source, target: edge.target },
    ),
  ];
}

/** Steady: what stands for one input keeps its order. */
function ordered({ document, edges, wiring }: Objector, fixes: readonly LayerFix[]): readonly LayerFix[] {
  // An Input of other axes than the dataset's pictures is the first cause of what a layer objects to.
  const isFirst = ({ edit }: LayerFix) => document.dataset !== null && edit.type === 'setInputShape';
  if (fixes.some(isFirst)) return [...fixes.filter(isFirst), ...fixes.filter((one) => !isFirst(one))];
  if (!fixes.some(({ edit }) => edit.type === 'insertOnInput')) return fixes;
  const depth = (port: number) => wiring.order.indexOf(edges[port]?.source ?? '');
  const place = ({ edit }: LayerFix) => (edit.type === 'insertOnInput' ? depth(edit.port) : -1);
  return [...fixes].sort((a, b) => place(a) - place(b));
}

/** A layer and those before it that feed nothing else, as long as each has one input: nearest first. */
export function chainBack(
  from: string | undefined,
  wiring: Topology,
  layers: ReadonlyMap<string, LayerAnalysis>,
): readonly LayerAnalysis[] {
  const chain: LayerAnalysis[] = [];
  let at = from;
  while (at !== undefined && chain.length < lookBack) {
    const layer = layers.get(at);
    if (layer === undefined || (wiring.outgoing.get(at)?.length ?? 0) > 1) break;
    chain.push(layer);
    at = layer.inputIds.length === 1 ? layer.inputIds[0] : undefined;
  }
  return chain;
}

function chainBefore({ edges, wiring, layers }: Objector): readonly LayerAnalysis[] {
  return edges.length === 1 ? chainBack(edges[0]?.source, wiring, layers) : [];
}

/** A shape after layers, the last of the list first; `undefined` where it does not fit into one of them. */
function through(layers: readonly LayerAnalysis[], start: Shape): Shape | undefined {
  let shape = start;
  for (const { kind, values } of layers.toReversed()) {
    const result = layerSpec(kind).outputShape(values, [shape]);
    if (!result.ok) return undefined;
    shape = result.shape;
  }
  return shape;
}

/** The nearest layer before one that can be taken out, so that what then arrives mends it. */
function removableBefore(at: Objector, mends: (shape: Shape) => boolean): string | undefined {
  const chain = chainBefore(at);
  const found = chain.findIndex((layer, index) => {
    const [before] = layer.inputShapes;
    if (!removable.has(layerSpec(layer.kind).category) || before == null) return false;
    const shape = through(chain.slice(0, index), before);
    return shape !== undefined && mends(shape);
  });
  return chain[found]?.id;
}

/** Sets a parameter of the nearest layer behind an input that has it, where that mends. */
function sourceParamFix(
  at: Objector,
  { id, values, edit }: LayerFix,
  mends: (result: ShapeResult) => boolean,
): readonly Fix[] {
  if (edit.type !== 'setSourceParam') return [];
  const { port, param, value } = edit;
  const chain = chainBack(at.edges[port]?.source, at.wiring, at.layers);
  const found = chain.findIndex(({ kind }) => param in layerSpec(kind).params);
  const layer = chain[found];
  if (layer === undefined || layer.values[param] === value) return [];
  const shape = outputWith(layer, { [param]: value }, chain.slice(0, found));
  if (shape === undefined || !mends(outputOf(at, at.inputs.with(port, shape)))) return [];
  const params = { [param]: value };
  return [fix(id, { type: 'setParams', nodeId: layer.id, params }, { ...values, layer: layer.id })];
}

/** What arrives behind layers, the last of the list first, when some parameters of a layer before them are others. */
export function outputWith(
  layer: Pick<LayerAnalysis, 'kind' | 'values' | 'inputShapes'>,
  params: ParamValues,
  behind: readonly LayerAnalysis[],
): Shape | undefined {
  const { kind, values } = layer;
  const result = layerSpec(kind).outputShape({ ...values, ...params }, knownInputs(layer));
  return result.ok ? through(behind, result.shape) : undefined;
}

export function knownInputs({ inputShapes }: Pick<LayerAnalysis, 'inputShapes'>): readonly Shape[] {
  return inputShapes.filter((shape) => shape !== null);
}

/** Gives the Input at the beginning of the chain another shape, where that mends. */
function inputShapeFix(
  at: Objector,
  { id, edit }: LayerFix,
  mends: (shape: Shape) => boolean,
): readonly Fix[] {
  const chain = chainBefore(at);
  const input = chain.at(-1);
  if (edit.type !== 'setInputShape' || input?.kind !== 'Input') return [];
  const { dataset } = at.document;
  const wanted = exampleShape(at.document, edit.shape);
  // An Input that the dataset's pictures do not fit into would be the next problem.
  if (dataset !== null && wanted === edit.shape && !fitsDataset(dataset.kind, wanted)) return [];
  const arrives = through(chain.slice(0, -1), wanted);
  if (arrives === undefined || !mends(arrives)) return [];
  return [
    fix(
      id,
      { type: 'setParams', nodeId: input.id, params: { shape: [...wanted] } },
      { param: 'shape', layer: input.id, value: shapeText(wanted) },
    ),
  ];
}

function fitsDataset(kind: string, shape: Shape): boolean {
  const dataset = datasets.get(kind);
  return dataset === undefined || centring(dataset.shape, shape) !== undefined;
}

/** The shape of the dataset's examples where it has as many axes, else the one that is given. */
export function exampleShape(document: Document, otherwise: Shape): Shape {
  const shape = document.dataset === null ? undefined : datasets.get(document.dataset.kind)?.shape;
  return shape?.length === otherwise.length ? shape : otherwise;
}
