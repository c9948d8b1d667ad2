import type * as tfc from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';

/** The part of TensorFlow.js that builders use. */
export interface TensorFlowLayers {
  readonly layers: typeof tfl.layers;
  readonly initializers: typeof tfl.initializers;
  readonly regularizers: typeof tfl.regularizers;
  readonly constraints: typeof tfl.constraints;
  readonly tensor: typeof tfc.tensor;
}
