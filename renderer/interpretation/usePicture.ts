import { useMemo } from 'react';

import type { Samples } from '../../shared/rpc/contract.ts';
import { pixelsOf } from '../dataset/drawSamples.ts';
import type { Client } from '../host/host.ts';
import { useDocument } from '../state/document.ts';
import { useLookAt, type LookedPicture } from './lookAt.ts';
import { useLatestAnswer } from './useLatestAnswer.ts';

/** The picture that is looked at: the one drawn or chosen, else the dataset's first test picture; null before that is there. */
export function usePicture(): LookedPicture | null {
  const chosen = useLookAt((state) => state.picture);
  const dataset = useDocument((state) => state.document.dataset?.kind ?? null);
  const question = useMemo(
    () => (chosen === null && dataset !== null ? testPictures(dataset, [0]) : null),
    [chosen, dataset],
  );
  const { data } = useLatestAnswer(question);
  return chosen ?? data?.[0] ?? null;
}

/** Asks for test pictures by their place in the set. */
export function testPictures(dataset: string, indices: readonly number[]) {
  return async (client: Client): Promise<readonly LookedPicture[]> => {
    const samples = await client.datasets.testPictures({ dataset, indices: [...indices] });
    return picturesOf(samples, indices);
  };
}

function picturesOf(samples: Samples, indices: readonly number[]): readonly LookedPicture[] {
  const { height, width, labels } = samples;
  const bytes = pixelsOf(samples);
  return labels.map((label, at) => ({
    shape: [height, width, 1],
    values: Float32Array.from(
      bytes.subarray(at * height * width, (at + 1) * height * width),
      (byte) => byte / 255,
    ),
    origin: { type: 'test', index: indices[at] ?? 0, label },
  }));
}
