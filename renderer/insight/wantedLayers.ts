import { useMemo } from 'react';

import type { LayerAnalysis } from '../../shared/graph/analyze.ts';
import { useAnalysis } from '../state/analysis.ts';
import { useLooking } from './looking.ts';

/** So many numbers of 4 bytes may come with every stroke of a pen. */
const many = 1_000_000;

/**
 * Layers whose numbers are asked for: null for all where they are not too many, else those in view as far as there is
 * room for them. The same array as long as they are the same layers.
 */
export function useWantedLayers(): readonly string[] | null {
  const { layers } = useAnalysis();
  const inView = useLooking((state) => state.inView);
  const text = useMemo(() => wantedLayers([...layers.values()], inView)?.join(' ') ?? null, [layers, inView]);
  return useMemo(() => (text === null ? null : text.split(' ').filter((id) => id !== '')), [text]);
}

/** As `useWantedLayers`, of layers in the network's order. */
export function wantedLayers(
  layers: readonly Pick<LayerAnalysis, 'id' | 'outputShape'>[],
  inView: ReadonlySet<string>,
): readonly string[] | null {
  if (layers.reduce((sum, layer) => sum + numbersOf(layer), 0) <= many) return null;
  let room = many;
  return layers.flatMap((layer) => {
    if (!inView.has(layer.id) || numbersOf(layer) > room) return [];
    room -= numbersOf(layer);
    return layer.id;
  });
}

function numbersOf({ outputShape }: Pick<LayerAnalysis, 'outputShape'>): number {
  return outputShape?.reduce((product, length) => product * length, 1) ?? 0;
}
