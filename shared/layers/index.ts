import { activation } from './activation.ts';
import { add } from './add.ts';
import { alphaDropout } from './alphaDropout.ts';
import { average } from './average.ts';
import { averagePooling1d } from './averagePooling1d.ts';
import { averagePooling2d } from './averagePooling2d.ts';
import { averagePooling3d } from './averagePooling3d.ts';
import { batchNormalization } from './batchNormalization.ts';
import { bidirectional } from './bidirectional.ts';
import { categoryEncoding } from './categoryEncoding.ts';
import { centerCrop } from './centerCrop.ts';
import { concatenate } from './concatenate.ts';
import { conv1d } from './conv1d.ts';
import { conv2d } from './conv2d.ts';
import { conv2dTranspose } from './conv2dTranspose.ts';
import { conv3d } from './conv3d.ts';
import { conv3dTranspose } from './conv3dTranspose.ts';
import { convLstm2d } from './convLstm2d.ts';
import { cropping2d } from './cropping2d.ts';
import { dense } from './dense.ts';
import { depthwiseConv2d } from './depthwiseConv2d.ts';
import { dot } from './dot.ts';
import { dropout } from './dropout.ts';
import { elu } from './elu.ts';
import { embedding } from './embedding.ts';
import { flatten } from './flatten.ts';
import { gaussianDropout } from './gaussianDropout.ts';
import { gaussianNoise } from './gaussianNoise.ts';
import { globalAveragePooling1d } from './globalAveragePooling1d.ts';
import { globalAveragePooling2d } from './globalAveragePooling2d.ts';
import { globalMaxPooling1d } from './globalMaxPooling1d.ts';
import { globalMaxPooling2d } from './globalMaxPooling2d.ts';
import { globalAveragePooling3d } from './globalAveragePooling3d.ts';
import { globalMaxPooling3d } from './globalMaxPooling3d.ts';
import { spatialDropout2d } from './spatialDropout2d.ts';
import { spatialDropout3d } from './spatialDropout3d.ts';
import { zeroPadding1d } from './zeroPadding1d.ts';
import { cropping1d } from './cropping1d.ts';
import { upSampling1d } from './upSampling1d.ts';
import { zeroPadding3d } from './zeroPadding3d.ts';
import { cropping3d } from './cropping3d.ts';
import { upSampling3d } from './upSampling3d.ts';
import { gru } from './gru.ts';
import { input } from './input.ts';
import { layerNormalization } from './layerNormalization.ts';
import { leakyRelu } from './leakyRelu.ts';
import { lstm } from './lstm.ts';
import { masking } from './masking.ts';
import { maximum } from './maximum.ts';
import { maxPooling1d } from './maxPooling1d.ts';
import { maxPooling2d } from './maxPooling2d.ts';
import { maxPooling3d } from './maxPooling3d.ts';
import { minimum } from './minimum.ts';
import { multiply } from './multiply.ts';
import { permute } from './permute.ts';
import { placeholder } from './placeholder.ts';
import { prelu } from './prelu.ts';
import { relu } from './relu.ts';
import { repeatVector } from './repeatVector.ts';
import { rescaling } from './rescaling.ts';
import { reshape } from './reshape.ts';
import { resizing } from './resizing.ts';
import { separableConv2d } from './separableConv2d.ts';
import { simpleRnn } from './simpleRnn.ts';
import { softmax } from './softmax.ts';
import { spatialDropout1d } from './spatialDropout1d.ts';
import type { LayerSpec } from './spec.ts';
import { thresholdedRelu } from './thresholdedRelu.ts';
import { timeDistributed } from './timeDistributed.ts';
import { upSampling2d } from './upSampling2d.ts';
import { zeroPadding2d } from './zeroPadding2d.ts';

/** Every layer that Convas knows, in the palette's order. To add one: a file beside this one, and a line here. */
const all: readonly LayerSpec[] = [
  input,
  conv2d,
  depthwiseConv2d,
  separableConv2d,
  conv2dTranspose,
  conv1d,
  conv3d,
  conv3dTranspose,
  maxPooling2d,
  averagePooling2d,
  globalAveragePooling2d,
  globalMaxPooling2d,
  maxPooling1d,
  averagePooling1d,
  globalAveragePooling1d,
  globalMaxPooling1d,
  globalAveragePooling3d,
  globalMaxPooling3d,
  maxPooling3d,
  averagePooling3d,
  dense,
  categoryEncoding,
  activation,
  relu,
  leakyRelu,
  prelu,
  elu,
  softmax,
  thresholdedRelu,
  batchNormalization,
  layerNormalization,
  rescaling,
  dropout,
  spatialDropout1d,
  spatialDropout2d,
  spatialDropout3d,
  gaussianNoise,
  gaussianDropout,
  alphaDropout,
  flatten,
  reshape,
  permute,
  repeatVector,
  zeroPadding2d,
  cropping2d,
  upSampling2d,
  resizing,
  centerCrop,
  zeroPadding1d,
  cropping1d,
  upSampling1d,
  zeroPadding3d,
  cropping3d,
  upSampling3d,
  add,
  concatenate,
  multiply,
  average,
  maximum,
  minimum,
  dot,
  embedding,
  lstm,
  gru,
  bidirectional,
  simpleRnn,
  convLstm2d,
  timeDistributed,
  masking,
];

/** Layer specs by kind (Keras class name). */
export const layers: ReadonlyMap<string, LayerSpec> = new Map(all.map((spec) => [spec.kind, spec]));

/** Layers that files bring along and nobody draws. */
const fromFiles: ReadonlyMap<string, LayerSpec> = new Map([[placeholder.kind, placeholder]]);

/** The spec of a kind that a document may hold. */
export function findLayer(kind: string): LayerSpec | undefined {
  return layers.get(kind) ?? fromFiles.get(kind);
}

/** The spec of a kind that is known to exist; a parsed document holds no other. */
export function layerSpec(kind: string): LayerSpec {
  const spec = findLayer(kind);
  if (spec === undefined) throw new Error(`There is no layer “${kind}”.`);
  return spec;
}
