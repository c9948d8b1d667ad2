import type * as tfl from '@tensorflow/tfjs-layers';

import type { Sides } from '../codegen/torchWindow.ts';
import type { Shape } from './shape.ts';
import type { TensorFlowLayers } from './spec.ts';

/** What changes one picture's rows and columns: a layer of that name, and what it makes of the two sides. */
export interface PictureLayer<V> {
  build(name: string, rows: V, columns: V): tfl.layers.Layer;
  /** Length of a side after it. */
  length(side: number, value: V): number;
  /** What leaves a side as it is. */
  readonly none: V;
}

/**
 * Has a layer that TensorFlow.js knows for pictures alone work on a sequence `[steps, features]` or on a volume
 * `[depth, height, width, channels]`, which are looked at as pictures and reshaped back: all its layers are stock ones.
 *
 * @param values one for each axis beside the channels
 */
export function asPictures<V>(
  tf: TensorFlowLayers,
  name: string,
  input: Shape,
  values: readonly V[],
  layer: PictureLayer<V>,
): readonly tfl.layers.Layer[] {
  const reshape = (part: string, targetShape: number[]) =>
    tf.layers.reshape({ targetShape, name: `${name}.${part}` });
  const [first = layer.none, second = layer.none, third = layer.none] = values;
  if (values.length === 1) {
    const [steps = 1, features = 1] = input;
    return [
      reshape('picture', [steps, 1, features]),
      layer.build(name, first, layer.none),
      reshape('sequence', [layer.length(steps, first), features]),
    ];
  }
  const [depth = 1, height = 1, width = 1, channels = 1] = input;
  const [deep, high] = [layer.length(depth, first), layer.length(height, second)];
  return [
    reshape('slices', [depth, height, width * channels]),
    layer.build(name, first, second),
    reshape('picture', [deep * high, width, channels]),
    layer.build(`${name}.width`, layer.none, third),
    reshape('volume', [deep, high, layer.length(width, third), channels]),
  ];
}

/** The pairs of `[before, behind, before, behind, …]`. */
export function pairs(sides: readonly number[]): readonly Sides[] {
  return Array.from({ length: sides.length / 2 }, (_, axis) => [
    sides[2 * axis] ?? 0,
    sides[2 * axis + 1] ?? 0,
  ]);
}
