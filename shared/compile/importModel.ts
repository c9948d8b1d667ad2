import { z } from 'zod';

import {
  cleanName,
  documentLimits,
  emptyDocument,
  idPattern,
  readDocument,
  tooMany,
  type Document,
  type DocumentEdge,
  type DocumentNode,
} from '../document.ts';
import { analyze, type Analysis } from '../graph/analyze.ts';
import { columnWidth, snakeCase } from '../graph/edit.ts';
import { datasetProblems } from '../graph/preflight.ts';
import { topology } from '../graph/topology.ts';
import { layers } from '../layers/index.ts';
import { checkParams, receivedText } from '../layers/paramValues.ts';
import { checkPlainData } from '../plainData.ts';
import { failed, fine, hasErrors, problem, type Problem, type Result } from '../problem.ts';
import { notesOf } from './importNotes.ts';
import { isKeras3, paramsFrom, type Config, type ModelLayer } from './kerasForm.ts';
import { foldTurnedAxes } from './turnedAxes.ts';
import { areUnreadable, checkWeightsManifest, type WeightsGroup } from './weightsManifest.ts';

const layerSchema = z.object({
  class_name: z.string().max(128),
  name: z.string().max(256).optional(),
  config: z.record(z.string(), z.unknown()).default({}),
  inbound_nodes: z.array(z.unknown()).optional(),
});
const topologySchema = z.object({
  class_name: z.enum(['Sequential', 'Functional', 'Model']),
  config: z.union([
    z.array(layerSchema),
    z.object({
      name: z.string().max(256).optional(),
      layers: z.array(layerSchema),
      output_layers: z.unknown().optional(),
    }),
  ]),
});

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
  const parsed = topologySchema.safeParse(topologyGiven);
  if (!parsed.success) {
    const received = (modelTopology as { class_name?: unknown; node?: unknown } | null) ?? {};
    return failed(
      problem('not-a-layers-model', { received: receivedText(received.class_name ?? Object.keys(received)) }),
    );
  }
  const { config, class_name: className } = parsed.data;
  const list = Array.isArray(config) ? config : config.layers;
  const name = Array.isArray(config) ? '' : (config.name ?? '');
  const keras3 = isKeras3(modelTopology, list);
  const drawn = className === 'Sequential' ? drawChain(list, keras3) : drawGraph(list, keras3);
  if (!drawn.ok) return drawn;
  // Whatever was drawn must be a file that can be opened again: no edge twice, not too many of them.
  const read = readDocument({ ...emptyDocument(cleanName(name)), ...drawn.value.parts });
  if (!read.ok) return read;
  const analysis = analyze(read.value);
  const document = withDataset(arranged(read.value), analysis);
  const outputs = Array.isArray(config) ? [] : outputIds(config.output_layers, drawn.value);
  const notes = [...weights.value.notes, ...notesOf({ document, analysis, outputs, ...drawn.value })];
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
  readonly parts: Pick<Document, 'nodes' | 'edges'>;
  /** What was drawn, and the ids that it got. */
  readonly list: readonly ModelLayer[];
  readonly ids: readonly string[];
}

function drawChain(list: readonly ModelLayer[], keras3: boolean): Result<Drawing> {
  const [first] = list;
  // A Sequential model's first layer may say the input's shape itself.
  const shape = first === undefined || first.class_name === 'InputLayer' ? undefined : batchShape(first);
  const input = { class_name: 'InputLayer', config: { batch_input_shape: [null, ...(shape ?? [])] } };
  const chain = shape === undefined ? list : [input, ...list];
  return draw(chain, keras3, (index, ids) => (index === 0 ? [] : [ids[index - 1] ?? '']));
}

function drawGraph(written: readonly ModelLayer[], keras3: boolean): Result<Drawing> {
  const { layers: list, standsFor } = foldTurnedAxes(written, nameOf);
  const byName = new Map(list.map((layer, index) => [nameOf(layer), index]));
  const shared = list.find((layer) => (layer.inbound_nodes?.length ?? 0) > 1);
  if (shared !== undefined) return failed(problem('shared-layer', { layer: cleanName(nameOf(shared)) }));
  return draw(list, keras3, (index, ids) =>
    inboundNames(list[index]?.inbound_nodes?.[0]).map(
      (name) => ids[byName.get(standsFor.get(name) ?? name) ?? -1] ?? name,
    ),
  );
}

