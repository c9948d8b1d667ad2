import { margins } from './plot.ts';

const tick = { fill: 'var(--ink-soft)', fontSize: 11 } as const;
const axisLine = { stroke: 'var(--line-strong)' } as const;

/** How the axis along the bottom of a chart over a training is drawn. */
export const xAxisStyle = {
  type: 'number',
  height: margins.bottom,
  interval: 'preserveStartEnd',
  tick,
  tickSize: 4,
  axisLine,
  tickLine: axisLine,
  allowDataOverflow: true,
} as const;

/** How the axis at its left is. */
export const yAxisStyle = {
  type: 'number',
  interval: 0,
  tick,
  tickSize: 4,
  axisLine: false,
  tickLine: false,
  allowDataOverflow: true,
} as const;

/** A band, and a line: as they are at once, since they are drawn anew with each batch. */
export const areaStyle = {
  type: 'linear',
  stroke: 'none',
  isAnimationActive: false,
  activeDot: false,
} as const;
export const lineStyle = {
  type: 'linear',
  strokeWidth: 1.5,
  isAnimationActive: false,
  activeDot: false,
} as const;
