import { z } from 'zod';

import type { LayerAnalysis } from '../graph/analysis.ts';
import type { Window } from '../layers/window.ts';

const pair = z.tuple([z.number(), z.number()]);
const windowSchema = z.object({
  kernelSize: pair.optional(),
  poolSize: pair.optional(),
  strides: pair,
  padding: z.union([z.enum(['valid', 'same']), z.number()]),
  dilationRate: pair.optional(),
});

/** The sliding window of a layer of pictures, along height and along width; null for a layer that slides none. */
export function layerWindow({ values, inputShapes }: LayerAnalysis): readonly [Window, Window] | null {
  const read = windowSchema.safeParse(values);
  const input = inputShapes[0] ?? [];
  const size = read.data?.kernelSize ?? read.data?.poolSize;
  if (!read.success || size === undefined || input.length !== 3) return null;
  const { strides, padding, dilationRate = [1, 1] } = read.data;
  const along = (axis: 0 | 1): Window => ({
    input: input[axis] ?? 0,
    size: size[axis],
    stride: strides[axis],
    padding,
    dilation: dilationRate[axis],
  });
  return [along(0), along(1)];
}
