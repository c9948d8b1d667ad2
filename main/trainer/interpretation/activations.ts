import type * as tfc from '@tensorflow/tfjs-core';

import { joinNumbers, type NumbersPlace } from '../../../shared/rpc/bytes.ts';
import type { TensorFlow } from '../tensorflow.ts';
import { forward } from './forward.ts';
import type { OpenNetwork } from './openNetwork.ts';
import { tidied } from './tidied.ts';

export interface Activations {
  readonly layers: readonly (NumbersPlace & { readonly id: string })[];
  readonly output: readonly number[];
  readonly numbers: Float32Array<ArrayBuffer>;
}

/** What layers give for one picture `[1, height, width, channels]`, without the batch; all of them where none are named. */
export function activationsOf(
  tf: TensorFlow,
  network: OpenNetwork,
  input: tfc.Tensor,
  ids: readonly string[] | null,
): Activations {
  const wanted = ids === null ? null : new Set(ids);
  return tidied(tf, () => {
    const seen: { readonly id: string; readonly tensor: tfc.Tensor }[] = [];
    const output = forward(network, input, (id, tensor) => {
      if (wanted === null || wanted.has(id)) seen.push({ id, tensor });
      return undefined;
    });
    const arrays = seen.map(({ tensor }) => ({
      shape: tensor.shape.slice(1),
      values: Float32Array.from(tensor.dataSync()),
    }));
    const { places, numbers } = joinNumbers(arrays);
    return {
      layers: places.map((place, at) => ({ ...place, id: seen[at]?.id ?? '' })),
      output: Array.from(output.dataSync()),
      numbers,
    };
  });
}

/** The weights of the layer that a node became, in TensorFlow's order; a shared layer has its owner's. */
export function weightsOf(
  { compiled }: OpenNetwork,
  id: string,
): {
  readonly weights: readonly (NumbersPlace & { readonly name: string })[];
  readonly numbers: Float32Array<ArrayBuffer>;
} {
  const parts = compiled.layers.find((layer) => layer.id === id)?.parts ?? [];
  const weights = parts.flatMap((part) => part.weights);
  const { places, numbers } = joinNumbers(
    weights.map((weight) => {
      const tensor = weight.read();
      return { shape: tensor.shape, values: Float32Array.from(tensor.dataSync()) };
    }),
  );
  return {
    weights: places.map((place, at) => ({
      ...place,
      name: (weights[at]?.originalName ?? '').split('/').at(-1) ?? '',
    })),
    numbers,
  };
}
