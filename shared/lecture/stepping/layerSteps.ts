import type { Analysis } from '../../graph/analysis.ts';
import { layerSpec } from '../../layers/index.ts';
import { isPicture } from '../../layers/shape.ts';
import { overPicture, type LayerStep } from './windows.ts';

/** A layer of a network as windows that slide, and the layer whose output the first slides over. */
export interface SteppedLayer {
  readonly sourceId: string;
  readonly steps: readonly LayerStep[];
}

/** How a layer can be stepped through; null where it slides no window, or has no shape. */
export function steppedLayer({ layers }: Analysis, id: string): SteppedLayer | null {
  const layer = layers.get(id);
  const [sourceId] = layer?.inputIds ?? [];
  const [input] = layer?.inputShapes ?? [];
  if (layer === undefined || sourceId === undefined || input == null || layer.outputShape === null)
    return null;
  const steps = layerSpec(layer.kind).steps?.(layer.values, [input]) ?? [];
  const [first] = steps;
  if (first === undefined) return null;
  if (first.window.kind !== 'dense') return { sourceId, steps };
  const flattened = beforeFlatten(layers, sourceId);
  const shape = flattened === null ? null : layers.get(flattened)?.outputShape;
  // A picture of one pixel is no more than a vector.
  return flattened === null || shape == null || !isPicture(shape) || shape[0] * shape[1] === 1
    ? { sourceId, steps }
    : { sourceId: flattened, steps: [overPicture(first, shape)] };
}

/** The layer whose picture arrives flattened, but else unchanged: regularization rests while one looks. */
function beforeFlatten(layers: Analysis['layers'], id: string): string | null {
  for (let at = layers.get(id); at !== undefined; at = layers.get(at.inputIds[0] ?? '')) {
    if (at.kind === 'Flatten') return at.inputIds[0] ?? null;
    if (layerSpec(at.kind).category !== 'regularization') return null;
  }
  return null;
}
