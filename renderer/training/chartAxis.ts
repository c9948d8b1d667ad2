/** A number axis: where it begins and ends, and where it is marked. */
export interface Axis {
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly number[];
}

const steps = [1, 2, 5] as const;

/** The smallest of 1, 2, 5, 10, 20, 50, … times `unit` that is not below `value`. */
function roundUp(value: number, unit = 1): number {
  for (let power = unit; ; power *= 10) {
    const found = steps.find((step) => step * power >= value);
    if (found !== undefined) return found * power;
  }
}

/**
 * How many epochs a chart shows: room for those that come soon, without squeezing the first of a long training
 * into a corner. `done` may be a part of an epoch.
 */
export function visibleEpochs(done: number, planned: number): number {
  return Math.min(planned, roundUp(Math.max(done, 1)));
}

/** Epochs that are marked, at most about ten of them; parts of an epoch where there are only one or two. */
export function epochTicks(epochs: number): readonly number[] {
  const step = epochs <= 1 ? 0.25 : epochs <= 2 ? 0.5 : roundUp(epochs / 10);
  return range(Math.floor(epochs / step + 1e-9) + 1, (index) => index * step);
}

/** From 0 to a round number at or above `max`, with at most `most` steps. */
export function linearAxis(max: number, most = 5): Axis {
  const top = Number.isFinite(max) && max > 0 ? max : 1;
  const step = roundUp(top / most, 10 ** Math.floor(Math.log10(top / most)));
  const count = Math.ceil(top / step - 1e-9);
  return { from: 0, to: count * step, ticks: range(count + 1, (index) => index * step) };
}

/** From a round number at or below `min` to one at or above `max`, with about `most` steps. */
export function spanAxis(min: number, max: number, most = 4): Axis {
  const size = Math.max(Math.abs(min), Math.abs(max));
  // Steps between numbers that are nearly the same would be lost beside them.
  const span = max > min ? Math.max(max - min, 1e-6 * size, 1e-30) : size > 1e-30 ? size : 1;
  const step = roundUp(span / most, 10 ** Math.floor(Math.log10(span / most)));
  const from = Math.floor(min / step + 1e-9) * step;
  const count = Math.max(1, Math.ceil((max - from) / step - 1e-9));
  return { from, to: from + count * step, ticks: range(count + 1, (index) => from + index * step) };
}

/** The least that a logarithmic axis shows; a loss of 0 has no place on one. */
const floor = 1e-8;

/** Powers of ten, with 2 and 5 between them where `most` marks leave room for them, around `min` to `max`. */
export function logAxis(min: number, max: number, most = 8): Axis {
  const low = Number.isFinite(min) ? Math.max(min, floor) : 0.1;
  const high = Number.isFinite(max) ? Math.max(max, low * 1.001) : 1;
  const first = Math.floor(Math.log10(low) + 1e-9);
  const last = Math.ceil(Math.log10(high) - 1e-9);
  const all = range(last - first + 1, (index) => index + first).flatMap((power) =>
    steps.map((step) => step * 10 ** power),
  );
  const from = all.findLast((tick) => tick <= low * (1 + 1e-9)) ?? low;
  const to = all.find((tick) => tick >= high * (1 - 1e-9)) ?? high;
  const within = all.filter((tick) => tick >= from && tick <= to);
  const powers = within.filter((tick) => Math.abs(Math.log10(tick) % 1) < 1e-9);
  return { from, to, ticks: within.length > most && powers.length > 1 ? powers : within };
}

/** Where a value stands on an axis: 0 at its begin, 1 at its end. */
export function position(value: number, { from, to }: Axis, scale: 'linear' | 'log'): number {
  if (scale === 'linear') return (value - from) / (to - from);
  return Math.log(Math.max(value, floor) / from) / Math.log(to / from);
}

function range(count: number, item: (index: number) => number): number[] {
  // Steps such as 0.2 add up to 0.6000000000000001.
  return Array.from({ length: count }, (_, index) => Number(item(index).toPrecision(12)));
}
