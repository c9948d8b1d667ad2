import { z } from 'zod';

import { documentLimits, tooMany } from '../document.ts';
import { failed, fine, problem, type Result } from '../problem.ts';
import type { ModelLayer } from './kerasForm.ts';
import { drawnLayer, isLeftOut } from './drawnLayer.ts';
import { splitKeptAxes } from './keptAxes.ts';
import { splitActivations } from './splitActivations.ts';
import { inboundTensors, outerTensors, type TensorReference } from './tensorReferences.ts';
import { foldTurnedAxes } from './turnedAxes.ts';
import { writtenShapes } from './writtenShapes.ts';

const layerSchema = z.object({
  class_name: z.string().max(128),
  name: z.string().max(256).optional(),
  // Older files write a Sequential within a model as the list of its layers.
  config: z
    .union([z.record(z.string(), z.unknown()), z.array(z.unknown()).transform((list) => ({ layers: list }))])
    .default({}),
  inbound_nodes: z.array(z.unknown()).optional(),
  module: z.unknown().optional(),
  registered_name: z.unknown().optional(),
  build_config: z.unknown().optional(),
});
const modelKinds: readonly string[] = ['Sequential', 'Functional', 'Model'];
const modelSchema = z.object({
  class_name: z.enum(['Sequential', 'Functional', 'Model']),
  config: z.union([
    z.array(layerSchema),
    z.object({
      name: z.string().max(256).optional(),
      layers: z.array(layerSchema),
      input_layers: z.unknown().optional(),
      output_layers: z.unknown().optional(),
      build_input_shape: z.unknown().optional(),
    }),
  ]),
});

/** A model as a model.json has it. */
export interface WrittenModel {
  readonly name: string;
  readonly isChain: boolean;
  readonly layers: readonly ModelLayer[];
  readonly inputs: readonly TensorReference[];
  readonly outputs: readonly TensorReference[];
  /** What a chain was built for, where none of its layers says it. */
  readonly builtFor: unknown;
}

export function readModel(data: unknown): WrittenModel | undefined {
  const parsed = modelSchema.safeParse(data);
  if (!parsed.success) return undefined;
  const { class_name: kind, config } = parsed.data;
  const isChain = kind === 'Sequential';
  if (Array.isArray(config)) {
    return {
      name: '',
      isChain,
      layers: prepared(config, isChain),
      inputs: [],
      outputs: [],
      builtFor: undefined,
    };
  }
  return {
    name: config.name ?? '',
    isChain,
    layers: prepared(config.layers, isChain),
    inputs: outerTensors(config.input_layers),
    outputs: outerTensors(config.output_layers),
    builtFor: config.build_input_shape,
  };
}

/** Layers as they are drawn: what Keras writes otherwise is brought into the form of layers that Convas has. */
function prepared(layers: readonly ModelLayer[], isChain: boolean): readonly ModelLayer[] {
  const shapes = writtenShapes(layers, isChain, nameOf);
  const drawn = layers.map((layer) => drawnLayer({ ...layer, shape: shapes.get(nameOf(layer)) }));
  const split = isChain ? drawn : splitActivations(drawn, nameOf);
  return splitKeptAxes(split, nameOf);
}

export function nameOf({ name, config }: ModelLayer): string {
  return name ?? (typeof config['name'] === 'string' ? config['name'] : '');
}

/** The input shape without the batch, where the config says one: `batch_input_shape`, in Keras 3 `batch_shape`. */
export function batchShape({ config }: ModelLayer): readonly unknown[] | undefined {
  const shape = config['batch_input_shape'] ?? config['batch_shape'];
  return Array.isArray(shape) ? shape.slice(1) : undefined;
}

/** One use of a layer, in the place where the model uses it. */
export interface Call {
  readonly layer: ModelLayer;
  /** Names this use alone. */
  readonly key: string;
  /** Names the layer: the uses of one layer have their weights in common. */
  readonly identity: string;
  /** Uses whose outputs it reads; for what is not there, its name. */
  readonly sources: readonly (string | Missing)[];
  /** Models that it stands in, the innermost last. */
  readonly within: readonly Place[];
}

export interface Missing {
  readonly missing: string;
}

/** A use of a model within another. */
export interface Place {
  readonly name: string;
  readonly key: string;
}

export interface Calls {
  readonly calls: readonly Call[];
  /** Uses whose outputs the model gives. */
  readonly outputs: ReadonlySet<string>;
  /** Names of layers that do nothing outside of training, which are not drawn. */
  readonly leftOut: readonly string[];
}

/** Models within models; more is a file that wants to be trouble. */
const maxDepth = 32;
/** Models whose output is their input, one behind the other; likewise. */
const maxSteps = 1000;

