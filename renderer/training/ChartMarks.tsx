import { useTranslation } from 'react-i18next';

import { validationOf, type Measure, type Scale } from './chartRows.ts';
import { margins, pixelX, pixelY, type Plot } from './plot.ts';
import type { RunRecord } from './runRecord.ts';

/** The exact values at one batch. */
export interface Reading {
  /** Counts batches over all epochs, from 1. */
  readonly step: number;
  readonly epoch: number;
  /** Within its epoch, from 1. */
  readonly batch: number;
  readonly training: number;
  readonly validation: number | null;
}

interface MarksProps {
  readonly record: RunRecord;
  readonly version: number;
  readonly measure: Measure;
  readonly plot: Plot;
  readonly scale: Scale;
  readonly width: number;
  readonly height: number;
  readonly reading: Reading | null;
  readonly valueText: (value: number) => string;
}

/** What stands over the curves: values at the lines' ends, the crosshair, and where a training was cut short. */
export function ChartMarks({ record, measure, plot, scale, width, height, reading, valueText }: MarksProps) {
  return (
    <div className="chart-marks" aria-hidden="true">
      <EndMark record={record} plot={plot} width={width} height={height} />
      <LastValues {...{ record, measure, plot, scale, width, height, valueText }} />
      {reading !== null && <Crosshair {...{ reading, plot, scale, width, height, valueText }} />}
    </div>
  );
}

const labelHeight = 15;

function LastValues({
  record,
  measure,
  plot,
  scale,
  width,
  height,
  valueText,
}: Omit<MarksProps, 'reading' | 'version'>) {
  const { batches, epochs, started } = record;
  const lastMean = plot.rows.at(-1);
  const lastEpoch = epochs.at(-1);
  if (lastMean === undefined || started === null) return null;
  const y = (value: number) => pixelY(value, plot, scale, height);
  const lastStep = batches.steps[batches.length - 1] ?? 0;
  const ends = [{ name: 'training', value: lastMean.mean, x: lastStep, y: y(lastMean.mean) }];
  if (lastEpoch !== undefined) {
    const value = validationOf(lastEpoch, measure);
    ends.push({ name: 'validation', value, x: lastEpoch.epoch * started.batchesPerEpoch, y: y(value) });
  }
  const left = pixelX(Math.max(...ends.map(({ x }) => x)), plot, width) + 8;
  return spreadOut(ends, height).map(({ name, value, y: top }) => (
    <span key={name} className={`chart-end chart-end-${name}`} style={{ left, top }}>
      {valueText(value)}
    </span>
  ));
}

/** Moves two labels apart that would stand on each other, and keeps both inside the plot. */
function spreadOut<T extends { readonly y: number }>(ends: readonly T[], height: number): readonly T[] {
  const lowest = height - margins.bottom - labelHeight / 2;
  const highest = margins.top + labelHeight / 2 - 4;
  const [upper, lower] = ends.toSorted((a, b) => a.y - b.y);
  if (upper === undefined) return [];
  if (lower === undefined) return [{ ...upper, y: Math.min(lowest, Math.max(highest, upper.y)) }];
  const overlap = Math.max(0, labelHeight - (lower.y - upper.y)) / 2;
  const upperY = Math.min(lowest - labelHeight, Math.max(highest, upper.y - overlap));
  const lowerY = Math.min(lowest, Math.max(upperY + labelHeight, lower.y + overlap));
  return [
    { ...upper, y: upperY },
    { ...lower, y: lowerY },
  ];
}

function EndMark({ record, plot, width, height }: Pick<MarksProps, 'record' | 'plot' | 'width' | 'height'>) {
  const { t } = useTranslation();
  const { end, batches } = record;
  if (end === null || end.type === 'done') return null;
  const left = pixelX(batches.steps[batches.length - 1] ?? 0, plot, width);
  const bottom = height - margins.bottom;
  return (
    <div
      className={`chart-cut chart-cut-${end.type}`}
      style={{ left, top: margins.top, height: bottom - margins.top }}
    >
      <span className={left > width / 2 ? 'chart-cut-before' : undefined}>{t(`charts.${end.type}`)}</span>
    </div>
  );
}

interface CrosshairProps extends Omit<MarksProps, 'record' | 'version' | 'measure' | 'reading'> {
  readonly reading: Reading;
}

function Crosshair({ reading, plot, scale, width, height, valueText }: CrosshairProps) {
  const { t } = useTranslation();
  const left = pixelX(reading.step, plot, width);
  const isRight = left > width / 2;
  return (
    <>
      <div
        className="chart-hair"
        style={{ left, top: margins.top, height: height - margins.top - margins.bottom }}
      />
      {Number.isFinite(reading.training) && (
        <div className="chart-point" style={{ left, top: pixelY(reading.training, plot, scale, height) }} />
      )}
      <div
        className="chart-tip"
        style={isRight ? { right: width - left + 6, top: 0 } : { left: left + 6, top: 0 }}
      >
        {t('charts.batch', { epoch: reading.epoch, batch: reading.batch })}
        <b>{valueText(reading.training)}</b>
      </div>
    </>
  );
}
