import type * as tfl from '@tensorflow/tfjs-layers';

import type { Document } from '../document.ts';
import type { Analysis } from '../graph/analyze.ts';
import { layerSpec } from '../layers/index.ts';
import type { BuildContext, TensorFlowLayers } from '../layers/spec.ts';
import { hasErrors } from '../problem.ts';
import { seedFrom } from './seed.ts';

/** The part of TensorFlow.js that compiling uses. */
export interface TensorFlowModels extends TensorFlowLayers {
  readonly input: typeof tfl.input;
  readonly model: typeof tfl.model;
}

export interface CompileOptions {
  /** Makes Dropout layers; TensorFlow.js's own where it is left out. */
  readonly createDropout?: BuildContext['createDropout'];
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
  const { outputId, topology, problems } = analysis;
  if (outputId === null || hasErrors(problems)) throw new Error('A document with errors cannot be compiled.');
  const createDropout =
    options.createDropout ?? (({ name, rate, seed }) => tf.layers.dropout({ name, rate, seed }));
  const inputs: tfl.SymbolicTensor[] = [];
  const outputs = new Map<string, tfl.SymbolicTensor>();
  for (const id of topology.order) {
    const layer = analysis.layers.get(id);
    if (layer?.outputShape == null) throw new Error(`Layer ${id} has no shape.`);
    if (layer.kind === 'Input') {
      const input = tf.input({ shape: [...layer.outputShape], name: id });
      inputs.push(input);
      outputs.set(id, input);
      continue;
    }
    const shapes = layer.inputShapes.filter((shape) => shape !== null);
    const context = { name: id, inputs: shapes, seed: seedFrom(document.training.seed, id), createDropout };
    const built = layerSpec(layer.kind).build(tf, layer.values, context);
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
      tensor = step.apply(tensor) as tfl.SymbolicTensor;
      constrain(step);
    }
    outputs.set(id, tensor as tfl.SymbolicTensor);
  }
  return tf.model({ inputs, outputs: known(outputs, outputId), name: modelName(document.name) });
}

/** Brings initial weights within their bounds, as TensorFlow.js does with every weight that it loads. */
function constrain({ weights }: tfl.layers.Layer): void {
  for (const weight of weights) {
    // Its type forgets that most weights have none.
    const { constraint } = weight as { readonly constraint: unknown };
    if (constraint == null) continue;
    const start = weight.read().clone();
    weight.write(start);
    start.dispose();
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
