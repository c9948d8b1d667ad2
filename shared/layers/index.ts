import { activation } from './activation.ts';
import { add } from './add.ts';
import { averagePooling2d } from './averagePooling2d.ts';
import { batchNormalization } from './batchNormalization.ts';
import { concatenate } from './concatenate.ts';
import { conv2d } from './conv2d.ts';
import { conv2dTranspose } from './conv2dTranspose.ts';
import { cropping2d } from './cropping2d.ts';
import { dense } from './dense.ts';
import { depthwiseConv2d } from './depthwiseConv2d.ts';
import { dropout } from './dropout.ts';
import { flatten } from './flatten.ts';
import { globalAveragePooling2d } from './globalAveragePooling2d.ts';
import { globalMaxPooling2d } from './globalMaxPooling2d.ts';
import { input } from './input.ts';
import { maxPooling2d } from './maxPooling2d.ts';
import { relu } from './relu.ts';
import { reshape } from './reshape.ts';
import { separableConv2d } from './separableConv2d.ts';
import type { LayerSpec } from './spec.ts';
import { upSampling2d } from './upSampling2d.ts';
import { zeroPadding2d } from './zeroPadding2d.ts';

/** Every layer that Convas knows, in the palette's order. To add one: a file beside this one, and a line here. */
const all: readonly LayerSpec[] = [
  input,
  conv2d,
  depthwiseConv2d,
  separableConv2d,
  conv2dTranspose,
  maxPooling2d,
  averagePooling2d,
  globalAveragePooling2d,
  globalMaxPooling2d,
  dense,
  activation,
  relu,
  batchNormalization,
  dropout,
  flatten,
  reshape,
  zeroPadding2d,
  cropping2d,
  upSampling2d,
  add,
  concatenate,
];

/** Layer specs by kind (Keras class name). */
export const layers: ReadonlyMap<string, LayerSpec> = new Map(all.map((spec) => [spec.kind, spec]));

/** The spec of a kind that is known to exist; a parsed document holds no other. */
export function layerSpec(kind: string): LayerSpec {
  const spec = layers.get(kind);
  if (spec === undefined) throw new Error(`There is no layer “${kind}”.`);
  return spec;
}
