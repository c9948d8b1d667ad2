import { readNumbers } from '../../shared/rpc/bytes.ts';
import type { ModelSource } from '../../shared/rpc/interpretation.ts';
import type { Client } from '../host/host.ts';
import { tensorAt, type Tensor } from './tensor.ts';

/** Asks for a layer's weights by their names, in TensorFlow's order of axes. */
export function layerWeights(source: ModelSource, layerId: string) {
  return async (client: Client): Promise<ReadonlyMap<string, Tensor>> => {
    const answer = await client.interpretation.weights({ source, layerId });
    const numbers = await readNumbers(answer.numbers);
    return new Map(answer.weights.map((place) => [place.name, tensorAt(numbers, place)]));
  };
}
