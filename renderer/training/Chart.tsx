import { useElementSize } from '@mantine/hooks';
import { useMemo, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { nearestIndex } from './batchSeries.ts';
import { ChartMarks, type Reading } from './ChartMarks.tsx';
import { validationOf, type Measure, type Scale } from './chartRows.ts';
import { Curve } from './Curve.tsx';
import { plotOf, stepAt } from './plot.ts';
import type { RunRecord } from './runRecord.ts';
import { accuracyText, lossText } from './values.ts';

interface ChartProps {
  readonly record: RunRecord;
  /** Says when `record`, which grows in place, did. */
  readonly version: number;
  readonly measure: Measure;
  readonly scale: Scale;
  readonly closeUp: boolean;
  /** The index of the batch under the crosshair, which all charts of a run share. */
  readonly chosen: number | null;
  readonly onChoose: (index: number | null) => void;
  /** How the axis can be changed. */
  readonly control: ReactNode;
}

const valueText = { loss: lossText, accuracy: (value: number) => accuracyText(value, 1) };
const axisText = { loss: lossAxisText, accuracy: (value: number) => accuracyText(value, 0) };

/** One measure of a run over its batches. */
export function Chart({ record, version, measure, scale, closeUp, chosen, onChoose, control }: ChartProps) {
  const { t } = useTranslation();
  const { ref, width, height } = useElementSize();
  const plot = useMemo(
    () =>
      width > 0 && height > 0 && version >= 0
        ? plotOf(record, { measure, scale, closeUp, width, height })
        : null,
    [record, version, measure, scale, closeUp, width, height],
  );
  const reading = chosen === null ? null : readingAt(record, chosen, measure);

  const choose = (event: PointerEvent) => {
    if (plot === null || record.batches.length === 0) return;
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
    onChoose(nearestIndex(record.batches, stepAt(x, plot, width)));
  };
  const step = (event: KeyboardEvent) => {
    const last = record.batches.length - 1;
    const by = steps(event, record.started?.batchesPerEpoch ?? 1);
    if (event.key === 'Escape') onChoose(null);
    if (by === null || last < 0) return;
    event.preventDefault();
    onChoose(Math.min(last, Math.max(0, (chosen ?? last) + by)));
  };
  const readingText =
    reading === null
      ? t('charts.noBatch')
      : `${t('charts.batch', { epoch: reading.epoch, batch: reading.batch })}: ${t('charts.training')} ${valueText[measure](reading.training)}`;

  return (
    <figure className="chart">
      <figcaption className="chart-caption">
        <strong>{t(`charts.${measure}`)}</strong>
        <span className="chart-key">
          <i className="chart-key-training" />
          {t('charts.training')}
          {reading !== null && <b className="chart-value-training">{valueText[measure](reading.training)}</b>}
        </span>
        <span className="chart-key">
          <i className="chart-key-validation" />
          {t('charts.validation')}
          {reading?.validation != null && (
            <b className="chart-value-validation">{valueText[measure](reading.validation)}</b>
          )}
        </span>
        <span className="chart-control">{control}</span>
      </figcaption>
      <div
        ref={ref}
        className="chart-plot"
        role="slider"
        tabIndex={0}
        aria-label={t('charts.chooseBatch', { measure: t(`charts.${measure}`) })}
        aria-valuemin={1}
        aria-valuemax={Math.max(1, record.batches.length)}
        aria-valuenow={(chosen ?? Math.max(0, record.batches.length - 1)) + 1}
        aria-valuetext={readingText}
        onPointerMove={choose}
        onPointerLeave={() => onChoose(null)}
        onKeyDown={step}
        onBlur={() => onChoose(null)}
      >
        {plot !== null && (
          <>
            <Curve plot={plot} scale={scale} width={width} height={height} yLabel={axisText[measure]} />
            <ChartMarks
              record={record}
              version={version}
              measure={measure}
              plot={plot}
              scale={scale}
              width={width}
              height={height}
              reading={reading}
              valueText={valueText[measure]}
            />
          </>
        )}
      </div>
    </figure>
  );
}

function lossAxisText(value: number): string {
  return value !== 0 && (value < 0.001 || value >= 10_000) ? value.toExponential(0) : String(value);
}

/** How far a key moves the crosshair, in batches; null for other keys. */
function steps({ key }: KeyboardEvent, perEpoch: number): number | null {
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return -1;
    case 'ArrowRight':
    case 'ArrowUp':
      return 1;
    case 'PageDown':
      return -perEpoch;
    case 'PageUp':
      return perEpoch;
    case 'Home':
      return -Infinity;
    case 'End':
      return Infinity;
    default:
      return null;
  }
}

/** What stands at a batch: its own values, and the validation of its epoch where there is one. */
function readingAt({ batches, epochs, started }: RunRecord, index: number, measure: Measure): Reading | null {
  const step = batches.steps[index];
  const training = batches[measure][index];
  if (step === undefined || training === undefined || index >= batches.length || started === null)
    return null;
  const epoch = Math.floor((step - 1) / started.batchesPerEpoch) + 1;
  const ended = epochs[epoch - 1];
  return {
    step,
    epoch,
    batch: step - (epoch - 1) * started.batchesPerEpoch,
    training,
    validation: ended === undefined ? null : validationOf(ended, measure),
  };
}
