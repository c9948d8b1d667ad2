import type * as tfc from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';

import type { Document } from '../document.ts';
import type { Analysis, LayerAnalysis } from '../graph/analyze.ts';
import { layerSpec } from '../layers/index.ts';
import { stockRandomLayer } from '../layers/random.ts';
import type { BuildContext, TensorFlowLayers } from '../layers/spec.ts';
import { hasErrors } from '../problem.ts';
import { seedFrom } from './seed.ts';

/** The part of TensorFlow.js that compiling uses. */
export interface TensorFlowModels extends TensorFlowLayers {
  readonly input: typeof tfl.input;
  readonly model: typeof tfl.model;
  readonly tidy: typeof tfc.tidy;
}

export interface CompileOptions {
  /** Makes layers that draw random numbers; TensorFlow.js's own where it is left out. */
  readonly createRandomLayer?: BuildContext['createRandomLayer'];
}

/** A document as TensorFlow.js's layers, for whoever wants more of it than its outputs. */
export interface CompiledNetwork {
  readonly model: tfl.LayersModel;
  /** The network's layers in an order in which each comes after its inputs, Input layers too. */
  readonly layers: readonly CompiledLayer[];
}

export interface CompiledLayer {
  readonly id: string;
  /** What it takes, in the order of its inputs; none where it is an Input. */
  readonly inputIds: readonly string[];
  /** TensorFlow.js's layers that compute it, one after the other; none where it is an Input. */
  readonly parts: readonly tfl.layers.Layer[];
}

/**
 * Builds the TensorFlow.js model of a document, branches and merges included. Layers have their node's id for a
 * name; initial weights follow from the document's seed and the layer's id. The model takes `[batch, ...input shape]`
 * and gives `[batch, ...output shape]`.
 *
 * @throws Error where the analysis has errors: show those to the user first.
 */
export function compileDocument(
  tf: TensorFlowModels,
  document: Document,
  analysis: Analysis,
  options: CompileOptions = {},
): tfl.LayersModel {
  return compileNetwork(tf, document, analysis, options).model;
}

/**
 * The same, with the layers that each of the document's layers became.
 *
 * @throws Error where the analysis has errors: show those to the user first.
 */
export function compileNetwork(
  tf: TensorFlowModels,
  document: Document,
  analysis: Analysis,
  options: CompileOptions = {},
): CompiledNetwork {
  const { outputIds, topology, problems } = analysis;
  if (outputIds.length === 0 || hasErrors(problems))
    throw new Error('A document with errors cannot be compiled.');
  const createRandomLayer = options.createRandomLayer ?? ((layer) => stockRandomLayer(tf, layer));
  const nodes = new Map(document.nodes.map((node) => [node.id, node]));
  /** The layers that hold weights, by whose they are: built for whichever comes first, its owner or a sharer. */
  const holders = new Map<string, tfl.layers.Layer>();
  const sharedParts = (layer: LayerAnalysis, built: readonly tfl.layers.Layer[]) => {
    const owner = layer.sharedWith ?? layer.id;
    const own = built.find(({ name }) => name === layer.id);
    if (own === undefined) return built;
    let holder = holders.get(owner);
    if (holder === undefined) {
      const shapes = layer.inputShapes.filter((shape) => shape !== null);
      const context = {
        name: owner,
        inputs: shapes,
        seed: seedFrom(document.training.seed, owner),
        createRandomLayer,
      };
      const [made = own] =
        owner === layer.id
          ? [own]
          : layerSpec(layer.kind)
              .build(tf, layer.values, context)
              .filter(({ name }) => name === owner);
      holder = made;
      if (nodes.get(owner)?.trainable === false) freeze(holder);
      holders.set(owner, holder);
    }
    const held = holder;
    return built.map((part) => (part === own ? held : part));
  };
  const applied = new Set<tfl.layers.Layer>();
  const inputs: tfl.SymbolicTensor[] = [];
  const outputs = new Map<string, tfl.SymbolicTensor>();
  const layers: CompiledLayer[] = [];
  for (const id of topology.order) {
    const layer = analysis.layers.get(id);
    if (layer?.outputShape == null) throw new Error(`Layer ${id} has no shape.`);
    if (layer.kind === 'Input') {
      const input = tf.input({ shape: [...layer.outputShape], name: id });
      inputs.push(input);
      outputs.set(id, input);
      layers.push({ id, inputIds: [], parts: [] });
      continue;
    }
    const shapes = layer.inputShapes.filter((shape) => shape !== null);
    const context = {
      name: id,
      inputs: shapes,
      seed: seedFrom(document.training.seed, id),
      createRandomLayer,
    };
    const built = sharedParts(layer, layerSpec(layer.kind).build(tf, layer.values, context));
    const read = new Set<string>();
    const sources = layer.inputIds.map((source, port) => {
      const tensor = known(outputs, source);
      if (!read.has(source)) {
        read.add(source);
        return tensor;
      }
      // TensorFlow.js counts a layer that takes one tensor twice as one reader of it, and frees it too early.
      const copy = tf.layers.activation({ activation: 'linear', name: `${id}.input_${String(port)}` });
      return copy.apply(tensor) as tfl.SymbolicTensor;
    });
    const [only] = sources;
    let tensor: tfl.SymbolicTensor | tfl.SymbolicTensor[] =
      sources.length === 1 && only !== undefined ? only : sources;
    for (const step of built) {
      const given = tensor;
      // The LSTM's initial bias leaves what it is made of behind.
      tf.tidy(() => {
        tensor = step.apply(given) as tfl.SymbolicTensor;
      });
      // Each use counts as one who holds the layer; the model lets go of it once.
      if (applied.has(step)) step.dispose();
      else constrain(step);
      applied.add(step);
    }
    outputs.set(id, tensor as tfl.SymbolicTensor);
    layers.push({ id, inputIds: layer.inputIds, parts: built });
  }
  const given = outputIds.map((id) => known(outputs, id));
  const [only] = given;
  const model = tf.model({
    inputs,
    outputs: given.length === 1 && only !== undefined ? only : given,
    name: modelName(document.name),
  });
  return { model, layers };
}

/** Keeps a layer's weights as they are: none is learned, and none follows the batches. */
function freeze(layer: tfl.layers.Layer): void {
  layer.trainable = false;
  const call = layer.call.bind(layer);
  // TensorFlow.js normalises a frozen layer by the batch all the same; Keras does not.
  layer.call = (inputs, kwargs) =>
    call(inputs, 'movingMean' in layer ? { ...kwargs, training: false } : kwargs);
}

/** Brings initial weights within their bounds, as TensorFlow.js does with every weight that it loads. */
function constrain({ weights }: tfl.layers.Layer): void {
  for (const weight of weights) {
    // Its type forgets that most weights have none.
    const { constraint } = weight as { readonly constraint: typeof weight.constraint | null };
    if (constraint == null) continue;
    const variable = weight.read() as tfc.Variable;
    // Not by the weight's own `write`, which leaves behind what the constraint makes on the way.
    const bounded = constraint.apply(variable);
    variable.assign(bounded);
    bounded.dispose();
  }
}

function known(outputs: ReadonlyMap<string, tfl.SymbolicTensor>, id: string): tfl.SymbolicTensor {
  const tensor = outputs.get(id);
  if (tensor === undefined) throw new Error(`Layer ${id} is used before it is built.`);
  return tensor;
}

/** A name that TensorFlow takes as a scope. */
export function modelName(name: string): string {
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
  return slug === '' ? 'model' : slug.slice(0, 64);
}
