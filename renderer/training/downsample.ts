/** What one pixel column of a chart shows of all values that fall into it. */
export interface Column {
  /** The middle of the steps in it; of one value alone its own step. */
  readonly x: number;
  readonly firstStep: number;
  readonly lastStep: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
}

export interface Points {
  /** Ascending. */
  readonly steps: Float64Array;
  readonly values: Float64Array;
  /** How many entries are in use. */
  readonly length: number;
}

/**
 * Divides the axis from `from` to `to` into equal columns and gives the spread of each, so that no peak is lost
 * however many values there are. Columns without a finite value are left out.
 */
export function downsample(
  { steps, values, length }: Points,
  axis: { readonly from: number; readonly to: number; readonly columns: number },
): readonly Column[] {
  const result: Column[] = [];
  const { from, to, columns } = axis;
  const scale = columns / (to - from);
  let column = -1;
  let firstStep = 0;
  let lastStep = 0;
  let min = Infinity;
  let max = -Infinity;
  let sum = 0;
  let count = 0;
  const finish = () => {
    if (count > 0) {
      result.push({ x: (firstStep + lastStep) / 2, firstStep, lastStep, min, max, mean: sum / count });
    }
  };
  for (let index = 0; index < length; index += 1) {
    const step = steps[index] ?? NaN;
    const value = values[index] ?? NaN;
    if (!Number.isFinite(value) || !(step >= from && step <= to)) continue;
    const its = Math.min(columns - 1, Math.floor((step - from) * scale));
    if (its !== column) {
      finish();
      column = its;
      firstStep = step;
      min = Infinity;
      max = -Infinity;
      sum = 0;
      count = 0;
    }
    lastStep = step;
    min = Math.min(min, value);
    max = Math.max(max, value);
    sum += value;
    count += 1;
  }
  finish();
  return result;
}
