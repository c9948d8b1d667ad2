import { useMemo } from 'react';

import { numbersAt, readNumbers } from '../../shared/rpc/bytes.ts';
import type { ExplanationMethod, ModelSource } from '../../shared/rpc/interpretation.ts';
import type { Client } from '../host/host.ts';
import { pictureInput, type LookedPicture } from '../interpretation/lookAt.ts';
import { tensorAt, type Tensor } from '../interpretation/tensor.ts';
import { useLatestAnswer, type Answer } from '../interpretation/useLatestAnswer.ts';

export interface Asked {
  readonly method: ExplanationMethod;
  readonly layerId: string | null;
  readonly classIndex: number | null;
  readonly channel: number | null;
}

export interface Explanation extends Asked {
  /** `[rows, columns]` or `[height, width, channels]`; more where it counts more. It covers the whole input. */
  readonly map: Tensor;
  /** The picture that this is about. */
  readonly picture: LookedPicture;
}

/** How much each place of the picture counts, asked anew with every other picture, weights or wish. */
export function useExplanation(
  source: ModelSource,
  picture: LookedPicture | null,
  { method, layerId, classIndex, channel }: Asked,
): Answer<Explanation> {
  const question = useMemo(() => {
    const asked = { method, layerId, classIndex, channel };
    return picture === null ? null : askToExplain(source, picture, asked);
  }, [source, picture, method, layerId, classIndex, channel]);
  return useLatestAnswer(question);
}

function askToExplain(source: ModelSource, picture: LookedPicture, asked: Asked) {
  return async (client: Client): Promise<Explanation> => {
    const { map, numbers, score, ...told } = await client.interpretation.explain({
      source,
      picture: pictureInput(picture),
      ...asked,
    });
    const values = numbersAt(await readNumbers(numbers), map);
    return {
      ...told,
      method: asked.method,
      picture,
      map: {
        shape: map.shape,
        // A covered place counts as much as the class's output falls.
        values: asked.method === 'occlusion' ? values.map((value) => score - value) : values,
      },
    };
  };
}

type Told = Awaited<ReturnType<Client['interpretation']['exciting']>>['pictures'][number];

/** A test picture and its projection with their numbers; `box` is what the strongest place sees, in the input's pixels. */
export interface ExcitingPicture extends Omit<Told, 'picture' | 'projection'> {
  readonly picture: Tensor;
  readonly projection: Tensor;
}

/** Asks for the nine test pictures that excite a channel most. */
export function askForExciting(source: ModelSource, layerId: string, channel: number) {
  return async (client: Client): Promise<readonly ExcitingPicture[]> => {
    const answer = await client.interpretation.exciting({ source, layerId, channel, count: 9 });
    const numbers = await readNumbers(answer.numbers);
    return answer.pictures.map((one) => ({
      ...one,
      picture: tensorAt(numbers, one.picture),
      projection: tensorAt(numbers, one.projection),
    }));
  };
}