interface Entry {
  /** What references call it. */
  readonly name: string;
  readonly layer: ModelLayer;
  readonly inner: WrittenModel | undefined;
  /** What each use of it reads. */
  readonly uses: readonly (readonly TensorReference[])[];
  /** The number of its first use: models may count themselves as the first. */
  readonly firstUse: 0 | 1;
  /** Where it is a model: it, once for each use. */
  readonly opened: Scope[];
}

/** A model in one place where it is used. */
interface Scope {
  readonly path: string;
  readonly identity: string;
  /** Numbers of the layers and uses that lead to it. */
  readonly place: readonly number[];
  readonly within: readonly Place[];
  readonly entries: readonly Entry[];
  readonly byName: ReadonlyMap<string, number>;
  readonly standsFor: ReadonlyMap<string, string>;
  /** Names of the layers that stand for what comes in. */
  readonly inputs: readonly string[];
  readonly outputs: readonly TensorReference[];
  /** Where it stands, and what comes in; undefined for the whole. */
  readonly outer: { readonly scope: Scope; readonly sources: readonly TensorReference[] } | undefined;
}

/**
 * The uses of all layers of a model and of the models within it: what TensorFlow.js would carry out. A chain that says
 * the shape of its input gets a layer for it.
 */
export function callsOf(model: WrittenModel): Result<Calls> {
  const whole = openScope(model, { path: '', identity: '', place: [], within: [] }, undefined);
  const scopes = [whole];
  const found: Found[] = [];
  const leftOut: string[] = [];
  let edges = 0;
  // The list grows while it is walked: models within models come to their turn.
  for (const scope of scopes) {
    if (scope.within.length > maxDepth) return failed(problem('nested-too-deep', { limit: maxDepth }));
    for (const [index, { layer, inner, uses, opened }] of scope.entries.entries()) {
      if (scope.outer !== undefined && layer.class_name === 'InputLayer') continue;
      if (isLeftOut(layer)) {
        leftOut.push(nameOf(layer));
        continue;
      }
      for (const [use, reads] of uses.entries()) {
        edges += reads.length;
        const many =
          tooMany('edges', edges, documentLimits.edges) ??
          tooMany('layers', found.length + scopes.length, documentLimits.nodes);
        if (many !== undefined) return failed(many);
        const key = `${scope.path}${String(index)}#${String(use)}`;
        const identity = `${scope.identity}${String(index)}`;
        if (inner === undefined) {
          const place = [...scope.place, index, use];
          found.push({ call: { layer, key, identity, within: scope.within }, place, scope, reads });
          continue;
        }
        const within = [...scope.within, { name: nameOf(layer), key }];
        const place = [...scope.place, index, use];
        const at = { path: `${key}/`, identity: `${identity}/`, place, within };
        const nested = openScope(inner, at, { scope, sources: reads });
        opened.push(nested);
        scopes.push(nested);
      }
    }
  }
  // As they would be written without models within models.
  found.sort((a, b) => comparePlaces(a.place, b.place));
  const calls = inputsInOrder(found, whole).map(({ call, scope, reads }) => ({
    ...call,
    sources: reads.map((reference) => resolve(scope, reference) ?? { missing: reference.name }),
  }));
  const outputs = whole.outputs.flatMap((reference) => resolve(whole, reference) ?? []);
  return fine({ calls, outputs: new Set(outputs), leftOut });
}

interface Found {
  readonly call: Omit<Call, 'sources'>;
  readonly place: readonly number[];
  readonly scope: Scope;
  readonly reads: readonly TensorReference[];
}

/** The same, with the layers for what comes in in the order in which the model takes it, not in that of its list. */
function inputsInOrder(found: readonly Found[], whole: Scope): readonly Found[] {
  const isWhole = ({ call, scope }: Found) => scope === whole && isInput(call.layer);
  const place = ({ call }: Found) => whole.inputs.indexOf(nameOf(call.layer));
  const inputs = found.filter(isWhole).sort((a, b) => place(a) - place(b));
  let next = 0;
  return found.map((one) => {
    if (!isWhole(one)) return one;
    next += 1;
    return inputs[next - 1] ?? one;
  });
}

function comparePlaces(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((number, index) => number !== b[index]);
  return at < 0 ? a.length - b.length : (a[at] ?? 0) - (b[at] ?? 0);
}

function openScope(
  model: WrittenModel,
  at: Pick<Scope, 'path' | 'identity' | 'place' | 'within'>,
  outer: Scope['outer'],
): Scope {
  const { entries, inputs, outputs, standsFor } = model.isChain
    ? chainOf(model, outer !== undefined)
    : graphOf(model);
  const byName = new Map(entries.map(({ name }, index) => [name, index]));
  return { ...at, entries, byName, standsFor, inputs, outputs, outer };
}

