import {
  cleanName,
  documentLimits,
  emptyDocument,
  readDocument,
  tooMany,
  type Document,
  type DocumentEdge,
  type DocumentNode,
} from '../document.ts';
import { analyze, type Analysis } from '../graph/analyze.ts';
import { datasetProblems } from '../graph/preflight.ts';
import type { ParamValues } from '../graph/edits.ts';
import { findLayer } from '../layers/index.ts';
import { checkParams, receivedText } from '../layers/paramValues.ts';
import type { LayerSpec } from '../layers/spec.ts';
import { checkPlainData, printable } from '../plainData.ts';
import { failed, fine, hasErrors, problem, type Problem, type Result } from '../problem.ts';
import { leftOutNotes, notesOf } from './importNotes.ts';
import { arranged, createBlocks, createNamer } from './importParts.ts';
import { isKeras3, isOfKeras, paramsFrom, type ModelLayer } from './kerasForm.ts';
import { makesMask, settingProblems, type FileTraits } from './layerSettings.ts';
import { placeholderKind } from './operations.ts';
import { batchShape, callsOf, nameOf, readModel, type Calls } from './modelCalls.ts';
import { givenModel, isModel } from './modelForms.ts';
import { closedShape, openSidesNotes, withFittingSides, type OpenSides } from './openSides.ts';
import { areUnreadable, checkWeightsManifest, type WeightsGroup } from './weightsManifest.ts';

export { isModel };

/** A network read from a model.json. */
export interface ImportedModel {
  readonly document: Document;
  /** Files that the weights lie in, beside model.json; they are not read. */
  readonly weights: readonly WeightsGroup[];
  /** Warnings: what of the file was left behind. */
  readonly notes: readonly Problem[];
}

/**
 * Reads the topology of a network that Keras or TensorFlow.js wrote, in any of its forms (see `givenModel`), into a
 * document. Nothing about its weights keeps it from being opened. A layer that Convas does not know becomes a
 * placeholder; settings that change the result of a known one are refused.
 */
export function importModel(data: unknown): Result<ImportedModel> {
  const plain = checkPlainData(data);
  if (plain !== undefined) return failed(plain);
  const given = givenModel(data);
  if (!given.ok) return given;
  const { model: topologyGiven, version, weightsManifest } = given.value;
  const many = tooManyLayers(topologyGiven);
  if (many !== undefined) return failed(many);
  const model = readModel(topologyGiven);
  if (model === undefined) {
    const { class_name: received } = topologyGiven as { class_name: unknown };
    return failed(problem('not-a-layers-model', { received: receivedText(received) }));
  }
  if (isKeras1(version, model.layers)) return failed(problem('keras-1'));
  const calls = callsOf(model);
  if (!calls.ok) return calls;
  const wrong = channelsFirst(calls.value);
  if (wrong !== undefined) return failed(wrong);
  const said = { keras_version: version };
  const drawn = draw(calls.value, {
    isKeras3: isKeras3(said, model.layers),
    hasMasks: calls.value.calls.some(({ layer }) => makesMask(layer)),
  });
  if (!drawn.ok) return drawn;
  // Whatever was drawn must be a file that can be opened again: no edge twice, not too many of them.
  const read = readDocument({ ...emptyDocument(cleanName(model.name)), ...drawn.value.parts });
  if (!read.ok) return read;
  const fitted = withFittingSides(read.value, drawn.value.openSides);
  const document = withDataset(arranged(fitted), analyze(fitted));
  const weights = readWeights(weightsManifest);
  const notes = [
    ...weights.notes,
    ...openSidesNotes(fitted, drawn.value.openSides),
    ...drawn.value.notes,
    ...leftOutNotes(calls.value.leftOut),
    ...notesOf(drawn.value, isOfKeras(said, model.layers)),
  ];
  return fine({ document, weights: weights.groups, notes });
}

/** The weights' files, and that they are left; whatever is wrong with them, the network stands. */
function readWeights(manifest: unknown): Pick<ImportedModel, 'notes'> & { groups: readonly WeightsGroup[] } {
  if (manifest === undefined || manifest === null) return { groups: [], notes: [] };
  const checked = checkWeightsManifest(manifest);
  const groups = checked.ok ? checked.value : [];
  const unreadable = checked.ok || !areUnreadable(checked.problems) ? [] : checked.problems;
  const left = groups.length > 0 || !checked.ok ? [problem('weights-left-out')] : [];
  return {
    groups,
    notes: [...unreadable, ...left].map((note): Problem => ({ ...note, severity: 'warning' })),
  };
}

/** Names and settings of Keras before 2.0. */
const ofKeras1 =
  /^(Convolution[123]D|AtrousConvolution[12]D|Deconvolution2D|MaxoutDense|Highway|Merge|TimeDistributedDense)$/;

function isKeras1(version: string | undefined, list: readonly ModelLayer[]): boolean {
  if (version !== undefined && /^[01]\./.test(version)) return true;
  return list.some(
    ({ class_name: kind, written = kind, config }) =>
      ofKeras1.test(written) || (kind === 'Dense' && 'output_dim' in config) || 'border_mode' in config,
  );
}

/** A network whose images have their channels first is another one: said once, of all its layers. */
function channelsFirst({ calls }: Calls): Problem | undefined {
  const first = calls.find(({ layer: { config } }) => config['data_format'] === 'channels_first');
  return first === undefined
    ? undefined
    : problem('model-channels-first', { layer: printable(nameOf(first.layer).slice(0, 64)) });
}

