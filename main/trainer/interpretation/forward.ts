import type * as tfc from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';

import type { CompiledNetwork } from '../../../shared/compile/compile.ts';
import type { OpenNetwork } from './openNetwork.ts';

/** Looks at what a layer gives, or puts something else in its place. */
export type Visit = (id: string, given: tfc.Tensor) => tfc.Tensor | undefined;

/** What TensorFlow.js's layers hold; the class is not exported. */
interface Activation {
  getClassName(): string;
  apply(x: tfc.Tensor, axis?: number): tfc.Tensor;
}
export interface ActivatedLayer {
  activation?: Activation;
}

/**
 * Carries a network out layer by layer, as in prediction: `[examples, height, width, channels]` to `[examples, …output]`.
 * Stops behind `lastId` where that is given, and gives what that layer gives. To be called within a `tf.tidy`.
 */
export function forward(
  { compiled: { layers }, outputId }: Pick<OpenNetwork, 'compiled' | 'outputId'>,
  input: tfc.Tensor,
  visit: Visit = () => undefined,
  lastId = outputId,
): tfc.Tensor {
  const given = new Map<string, tfc.Tensor>();
  for (const { id, inputIds, parts } of layers) {
    const sources = inputIds.map((source) => tensorOf(given, source));
    const [only] = sources;
    let tensor: tfc.Tensor | tfc.Tensor[] =
      inputIds.length === 0 ? input : sources.length === 1 && only !== undefined ? only : sources;
    for (const part of parts) tensor = part.apply(tensor, { training: false }) as tfc.Tensor;
    const own = tensor as tfc.Tensor;
    const seen = visit(id, own) ?? own;
    if (id === lastId) return seen;
    given.set(id, seen);
  }
  throw new Error(`The network has no layer ${lastId}.`);
}

function tensorOf(given: ReadonlyMap<string, tfc.Tensor>, id: string): tfc.Tensor {
  const tensor = given.get(id);
  if (tensor === undefined) throw new Error(`Layer ${id} is used before it is computed.`);
  return tensor;
}

/** Whether a network gives probabilities by a softmax. */
export function endsInSoftmax({ compiled, outputId }: Pick<OpenNetwork, 'compiled' | 'outputId'>): boolean {
  const last = compiled.layers.find(({ id }) => id === outputId)?.parts.at(-1);
  if (last === undefined) return false;
  const { activation }: ActivatedLayer = last as tfl.layers.Layer & ActivatedLayer;
  return last.getClassName() === 'Softmax' || activation?.getClassName() === 'softmax';
}

/**
 * Does something while the network gives what its last softmax is given, from which a class's gradient does not fade when
 * it is almost sure; elsewhere its output as it is.
 */
export function withScores<T>(network: Pick<OpenNetwork, 'compiled' | 'outputId'>, work: () => T): T {
  const last = network.compiled.layers.find(({ id }) => id === network.outputId)?.parts.at(-1);
  if (last === undefined) return work();
  if (last.getClassName() === 'Softmax') {
    const call = last.call.bind(last);
    last.call = (inputs) => [inputs].flat().map((x) => x.clone())[0] ?? inputs;
    try {
      return work();
    } finally {
      last.call = call;
    }
  }
  return withActivations([last], 'softmax', (x) => x.clone(), work);
}

/** Does something while all activations of a name are computed in another way. */
export function withActivations<T>(
  parts: readonly tfl.layers.Layer[],
  name: string,
  apply: (x: tfc.Tensor) => tfc.Tensor,
  work: () => T,
): T {
  const changed = parts.flatMap((part) => {
    const layer: ActivatedLayer = part as tfl.layers.Layer & ActivatedLayer;
    const { activation } = layer;
    if (activation?.getClassName() !== name) return [];
    // By another name too: TensorFlow.js has one kernel for some layers together with their activation.
    layer.activation = { getClassName: () => `${name} replaced`, apply };
    return [{ layer, activation }];
  });
  try {
    return work();
  } finally {
    for (const { layer, activation } of changed) layer.activation = activation;
  }
}

/** All of TensorFlow.js's layers of a network, each once. */
export function partsOf({ layers }: CompiledNetwork): readonly tfl.layers.Layer[] {
  return [...new Set(layers.flatMap(({ parts }) => parts))];
}
