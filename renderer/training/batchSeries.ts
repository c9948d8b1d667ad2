/** Loss and accuracy of every batch of a run, in the order of its steps. It grows in place. */
export interface BatchSeries {
  /** Counts batches over all epochs, from 1. */
  steps: Float64Array;
  loss: Float64Array;
  /** 0 to 1. */
  accuracy: Float64Array;
  /** How many entries are in use. */
  length: number;
}

const firstCapacity = 1024;

export function createBatchSeries(): BatchSeries {
  return {
    steps: new Float64Array(firstCapacity),
    loss: new Float64Array(firstCapacity),
    accuracy: new Float64Array(firstCapacity),
    length: 0,
  };
}

export function appendBatch(series: BatchSeries, step: number, loss: number, accuracy: number): void {
  if (series.length === series.steps.length) grow(series);
  series.steps[series.length] = step;
  series.loss[series.length] = loss;
  series.accuracy[series.length] = accuracy;
  series.length += 1;
}

function grow(series: BatchSeries): void {
  for (const name of ['steps', 'loss', 'accuracy'] as const) {
    const larger = new Float64Array(series[name].length * 2);
    larger.set(series[name]);
    series[name] = larger;
  }
}

/** The index of the entry whose step is nearest to `step`; −1 in an empty series. */
export function nearestIndex({ steps, length }: BatchSeries, step: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at(steps, middle) < step) low = middle + 1;
    else high = middle;
  }
  if (low === length) return length - 1;
  return low > 0 && step - at(steps, low - 1) <= at(steps, low) - step ? low - 1 : low;
}

function at(values: Float64Array, index: number): number {
  return values[index] ?? NaN;
}
