import type { Analysis, LayerAnalysis } from '../graph/analysis.ts';

/** The layers that give maps `[height, width, channels]`, in the order in which they are computed, but for the Inputs. */
export function layersWithMaps({ layers }: Pick<Analysis, 'layers'>): readonly LayerAnalysis[] {
  return [...layers.values()].filter(
    ({ outputShape, kind }) => kind !== 'Input' && outputShape?.length === 3,
  );
}

/**
 * Of layers with maps the one that is asked where none is named: the last convolution whose maps have more than one
 * place, as Grad-CAM takes it, else the last layer with such maps. Where all have one place, the last.
 */
export function usualLayer(withMaps: readonly LayerAnalysis[]): LayerAnalysis | undefined {
  const wide = withMaps.filter(({ outputShape }) => (outputShape?.[0] ?? 1) * (outputShape?.[1] ?? 1) > 1);
  return (
    wide.findLast(({ macs, weights }) => macs > 0 && weights.length > 0) ?? wide.at(-1) ?? withMaps.at(-1)
  );
}
