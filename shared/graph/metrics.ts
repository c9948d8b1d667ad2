import { sizeOf } from '../layers/shape.ts';
import type { Analysis, LayerAnalysis } from './analysis.ts';

/** What a layer can be measured by. */
export const metrics = ['parameters', 'macs', 'memory', 'field', 'size'] as const;
export type Metric = (typeof metrics)[number];

const bytesPerNumber = 4;

/**
 * A layer's measure: its parameters; multiply-accumulates for one example; bytes of its output for one example, as
 * 32-bit numbers; input pixels that one output sees, height times width; or the numbers that come out for one example.
 * Null where it is not known, and of the field where no picture comes in.
 */
export function metricOf(layer: LayerAnalysis, metric: Metric): number | null {
  const { outputShape, params, macs, receptiveField } = layer;
  if (outputShape === null) return null;
  switch (metric) {
    case 'parameters':
      return params.trainable + params.nonTrainable;
    case 'macs':
      return macs;
    case 'memory':
      return sizeOf(outputShape) * bytesPerNumber;
    case 'field':
      return receptiveField === null ? null : receptiveField[0] * receptiveField[1];
    case 'size':
      return sizeOf(outputShape);
  }
}

/** Bytes of all weights, as 32-bit numbers. */
export function weightBytes({ totals: { params } }: Pick<Analysis, 'totals'>): number {
  return (params.trainable + params.nonTrainable) * bytesPerNumber;
}

/** How layers are shaded by a measure: from the least that is not nothing to the most. */
export interface HeatScale {
  readonly least: number;
  readonly most: number;
  /**
   * 0 for the least to 1 for the most, on a logarithmic scale: layers of one network differ by factors of thousands.
   * Null where there is nothing to shade.
   */
  shadeOf(layer: LayerAnalysis): number | null;
}

/** The scale of a network; null where no layer has any of it. */
export function heatScale({ layers }: Pick<Analysis, 'layers'>, metric: Metric): HeatScale | null {
  let [least, most] = [Infinity, 0];
  for (const layer of layers.values()) {
    const value = metricOf(layer, metric) ?? 0;
    if (value <= 0) continue;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  if (most === 0) return null;
  return {
    least,
    most,
    shadeOf(layer) {
      const value = metricOf(layer, metric) ?? 0;
      if (value <= 0) return null;
      return most === least ? 1 : Math.log(value / least) / Math.log(most / least);
    },
  };
}
