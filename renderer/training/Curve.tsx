import { memo } from 'react';
import { Area, CartesianGrid, ComposedChart, Line, ReferenceLine, XAxis, YAxis } from 'recharts';

import { epochTicks } from './chartAxis.ts';
import type { Scale } from './chartRows.ts';
import { areaStyle, lineStyle, xAxisStyle, yAxisStyle } from './chartStyle.ts';
import { margins, type Plot } from './plot.ts';

interface CurveProps {
  readonly plot: Plot;
  readonly scale: Scale;
  readonly width: number;
  readonly height: number;
  readonly yLabel: (value: number) => string;
}

/** More validation points than these run into each other and are joined by their line alone. */
const mostDots = 60;
const dot = { r: 3, fill: 'var(--surface)', stroke: 'var(--series-2)', strokeWidth: 2 } as const;

/**
 * Training as the spread of each pixel column with its mean, validation as dots joined by a line, epochs as thin
 * verticals. What moves with the pointer lies above it, so that moving it draws nothing of this anew.
 */
export const Curve = memo(function Curve({ plot, scale, width, height, yLabel }: CurveProps) {
  const { rows, y, steps, epochs, batchesPerEpoch } = plot;
  const ticks = epochTicks(epochs);
  const validations = rows.flatMap(({ validation }) => validation ?? []);
  // The last dot stands on the plot's edge; below a close-up's range dots must stay cut off.
  const clipDot = validations.some((value) => value < y.from);
  return (
    <ComposedChart
      data={rows}
      width={width}
      height={height}
      margin={{ left: 0, right: margins.right, top: margins.top, bottom: 0 }}
      accessibilityLayer={false}
    >
      <CartesianGrid vertical={false} stroke="var(--line)" />
      <XAxis
        {...xAxisStyle}
        dataKey="x"
        domain={[0, steps]}
        ticks={ticks.map((epoch) => epoch * batchesPerEpoch)}
        tickFormatter={(step: number) => String(Number((step / batchesPerEpoch).toFixed(2)))}
      />
      <YAxis
        {...yAxisStyle}
        scale={scale}
        domain={[y.from, y.to]}
        ticks={[...y.ticks]}
        tickFormatter={yLabel}
        width={margins.left}
      />
      {ticks
        .filter((epoch) => epoch > 0 && Number.isInteger(epoch))
        .map((epoch) => (
          <ReferenceLine key={epoch} x={epoch * batchesPerEpoch} stroke="var(--line)" />
        ))}
      <Area {...areaStyle} dataKey="spread" fill="var(--series-1)" fillOpacity={0.22} />
      <Line {...lineStyle} dataKey="mean" stroke="var(--series-1)" dot={false} />
      <Line
        {...lineStyle}
        dataKey="validation"
        stroke="var(--series-2)"
        dot={validations.length <= mostDots ? { ...dot, clipDot } : false}
        connectNulls
      />
    </ComposedChart>
  );
});
