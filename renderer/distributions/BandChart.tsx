import { memo } from 'react';
import { Area, CartesianGrid, ComposedChart, Line, XAxis, YAxis } from 'recharts';

import { epochTicks, type Axis } from '../training/chartAxis.ts';
import { areaStyle, lineStyle, xAxisStyle, yAxisStyle } from '../training/chartStyle.ts';
import { margins } from '../training/plot.ts';
import type { BandRow } from './bands.ts';

interface BandChartProps {
  readonly rows: readonly BandRow[];
  readonly y: Axis;
  /** Epochs that the x axis shows. */
  readonly epochs: number;
  readonly colour: string;
  readonly width: number;
  readonly height: number;
}

/** Each lies over the ones before it, and is darker with them. */
const bands = [
  ['all', 0.14],
  ['most', 0.2],
  ['half', 0.34],
] as const;

/** Bands in which all, nine tenths and half of the numbers lie, with their median. */
export const BandChart = memo(function BandChart(props: BandChartProps) {
  const { rows, y, epochs, colour, width, height } = props;
  return (
    <ComposedChart
      data={rows}
      width={width}
      height={height}
      margin={{ left: 0, right: bandMargins.right, top: margins.top, bottom: 0 }}
      accessibilityLayer={false}
    >
      <CartesianGrid vertical={false} stroke="var(--line)" />
      <XAxis {...xAxisStyle} dataKey="epoch" domain={[0, epochs]} ticks={[...epochTicks(epochs)]} />
      <YAxis
        {...yAxisStyle}
        domain={[y.from, y.to]}
        ticks={[...y.ticks]}
        tickFormatter={numberText}
        width={bandMargins.left}
      />
      {bands.map(([band, fillOpacity]) => (
        <Area
          key={band}
          {...areaStyle}
          dataKey={band}
          fill={colour}
          fillOpacity={fillOpacity}
          dot={rows.length === 1 && band === 'all' ? { r: 3, fill: colour } : false}
        />
      ))}
      <Line {...lineStyle} dataKey="median" stroke={colour} dot={rows.length === 1} />
    </ComposedChart>
  );
});

/** Where the plot lies inside its chart, in pixels. */
export const bandMargins = { left: 56, right: 12 } as const;

/** A number in three digits that count: `0.0123`, `1.2e-7`. */
export function numberText(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 10_000 || size < 0.001) return value.toExponential(1);
  return String(Number(value.toPrecision(3)));
}
