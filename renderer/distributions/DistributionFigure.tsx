import { useElementSize } from '@mantine/hooks';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { spanAxis } from '../training/chartAxis.ts';
import { PlotSlider } from '../training/PlotSlider.tsx';
import { BandChart, bandMargins, numberText } from './BandChart.tsx';
import type { BandRow, What } from './bands.ts';

interface DistributionFigureProps {
  readonly what: What;
  readonly rows: readonly BandRow[];
  /** Epochs that the x axis shows. */
  readonly epochs: number;
  /** The moment under the crosshair, which both figures share; null for the last one. */
  readonly chosen: number | null;
  readonly onChoose: (index: number | null) => void;
}

/** The least distance of two marks of the y axis, in pixels. */
const tickPitch = 40;
const colours = { weights: 'var(--series-1)', gradients: 'var(--series-3)' } as const;

/** How a weight, or its gradient, is distributed over the epochs. */
export function DistributionFigure({ what, rows, epochs, chosen, onChoose }: DistributionFigureProps) {
  const { t } = useTranslation();
  const { ref, width, height } = useElementSize();
  const y = useMemo(
    () =>
      spanAxis(
        Math.min(...rows.map(({ all }) => all[0])),
        Math.max(...rows.map(({ all }) => all[1])),
        Math.max(1, Math.min(4, Math.floor(height / tickPitch))),
      ),
    [rows, height],
  );
  const index = Math.min(chosen ?? rows.length - 1, rows.length - 1);
  const row = rows[index];
  const title = t(`distributions.${what}`);
  if (row === undefined)
    return (
      <figure className="chart">
        <figcaption className="chart-caption">
          <strong>{title}</strong>
        </figcaption>
        <p className="soft">{t('distributions.notLearned')}</p>
      </figure>
    );
  const room = width - bandMargins.left - bandMargins.right;
  const reading = t('distributions.reading', {
    epoch: Number(row.epoch.toFixed(2)),
    mean: numberText(row.of.mean),
    std: numberText(row.of.std),
    least: numberText(row.of.min),
    greatest: numberText(row.of.max),
  });
  const point = (x: number) => onChoose(nearest(rows, ((x - bandMargins.left) / room) * epochs));
  return (
    <figure className="chart">
      <figcaption className="chart-caption distribution-caption">
        <strong>{title}</strong>
        <span className="soft">{reading}</span>
      </figcaption>
      <PlotSlider
        ref={ref}
        label={t('distributions.choose', { what: title })}
        count={rows.length}
        shown={index}
        text={reading}
        page={10}
        onPoint={point}
        onChoose={onChoose}
      >
        {width > 0 && height > 0 && (
          <>
            <BandChart
              rows={rows}
              y={y}
              epochs={epochs}
              colour={colours[what]}
              width={width}
              height={height}
            />
            {chosen !== null && (
              <span
                className="chart-hair distribution-hair"
                style={{ left: bandMargins.left + (row.epoch / epochs) * room }}
              />
            )}
          </>
        )}
      </PlotSlider>
    </figure>
  );
}

function nearest(rows: readonly BandRow[], epoch: number): number {
  let best = 0;
  for (const [index, row] of rows.entries())
    if (Math.abs(row.epoch - epoch) < Math.abs((rows[best]?.epoch ?? 0) - epoch)) best = index;
  return best;
}
