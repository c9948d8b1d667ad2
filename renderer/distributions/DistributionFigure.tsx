import { useElementSize } from '@mantine/hooks';
import { useMemo, type KeyboardEvent, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';

import { spanAxis } from '../training/chartAxis.ts';
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
  const choose = ({ clientX, currentTarget }: PointerEvent) => {
    const epoch = ((clientX - currentTarget.getBoundingClientRect().left - bandMargins.left) / room) * epochs;
    onChoose(nearest(rows, epoch));
  };
  const step = (event: KeyboardEvent) => {
    const to = keyed(event.key, index, rows.length);
    if (event.key === 'Escape') onChoose(null);
    if (to === null) return;
    event.preventDefault();
    onChoose(to);
  };
  return (
    <figure className="chart">
      <figcaption className="chart-caption distribution-caption">
        <strong>{title}</strong>
        <span className="soft">{reading}</span>
      </figcaption>
      <div
        ref={ref}
        className="chart-plot"
        role="slider"
        tabIndex={0}
        aria-label={t('distributions.choose', { what: title })}
        aria-valuemin={1}
        aria-valuemax={rows.length}
        aria-valuenow={index + 1}
        aria-valuetext={reading}
        onPointerMove={choose}
        onPointerLeave={() => onChoose(null)}
        onKeyDown={step}
        onBlur={() => onChoose(null)}
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
      </div>
    </figure>
  );
}

function nearest(rows: readonly BandRow[], epoch: number): number {
  let best = 0;
  for (const [index, row] of rows.entries())
    if (Math.abs(row.epoch - epoch) < Math.abs((rows[best]?.epoch ?? 0) - epoch)) best = index;
  return best;
}

/** The moment that a key leads to; null for other keys. */
function keyed(key: string, index: number, count: number): number | null {
  const to: Readonly<Record<string, number>> = {
    ArrowLeft: index - 1,
    ArrowDown: index - 1,
    ArrowRight: index + 1,
    ArrowUp: index + 1,
    PageDown: index - 10,
    PageUp: index + 10,
    Home: 0,
    End: count - 1,
  };
  const wanted = to[key];
  return wanted === undefined ? null : Math.max(0, Math.min(count - 1, wanted));
}