type Opened = Pick<Scope, 'entries' | 'inputs' | 'outputs' | 'standsFor'>;

function entryOf(
  name: string,
  layer: ModelLayer,
  uses: readonly (readonly TensorReference[])[],
  highest = 0,
): Entry {
  const firstUse = highest >= uses.length ? 1 : 0;
  return { name, layer, inner: nestedModel(layer), uses, firstUse, opened: [] };
}

function graphOf({ layers: written, inputs, outputs }: WrittenModel): Opened {
  const { layers, standsFor } = foldTurnedAxes(written, nameOf);
  const uses = layers.map(({ inbound_nodes: inbound = [] }) =>
    inbound.length === 0 ? [[]] : inbound.map(inboundTensors),
  );
  const highest = new Map<string, number>();
  for (const { name, node } of [...uses.flat(2), ...outputs])
    highest.set(name, Math.max(node, highest.get(name) ?? 0));
  const entries = layers.map((layer, index) =>
    entryOf(nameOf(layer), layer, uses[index] ?? [], highest.get(nameOf(layer))),
  );
  const own = entries.filter(({ layer }) => layer.class_name === 'InputLayer').map(({ name }) => name);
  const said = inputs.map(({ name }) => name);
  return { entries, standsFor, outputs, inputs: said.length > 0 ? said : own };
}

/** Each layer reads the one before it; names do not matter, and in old files there are none. */
function chainOf(model: WrittenModel, isInner: boolean): Opened {
  const [first] = model.layers;
  const shape = first === undefined ? undefined : inputShapeOf(first);
  const builtFor = Array.isArray(model.builtFor) ? (model.builtFor as unknown[]) : undefined;
  const known = shape === undefined ? builtFor : [null, ...shape];
  const hasInput = first?.class_name === 'InputLayer';
  const input: ModelLayer = {
    class_name: 'InputLayer',
    config: known === undefined ? {} : { batch_input_shape: known },
  };
  const isAdded = !hasInput && (isInner || known !== undefined);
  const layers = isAdded ? [input, ...model.layers] : model.layers;
  const at = (index: number): TensorReference => ({ name: String(index), node: 0, tensor: 0 });
  return {
    entries: layers.map((layer, index) =>
      entryOf(String(index), layer, [index === 0 ? [] : [at(index - 1)]]),
    ),
    inputs: ['0'],
    outputs: layers.length === 0 ? [] : [at(layers.length - 1)],
    standsFor: new Map(),
  };
}

function nestedModel({ class_name: kind, config }: ModelLayer): WrittenModel | undefined {
  return modelKinds.includes(kind) ? readModel({ class_name: kind, config }) : undefined;
}

/** The input shape that a chain's first layer says, or that of the model which this layer is. */
function inputShapeOf(layer: ModelLayer, depth = 0): readonly unknown[] | undefined {
  const own = batchShape(layer);
  const model = own === undefined && depth < maxDepth ? nestedModel(layer) : undefined;
  const first = model?.isChain === false ? model.layers.find((inner) => isInput(inner)) : model?.layers[0];
  return first === undefined ? own : inputShapeOf(first, depth + 1);
}

function isInput({ class_name: kind }: ModelLayer): boolean {
  return kind === 'InputLayer';
}

/** The use that a tensor comes from: into models that give it, and out of those that only hand it on. */
function resolve(scope: Scope, reference: TensorReference): string | undefined {
  let [at, wanted]: [Scope, TensorReference | undefined] = [scope, reference];
  for (let steps = 0; steps < maxSteps && wanted !== undefined; steps += 1) {
    const { node, tensor }: TensorReference = wanted;
    const name: string = at.standsFor.get(wanted.name) ?? wanted.name;
    const index = at.byName.get(name);
    const entry = index === undefined ? undefined : at.entries[index];
    if (index === undefined || entry === undefined) return undefined;
    if (isInput(entry.layer) && at.outer !== undefined) {
      const { scope: around, sources }: NonNullable<Scope['outer']> = at.outer;
      wanted = sources[at.inputs.indexOf(name)];
      at = around;
      continue;
    }
    if (isLeftOut(entry.layer)) {
      wanted = entry.uses[node]?.[0];
      continue;
    }
    const nested: Scope | undefined = entry.opened[node - entry.firstUse];
    if (nested === undefined)
      return entry.inner === undefined && node < entry.uses.length
        ? `${at.path}${String(index)}#${String(node)}`
        : undefined;
    wanted = nested.outputs[tensor];
    at = nested;
  }
  return undefined;
}
