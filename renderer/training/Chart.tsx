import { useElementSize } from '@mantine/hooks';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { nearestIndex } from './batchSeries.ts';
import { ChartMarks, type Reading } from './ChartMarks.tsx';
import { validationOf, type Measure, type Scale } from './chartRows.ts';
import { Curve } from './Curve.tsx';
import { plotOf, stepAt } from './plot.ts';
import { PlotSlider } from './PlotSlider.tsx';
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

  const { length } = record.batches;
  const point = (x: number) => {
    if (plot !== null && length > 0) onChoose(nearestIndex(record.batches, stepAt(x, plot, width)));
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
      <PlotSlider
        ref={ref}
        label={t('charts.chooseBatch', { measure: t(`charts.${measure}`) })}
        count={length}
        shown={chosen ?? Math.max(0, length - 1)}
        text={readingText}
        page={record.started?.batchesPerEpoch ?? 1}
        onPoint={point}
        onChoose={onChoose}
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
      </PlotSlider>
    </figure>
  );
}

function lossAxisText(value: number): string {
  return value !== 0 && (value < 0.001 || value >= 10_000) ? value.toExponential(0) : String(value);
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