function draw(
  list: readonly ModelLayer[],
  keras3: boolean,
  sourcesOf: (index: number, ids: readonly string[]) => readonly string[],
): Result<Drawing> {
  const problems: Problem[] = [];
  const nodes: DocumentNode[] = [];
  const taken = new Set<string>();
  const numbers = new Map<string, number>();
  const names = new Set(list.map(nameOf));
  /** The next of `conv2d_1`, `conv2d_2`, … that neither has a layer nor is another layer's own name. */
  const freeId = (kind: string) => {
    let number = numbers.get(kind) ?? 0;
    const id = () => `${snakeCase(kind)}_${String(number)}`;
    do number += 1;
    while (taken.has(id()) || names.has(id()));
    numbers.set(kind, number);
    return id();
  };
  for (const layer of list) {
    const kind = layer.class_name === 'InputLayer' ? 'Input' : layer.class_name;
    const spec = layers.get(kind);
    const wanted = nameOf(layer);
    const id = idPattern.test(wanted) && !taken.has(wanted) ? wanted : freeId(spec?.kind ?? 'Layer');
    taken.add(id);
    if (spec === undefined) {
      problems.push(
        problem(
          'unknown-layer',
          { id, kind: receivedText(kind) },
          { nodeId: id, expected: [...layers.keys()].join(', '), received: receivedText(kind) },
        ),
      );
      continue;
    }
    const given = kind === 'Input' ? { shape: batchShape(layer) } : paramsFrom(spec, layer.config);
    problems.push(...unsupported(id, layer.config, keras3));
    const checked = checkParams(spec.params, given, id, id);
    if (!checked.ok) problems.push(...checked.problems);
    else nodes.push({ id, kind, params: checked.params, position: { x: 0, y: 0 } });
  }
  if (problems.length > 0) return { ok: false, problems };
  const ids = nodes.map(({ id }) => id);
  const edges = nodes.flatMap(({ id, kind }, index): DocumentEdge[] => {
    const several = (layers.get(kind)?.inputs.max ?? 1) > 1;
    return sourcesOf(index, ids).map((source, port) =>
      several ? { source, target: id, targetHandle: `input_${String(port)}` } : { source, target: id },
    );
  });
  const many = tooMany('edges', edges.length, documentLimits.edges);
  if (many !== undefined) return failed(many);
  const there = new Set(ids);
  const dangling = edges.find(({ source }) => !there.has(source));
  if (dangling !== undefined) {
    return failed(
      problem('dangling-edge', {
        source: cleanName(dangling.source),
        target: dangling.target,
        missing: cleanName(dangling.source),
      }),
    );
  }
  return fine({ parts: { nodes, edges }, list, ids });
}

function nameOf({ name, config }: ModelLayer): string {
  return name ?? (typeof config['name'] === 'string' ? config['name'] : '');
}

/** The input shape without the batch, where the config says one: `batch_input_shape`, in Keras 3 `batch_shape`. */
function batchShape({ config }: ModelLayer): readonly unknown[] | undefined {
  const shape = config['batch_input_shape'] ?? config['batch_shape'];
  return Array.isArray(shape) ? shape.slice(1) : undefined;
}

/** Settings that change what a layer computes, and the only values of them that Convas draws. */
const fixedSettings: Readonly<Record<string, readonly unknown[]>> = {
  data_format: ['channels_last', null],
  groups: [1],
  noise_shape: [null],
  keepdims: [false],
  // TensorFlow.js refuses to run a layer that has one.
  activity_regularizer: [null],
};

function unsupported(id: string, config: Config, keras3: boolean): readonly Problem[] {
  // Keras 3 made it max(0, min(1, x/6 + 1/2)); TensorFlow.js, as Keras 2, has max(0, min(1, x/5 + 1/2)).
  const other =
    keras3 && config['activation'] === 'hard_sigmoid'
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
  return [...other, ...fixed];
}

/** The layers that feed a layer, from `[["name", 0, 0, {}], …]` or Keras 3's `{ args: [tensors] }`. */
function inboundNames(inbound: unknown): readonly string[] {
  if (inbound === undefined) return [];
  if (Array.isArray(inbound)) {
    // A single input may stand without the list around it.
    const list: readonly unknown[] = typeof inbound[0] === 'string' ? [inbound] : inbound;
    return list.map((entry) => (Array.isArray(entry) ? nameIn(entry) : ''));
  }
  const args = typeof inbound === 'object' && inbound !== null && 'args' in inbound ? inbound.args : [];
  return Array.isArray(args) ? args.flat(maxNesting).flatMap(kerasHistory) : [];
}

/** Inputs of a layer stand in lists of lists at most. */
const maxNesting = 4;

function kerasHistory(tensor: unknown): readonly string[] {
  const history = (tensor as { config?: { keras_history?: unknown } } | null)?.config?.keras_history;
  return Array.isArray(history) ? [nameIn(history)] : [];
}

/** The name at the start of a reference; not `String`, which calls what a file may hold under `toString`. */
function nameIn([name]: readonly unknown[]): string {
  return typeof name === 'string' ? name : '';
}

/** The layers that a model gives out, from `[["name", 0, 0], …]`, `["name", 0, 0]` or a record of such. */
function outputIds(outputs: unknown, { list, ids }: Drawing): readonly string[] {
  if (typeof outputs !== 'object' || outputs === null) return [];
  const all: readonly unknown[] = Array.isArray(outputs) ? outputs : Object.values(outputs);
  const names =
    typeof all[0] === 'string' ? [nameIn(all)] : all.map((one) => (Array.isArray(one) ? nameIn(one) : ''));
  const wanted = new Set(names);
  return list.flatMap((layer, index) => (wanted.has(nameOf(layer)) ? (ids[index] ?? []) : []));
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
