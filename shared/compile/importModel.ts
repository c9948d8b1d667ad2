import {
  cleanName,
  documentLimits,
  emptyDocument,
  idPattern,
  readDocument,
  tooMany,
  type Document,
  type DocumentBlock,
  type DocumentEdge,
  type DocumentNode,
} from '../document.ts';
import { analyze, type Analysis } from '../graph/analyze.ts';
import { columnWidth, snakeCase } from '../graph/edit.ts';
import { datasetProblems } from '../graph/preflight.ts';
import type { ParamValues } from '../graph/edits.ts';
import { topology } from '../graph/topology.ts';
import { layers } from '../layers/index.ts';
import { checkParams, receivedText } from '../layers/paramValues.ts';
import type { LayerSpec } from '../layers/spec.ts';
import { checkPlainData } from '../plainData.ts';
import { failed, fine, hasErrors, problem, type Problem, type Result } from '../problem.ts';
import { notesOf } from './importNotes.ts';
import { isKeras3, isOfKeras, paramsFrom, type Config, type ModelLayer } from './kerasForm.ts';
import { batchShape, callsOf, nameOf, readModel, type Call, type Calls, type Place } from './modelCalls.ts';
import { areUnreadable, checkWeightsManifest, type WeightsGroup } from './weightsManifest.ts';

/** A network read from a model.json. */
export interface ImportedModel {
  readonly document: Document;
  /** Files that the weights lie in, beside model.json; they are not read. */
  readonly weights: readonly WeightsGroup[];
  /** Warnings: what of the file was left behind. */
  readonly notes: readonly Problem[];
}

/** Whether parsed JSON is a TensorFlow.js layers model. */
export function isModel(
  data: unknown,
): data is { readonly modelTopology: unknown; readonly weightsManifest?: unknown } {
  return typeof data === 'object' && data !== null && 'modelTopology' in data;
}

/**
 * Reads the topology of a TensorFlow.js `model.json` (as TensorFlow.js or the Keras converter writes it) into a
 * document. Layers that Convas does not know, or settings of theirs that change the result, are refused.
 */
export function importModel(data: unknown): Result<ImportedModel> {
  const plain = checkPlainData(data);
  if (plain !== undefined) return failed(plain);
  if (!isModel(data)) return failed(problem('not-a-project'));
  const { modelTopology, weightsManifest } = data;
  const weights = readWeights(weightsManifest);
  if (!weights.ok) return weights;
  const wrapped = modelTopology as { model_config?: unknown } | null;
  const topologyGiven = wrapped?.model_config ?? modelTopology;
  const many = tooManyLayers(topologyGiven);
  if (many !== undefined) return failed(many);
  const model = readModel(topologyGiven);
  if (model === undefined) {
    const received = (modelTopology as { class_name?: unknown; node?: unknown } | null) ?? {};
    return failed(
      problem('not-a-layers-model', { received: receivedText(received.class_name ?? Object.keys(received)) }),
    );
  }
  const calls = callsOf(model);
  if (!calls.ok) return calls;
  const drawn = draw(calls.value, isKeras3(modelTopology, model.layers));
  if (!drawn.ok) return drawn;
  // Whatever was drawn must be a file that can be opened again: no edge twice, not too many of them.
  const read = readDocument({ ...emptyDocument(cleanName(model.name)), ...drawn.value.parts });
  if (!read.ok) return read;
  const analysis = analyze(read.value);
  const document = withDataset(arranged(read.value), analysis);
  const notes = [
    ...weights.value.notes,
    ...drawn.value.notes,
    ...notesOf(drawn.value, isOfKeras(modelTopology, model.layers)),
  ];
  return fine({ document, weights: weights.value.groups, notes });
}

/** The weights' files, and that they are left. Those that no one here could read do not stand against the network. */
function readWeights(
  manifest: unknown,
): Result<Pick<ImportedModel, 'notes'> & { groups: readonly WeightsGroup[] }> {
  const checked = manifest === undefined ? fine([]) : checkWeightsManifest(manifest);
  if (!checked.ok && !areUnreadable(checked.problems)) return checked;
  const groups = checked.ok ? checked.value : [];
  const unreadable = checked.ok ? [] : checked.problems;
  const left = groups.length + unreadable.length > 0 ? [problem('weights-left-out')] : [];
  const notes = [...unreadable, ...left].map((note): Problem => ({ ...note, severity: 'warning' }));
  return fine({ groups, notes });
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
  /** What was drawn, and the ids that it got. */
  readonly list: readonly ModelLayer[];
  readonly ids: readonly string[];
}

