import type * as tfc from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';

import type { TensorFlow } from '../tensorflow.ts';

// What layers of TensorFlow.js hold once they are built, and what they share of a class: none of it is exported.

type Pair = readonly [number, number];

interface CalledLayer {
  call(inputs: tfc.Tensor | tfc.Tensor[], kwargs: Record<string, unknown>): tfc.Tensor | tfc.Tensor[];
}

export interface Conv2DLayer extends CalledLayer {
  readonly strides: Pair;
  readonly dilationRate: Pair;
  readonly padding: 'valid' | 'same';
  readonly kernel: { read(): tfc.Tensor4D };
  readonly bias: { read(): tfc.Tensor } | null;
  readonly activation: { apply(x: tfc.Tensor): tfc.Tensor };
}

interface Weight {
  read(): tfc.Tensor;
  write(value: tfc.Tensor): unknown;
}

export interface BatchNormalizationLayer extends CalledLayer {
  readonly axis: number;
  readonly momentum: number;
  readonly epsilon: number;
  gamma?: Pick<Weight, 'read'>;
  beta?: Pick<Weight, 'read'>;
  readonly movingMean: Weight;
  readonly movingVariance: Weight;
}

export interface LayerNormalizationLayer extends CalledLayer {
  /** Counted with the batch; a list once the layer is built. */
  readonly axis: readonly number[];
  readonly epsilon: number;
  gamma?: Pick<Weight, 'read'> | null;
  beta?: Pick<Weight, 'read'> | null;
}

export interface CategoryEncodingLayer extends CalledLayer {
  readonly numTokens: number;
  readonly outputMode: string;
}

export interface ReluLayer extends CalledLayer {
  readonly maxValue?: number | null;
}

export interface SeparableConv2DLayer extends CalledLayer {
  readonly dilationRate: Pair;
  readonly padding: 'valid' | 'same';
  readonly depthwiseKernel: { read(): tfc.Tensor4D };
  readonly pointwiseKernel: { read(): tfc.Tensor4D };
  readonly bias: { read(): tfc.Tensor } | null;
  readonly activation: { apply(x: tfc.Tensor): tfc.Tensor };
}

/** What all Conv2D layers have their `call` from. */
export const conv2DPrototype = (tf: TensorFlow): Conv2DLayer =>
  prototypeOf(tf.layers.conv2d({ filters: 1, kernelSize: 1 })) as Conv2DLayer;

/** What all BatchNormalization layers have their `call` from. */
export const batchNormalizationPrototype = (tf: TensorFlow): BatchNormalizationLayer =>
  prototypeOf(tf.layers.batchNormalization()) as BatchNormalizationLayer;

/** What all LayerNormalization layers have their `call` from. */
export const layerNormalizationPrototype = (tf: TensorFlow): LayerNormalizationLayer =>
  prototypeOf(tf.layers.layerNormalization()) as LayerNormalizationLayer;

/** What all CategoryEncoding layers have their `call` from. */
export const categoryEncodingPrototype = (tf: TensorFlow): CategoryEncodingLayer =>
  prototypeOf(tf.layers.categoryEncoding({ numTokens: 1 })) as CategoryEncodingLayer;

/** What all ReLU layers have their `call` from. */
export const reluPrototype = (tf: TensorFlow): ReluLayer => prototypeOf(tf.layers.reLU()) as ReluLayer;

/** What all SeparableConv2D layers have their `call` from, which is that of a class without a name. */
export const separableConv2DPrototype = (tf: TensorFlow): SeparableConv2DLayer =>
  prototypeOf(tf.layers.separableConv2d({ filters: 1, kernelSize: 1 })) as SeparableConv2DLayer;

function prototypeOf(layer: tfl.layers.Layer): unknown {
  return Object.getPrototypeOf(layer);
}