/** Before anything looks at each of them. */
function tooManyLayers(topology: unknown): Problem | undefined {
  const config = (topology as { config?: unknown } | null)?.config;
  const list = Array.isArray(config) ? config : (config as { layers?: unknown } | null | undefined)?.layers;
  return Array.isArray(list) ? tooMany('layers', list.length, documentLimits.nodes) : undefined;
}

interface Drawing {
  readonly parts: Pick<Document, 'nodes' | 'edges' | 'blocks'>;
  readonly notes: readonly Problem[];
  /** Sides that the file leaves open, by the Input that has them. */
  readonly openSides: OpenSides;
  /** What was drawn, and the ids that it got. */
  readonly list: readonly ModelLayer[];
  readonly ids: readonly string[];
}

function draw({ calls, outputs }: Calls, traits: FileTraits): Result<Drawing> {
  const problems: Problem[] = [];
  const notes: Problem[] = [];
  const nodes: DocumentNode[] = [];
  const ids = new Map<string, string>();
  const owners = new Map<string, string>();
  const nameId = createNamer(calls);
  const blocks = createBlocks();
  const refused = new Set<string>();
  const openSides = new Map<string, readonly number[]>();
  for (const { layer, key, identity, within } of calls) {
    const kind = layer.class_name === 'InputLayer' ? 'Input' : layer.class_name;
    const spec = findLayer(kind);
    const owner = owners.get(identity);
    const id = nameId(layer, owner === undefined ? within : null, spec?.kind ?? 'Layer');
    ids.set(key, id);
    // What is wrong with a layer is said once, however often it is used.
    if (refused.has(identity)) continue;
    const drawn = spec === undefined ? unknownLayer(id, kind) : drawLayer(spec, layer, id, traits);
    if (!drawn.ok) {
      refused.add(identity);
      problems.push(...drawn.problems);
      continue;
    }
    notes.push(...drawn.value.notes);
    if (drawn.value.open.length > 0) openSides.set(id, drawn.value.open);
    const learns = spec !== undefined && hasWeightSettings(spec);
    if (owner === undefined && learns) owners.set(identity, id);
    const block = blocks.of(within);
    nodes.push({
      id,
      kind,
      ...(kind === placeholderKind ? { name: cleanName(layer.written ?? '') } : {}),
      params: drawn.value.params,
      position: { x: 0, y: 0 },
      ...(owner === undefined ? {} : { sharedWith: owner }),
      ...(owner === undefined && learns && layer.config['trainable'] === false ? { trainable: false } : {}),
      ...(block === undefined ? {} : { block }),
    });
  }
  if (problems.length > 0) return { ok: false, problems };
  const edges: DocumentEdge[] = [];
  for (const { layer, key, sources } of calls) {
    const target = ids.get(key) ?? '';
    const several = (findLayer(layer.class_name)?.inputs.max ?? 1) > 1;
    for (const [port, from] of sources.entries()) {
      const source = typeof from === 'string' ? ids.get(from) : undefined;
      if (source === undefined) {
        const missing = cleanName(typeof from === 'string' ? from : from.missing);
        return failed(problem('dangling-edge', { source: missing, target, missing }));
      }
      edges.push(several ? { source, target, targetHandle: `input_${String(port)}` } : { source, target });
    }
  }
  const given = new Set([...outputs].flatMap((key) => ids.get(key) ?? []));
  const inner = edges.some(({ source }) => given.has(source));
  const marked = (node: DocumentNode): DocumentNode =>
    given.has(node.id) && (inner || given.size > 1) ? { ...node, output: true } : node;
  return fine({
    parts: { nodes: nodes.map(marked), edges, blocks: blocks.all },
    notes,
    openSides,
    list: calls.map(({ layer }) => layer),
    ids: nodes.map(({ id }) => id),
  });
}

function unknownLayer(id: string, kind: string): Result<never> {
  return failed(
    problem('unknown-layer', { id, kind: receivedText(kind) }, { nodeId: id, received: receivedText(kind) }),
  );
}

interface DrawnLayer {
  readonly params: ParamValues;
  readonly notes: readonly Problem[];
  /** Axes of an Input that the file leaves open. */
  readonly open: readonly number[];
}

function drawLayer(spec: LayerSpec, layer: ModelLayer, id: string, traits: FileTraits): Result<DrawnLayer> {
  const isInput = spec.kind === 'Input';
  const closed = isInput ? closedShape(batchShape(layer)) : undefined;
  const given = isInput ? { shape: closed?.shape } : paramsFrom(spec.params, layer.config, spec.keras?.names);
  const settings = settingProblems(spec, id, layer.config, traits);
  const wrong = settings.filter(({ severity }) => severity === 'error');
  const checked = checkParams(spec.params, given, id, id);
  if (!checked.ok) return { ok: false, problems: [...wrong, ...checked.problems] };
  if (wrong.length > 0) return { ok: false, problems: wrong };
  const notes = [...settings];
  if (layer.written === 'Normalization' && layer.config['mean'] == null)
    notes.push(problem('normalization-not-read', { layer: id }, { severity: 'warning', nodeId: id }));
  return fine({ params: checked.params, notes, open: closed?.open ?? [] });
}

/** Layers with weights say how those begin. */
function hasWeightSettings({ params }: LayerSpec): boolean {
  return Object.keys(params).some((name) => name.endsWith('Initializer') || name === 'layer');
}

/** A network that fits MNIST learns from it; another has no dataset yet. */
function withDataset(document: Document, analysis: Analysis): Document {
  const fits = !hasErrors(analysis.problems) && !hasErrors(datasetProblems(document, analysis));
  return fits ? document : { ...document, dataset: null };
}