function draw({ calls, outputs }: Calls, keras3: boolean): Result<Drawing> {
  const problems: Problem[] = [];
  const notes: Problem[] = [];
  const nodes: DocumentNode[] = [];
  const ids = new Map<string, string>();
  const owners = new Map<string, string>();
  const nameId = createNamer(calls);
  const blocks = createBlocks();
  const refused = new Set<string>();
  for (const { layer, key, identity, within } of calls) {
    const kind = layer.class_name === 'InputLayer' ? 'Input' : layer.class_name;
    const spec = layers.get(kind);
    const owner = owners.get(identity);
    const id = nameId(layer, owner === undefined ? within : null, spec?.kind ?? 'Layer');
    ids.set(key, id);
    // What is wrong with a layer is said once, however often it is used.
    if (refused.has(identity)) continue;
    const drawn = spec === undefined ? unknownLayer(id, kind) : drawLayer(spec, layer, id, keras3);
    if (!drawn.ok) {
      refused.add(identity);
      problems.push(...drawn.problems);
      continue;
    }
    notes.push(...drawn.value.notes);
    const learns = spec !== undefined && hasWeightSettings(spec);
    if (owner === undefined && learns) owners.set(identity, id);
    const block = blocks.of(within);
    nodes.push({
      id,
      kind,
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
    const several = (layers.get(layer.class_name)?.inputs.max ?? 1) > 1;
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
    list: calls.map(({ layer }) => layer),
    ids: nodes.map(({ id }) => id),
  });
}

function unknownLayer(id: string, kind: string): Result<never> {
  return failed(
    problem(
      'unknown-layer',
      { id, kind: receivedText(kind) },
      { nodeId: id, expected: [...layers.keys()].join(', '), received: receivedText(kind) },
    ),
  );
}

function drawLayer(
  spec: LayerSpec,
  layer: ModelLayer,
  id: string,
  keras3: boolean,
): Result<{ readonly params: ParamValues; readonly notes: readonly Problem[] }> {
  const isInput = spec.kind === 'Input';
  const closed = isInput ? closedShape(batchShape(layer)) : undefined;
  const given = isInput ? { shape: closed?.shape } : paramsFrom(spec.params, layer.config);
  const wrong = unsupported(id, layer.config, keras3);
  const checked = checkParams(spec.params, given, id, id);
  if (!checked.ok) return { ok: false, problems: [...wrong, ...checked.problems] };
  if (wrong.length > 0) return { ok: false, problems: wrong };
  const values = { layer: id, shape: closed?.shape.join(' × ') ?? '' };
  const notes =
    closed?.wasOpen === true
      ? [problem('open-sides-filled', values, { severity: 'warning', nodeId: id, param: 'shape' })]
      : [];
  return fine({ params: checked.params, notes });
}

/** Layers with weights say how those begin. */
function hasWeightSettings({ params }: LayerSpec): boolean {
  return Object.keys(params).some((name) => name.endsWith('Initializer') || name === 'layer');
}

/** Gives each use of a layer an id: the layer's own name where it may be one and is free. */
function createNamer(calls: readonly Call[]) {
  const taken = new Set<string>();
  const numbers = new Map<string, number>();
  const names = new Set(calls.map(({ layer }) => nameOf(layer)));
  /** The next of `conv2d_1`, `conv2d_2`, … that neither has a layer nor is another layer's own name. */
  const freeId = (kind: string) => {
    let number = numbers.get(kind) ?? 0;
    const id = () => `${snakeCase(kind)}_${String(number)}`;
    do number += 1;
    while (taken.has(id()) || names.has(id()));
    numbers.set(kind, number);
    return id();
  };
  return (layer: ModelLayer, within: readonly Place[] | null, kind: string): string => {
    const own = nameOf(layer);
    const prefixed = within === null ? '' : [...within.map(({ name }) => name), own].join('_');
    const wanted = [own, prefixed].find(
      (name) => idPattern.test(name) && !taken.has(name) && within !== null,
    );
    const id = wanted ?? freeId(kind);
    taken.add(id);
    return id;
  };
}

/** A block for each use of a model within the model, made when the first layer is put into it. */
function createBlocks() {
  const all: DocumentBlock[] = [];
  const known = new Map<string, string>();
  const of = (within: readonly Place[]): string | undefined => {
    let parent: string | undefined;
    for (const { name, key } of within) {
      let id = known.get(key);
      if (id === undefined) {
        id = `block_${String(all.length + 1)}`;
        known.set(key, id);
        all.push({
          id,
          name: cleanName(name),
          position: { x: 0, y: 0 },
          ...(parent === undefined ? {} : { parent }),
        });
      }
      parent = id;
    }
    return parent;
  };
  return { all, of };
}

/** Sides that a model leaves open, as most pictures and sequences have them. */
function closedShape(
  written: readonly unknown[] | undefined,
): { readonly shape: readonly unknown[]; readonly wasOpen: boolean } | undefined {
  if (written === undefined) return undefined;
  const channels = written.at(-1) ?? 3;
  const inner = written.length === 2 ? 32 : written.length === 4 ? 16 : channels === 1 ? 28 : 224;
  const shape = written.map((side, axis) => {
    if (side !== null) return side;
    if (axis < written.length - 1) return inner;
    return written.length === 3 ? 3 : 1;
  });
  return { shape, wasOpen: written.includes(null) };
}

/** Settings that change what a layer computes, and the only values of them that Convas draws. */
const fixedSettings: Readonly<Record<string, readonly unknown[]>> = {
  data_format: ['channels_last', null],
  groups: [1],
  noise_shape: [null],
  keepdims: [false],
  // TensorFlow.js refuses to run a layer that has one.
  activity_regularizer: [null],
  return_state: [false],
  stateful: [false],
  time_major: [false],
  zero_output_for_mask: [false],
  // Keras's usual GRU, which TensorFlow.js does not have.
  reset_after: [false, null],
  merge_mode: ['concat', 'sum', 'ave', 'mul'],
  backward_layer: [null],
};

function unsupported(id: string, config: Config, keras3: boolean): readonly Problem[] {
  // Keras 3 made it max(0, min(1, x/6 + 1/2)); TensorFlow.js, as Keras 2, has max(0, min(1, x/5 + 1/2)).
  const other =
    keras3 && [config['activation'], config['recurrent_activation']].includes('hard_sigmoid')
      ? [problem('other-hard-sigmoid', { layer: id }, { nodeId: id, param: 'activation' })]
      : [];
  const fixed = Object.entries(fixedSettings).flatMap(([name, allowed]) => {
    const value = config[name];
    if (value === undefined || allowed.includes(value)) return [];
    const expected = allowed.map((one) => String(one)).join(', ');
    const received = receivedText(value);
    return [
      problem(
        'invalid-param',
        { owner: id, param: name, expected, received },
        { nodeId: id, expected, received },
      ),
    ];
  });
  const inner = (config['layer'] as { readonly config?: unknown } | null | undefined)?.config;
  const within = typeof inner === 'object' && inner !== null ? unsupported(id, inner as Config, keras3) : [];
  return [...other, ...fixed, ...within];
}

/** Puts each layer a column to the right of its last input; layers of one column stand below each other. */
function arranged(document: Document): Document {
  const { order, incoming } = topology(document);
  const columns = new Map<string, number>();
  const rows = new Map<number, number>();
  const places = new Map<string, { x: number; y: number }>();
  for (const id of order) {
    const column =
      Math.max(-1, ...(incoming.get(id) ?? []).map(({ source }) => columns.get(source) ?? 0)) + 1;
    const row = rows.get(column) ?? 0;
    columns.set(id, column);
    rows.set(column, row + 1);
    places.set(id, { x: column * columnWidth, y: row * 220 });
  }
  return {
    ...document,
    nodes: document.nodes.map((node) => ({ ...node, position: places.get(node.id) ?? node.position })),
  };
}

/** A network that fits MNIST learns from it; another has no dataset yet. */
function withDataset(document: Document, analysis: Analysis): Document {
  const fits = !hasErrors(analysis.problems) && !hasErrors(datasetProblems(document, analysis));
  return fits ? document : { ...document, dataset: null };
}
