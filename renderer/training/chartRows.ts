import { downsample } from './downsample.ts';
import type { RunRecord } from './runRecord.ts';

export type Measure = 'loss' | 'accuracy';
export type Scale = 'linear' | 'log';

/** One drawn column: the spread and the mean of its batches, and the validation of an epoch that ends in it. */
export interface ChartRow {
  readonly x: number;
  readonly spread: readonly [min: number, max: number];
  readonly mean: number;
  readonly validation?: number;
}

/** Far fewer nodes than this keep an SVG chart smooth. */
const mostRows = 500;

export function validationOf(
  { valLoss, valAccuracy }: RunRecord['epochs'][number],
  measure: Measure,
): number {
  return measure === 'loss' ? valLoss : valAccuracy;
}

/**
 * What a chart of a run draws: one row for each of at most `width` pixel columns.
 *
 * @param steps how many batches the x axis shows, from the first
 * @param width of the plot, in pixels
 */
export function chartRows(
  record: RunRecord,
  measure: Measure,
  steps: number,
  width: number,
): readonly ChartRow[] {
  const { batches, epochs, started } = record;
  const columns = downsample(
    { steps: batches.steps, values: batches[measure], length: batches.length },
    { from: 0, to: steps, columns: Math.max(1, Math.min(mostRows, Math.floor(width))) },
  );
  const perEpoch = started?.batchesPerEpoch ?? 1;
  let next = 0;
  return columns.map(({ x, lastStep, min, max, mean }) => {
    const row = { x, spread: [min, max] as const, mean };
    let validation: number | undefined;
    for (
      let epoch = epochs[next];
      epoch !== undefined && epoch.epoch * perEpoch <= lastStep;
      epoch = epochs[next]
    ) {
      validation = validationOf(epoch, measure);
      next += 1;
    }
    return validation === undefined || !Number.isFinite(validation) ? row : { ...row, validation };
  });
}
