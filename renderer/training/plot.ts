import { linearAxis, logAxis, position, visibleEpochs, type Axis } from './chartAxis.ts';
import { chartRows, type ChartRow, type Measure, type Scale } from './chartRows.ts';
import type { RunRecord } from './runRecord.ts';

/** Where the plot lies inside its chart, in pixels; the axes' own places are fixed so that crosshairs fit. */
export const margins = { left: 46, right: 58, top: 10, bottom: 22 } as const;

/** Everything that a chart draws of one measure. */
export interface Plot {
  readonly rows: readonly ChartRow[];
  readonly y: Axis;
  /** Batches that the x axis shows, from 0. */
  readonly steps: number;
  /** Epochs that the x axis shows. */
  readonly epochs: number;
  readonly batchesPerEpoch: number;
}

/** The least distance of two marks of the y axis, in pixels. */
const labelPitch = 26;
/** Accuracy from here up, for the part of a training where all differences are small. */
const closeUpFrom = 0.9;

export interface PlotOptions {
  readonly measure: Measure;
  readonly scale: Scale;
  /** Whether accuracy is shown from 90 % up. */
  readonly closeUp: boolean;
  /** Of the whole chart, in pixels. */
  readonly width: number;
  readonly height: number;
}

/** What to draw of a run that has started; null before. */
export function plotOf(record: RunRecord, options: PlotOptions): Plot | null {
  const { measure, scale, width } = options;
  const { started, batches, end } = record;
  if (started === null) return null;
  const lastStep = batches.steps[batches.length - 1] ?? 0;
  const { batchesPerEpoch } = started;
  const done = lastStep / batchesPerEpoch;
  const epochs = end === null ? visibleEpochs(done, started.epochs) : Math.max(done, 1 / batchesPerEpoch);
  const steps = epochs * batchesPerEpoch;
  const rows = chartRows(record, measure, steps, width - margins.left - margins.right);
  const y = yAxis(rows, options);
  return {
    rows: scale === 'log' ? rows.map((row) => raised(row, y.from)) : rows,
    y,
    steps,
    epochs,
    batchesPerEpoch,
  };
}

/** A row without what has no place on a logarithmic axis: a loss of 0. */
function raised({ spread: [min, max], mean, validation, ...row }: ChartRow, from: number): ChartRow {
  const raise = (value: number) => Math.max(value, from);
  const rest = validation === undefined ? row : { ...row, validation: raise(validation) };
  return { ...rest, spread: [raise(min), raise(max)], mean: raise(mean) };
}

function yAxis(rows: readonly ChartRow[], { measure, scale, closeUp, height }: PlotOptions): Axis {
  const room = Math.max(2, Math.floor((height - margins.top - margins.bottom) / labelPitch));
  if (measure === 'accuracy') {
    const from = closeUp ? closeUpFrom : 0;
    return {
      from,
      to: 1,
      ticks: (room < 4 ? [0, 0.5, 1] : [0, 0.2, 0.4, 0.6, 0.8, 1]).map((part) =>
        Number((from + part * (1 - from)).toFixed(2)),
      ),
    };
  }
  let min = Infinity;
  let max = -Infinity;
  for (const { spread, validation = spread[0] } of rows) {
    min = Math.min(min, spread[0], validation);
    max = Math.max(max, spread[1], validation);
  }
  return scale === 'log' ? logAxis(min, max, room + 1) : linearAxis(max, Math.min(5, room));
}

/** Pixels from the left edge of the chart to a step. */
export function pixelX(step: number, { steps }: Plot, width: number): number {
  return margins.left + (step / steps) * (width - margins.left - margins.right);
}

/** The step under a pixel of the chart, which may lie outside the plot. */
export function stepAt(x: number, { steps }: Plot, width: number): number {
  return ((x - margins.left) / (width - margins.left - margins.right)) * steps;
}

/** Pixels from the upper edge of the chart to a value, kept inside the plot. */
export function pixelY(value: number, { y }: Plot, scale: Scale, height: number): number {
  const part = Math.min(1, Math.max(0, position(value, y, scale)));
  return margins.top + (1 - part) * (height - margins.top - margins.bottom);
}
