import type * as tfl from '@tensorflow/tfjs-layers';

import { real, type Translated } from './params.ts';
import type { TensorFlowLayers } from './tensorFlowLayers.ts';

interface Named {
  readonly name: string;
  readonly seed: number;
}

/** A layer that draws random numbers while training, which are the engine's business. */
export type RandomLayer =
  | (Named & {
      readonly kind: 'Dropout' | 'SpatialDropout1D' | 'GaussianDropout' | 'AlphaDropout';
      readonly rate: number;
    })
  | (Named & { readonly kind: 'GaussianNoise'; readonly stddev: number });

/** TensorFlow.js's own; where it takes a seed, it draws the same numbers at every step. */
export function stockRandomLayer({ layers }: TensorFlowLayers, layer: RandomLayer): tfl.layers.Layer {
  const { name, seed } = layer;
  switch (layer.kind) {
    case 'Dropout':
      return layers.dropout({ rate: layer.rate, name, seed });
    case 'SpatialDropout1D':
      return layers.spatialDropout1d({ rate: layer.rate, name, seed });
    case 'GaussianDropout':
      return layers.gaussianDropout({ rate: layer.rate, name });
    case 'AlphaDropout':
      return layers.alphaDropout({ rate: layer.rate, name });
    case 'GaussianNoise':
      return layers.gaussianNoise({ stddev: layer.stddev, name });
  }
}

/** The part that is dropped, 0 to under 1. */
export const dropRate = (help: Translated) =>
  real({
    min: 0,
    max: 1,
    below: true,
    initial: 0.5,
    label: { en: 'Rate', 'zh-TW': '丟棄率' },
    help,
  });
