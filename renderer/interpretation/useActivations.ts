import { useMemo } from 'react';

import type { Problem } from '../../shared/problem.ts';
import { readNumbers } from '../../shared/rpc/bytes.ts';
import type { ModelSource } from '../../shared/rpc/interpretation.ts';
import type { Client } from '../host/host.ts';
import { pictureInput, type LookedPicture } from './lookAt.ts';
import { tensorAt, type Tensor } from './tensor.ts';
import { useLatestAnswer } from './useLatestAnswer.ts';

export interface Activations {
  readonly layers: ReadonlyMap<string, Tensor>;
  /** The output's numbers: one probability for each class of a classifier. */
  readonly output: readonly number[];
  /** The picture that this comes from. */
  readonly picture: LookedPicture;
  /** From the question to the numbers, in milliseconds. */
  readonly milliseconds: number;
}

export interface ActivationsAnswer {
  /** The last answer stays while the next one is computed; null before the first, and without a picture. */
  readonly activations: Activations | null;
  readonly problems: readonly Problem[];
}

/**
 * What layers give for a picture, asked anew with every other picture or weights.
 *
 * @param layers the same array as long as the same layers are wanted; null for all
 */
export function useActivations(
  source: ModelSource | null,
  picture: LookedPicture | null,
  layers: readonly string[] | null,
): ActivationsAnswer {
  const question = useMemo(
    () => (source === null || picture === null ? null : ask(source, picture, layers)),
    [source, picture, layers],
  );
  const { data, problems } = useLatestAnswer(question);
  return { activations: data, problems };
}

function ask(source: ModelSource, picture: LookedPicture, layers: readonly string[] | null) {
  return async (client: Client): Promise<Activations> => {
    const from = performance.now();
    const answer = await client.interpretation.activations({
      source,
      picture: pictureInput(picture),
      layers: layers === null ? null : [...layers],
    });
    const numbers = await readNumbers(answer.numbers);
    const given = answer.layers.map((place) => [place.id, tensorAt(numbers, place)] as const);
    return {
      layers: new Map(given),
      output: answer.output,
      picture,
      milliseconds: performance.now() - from,
    };
  };
}
