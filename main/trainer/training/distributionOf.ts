import { distributionBins, type Distribution } from '../../../shared/training/distributions.ts';

/** How numbers are distributed. Those that are infinite or none at all are counted, and left out. */
export function distributionOf(values: Float32Array): Distribution {
  // Loops by index take a third of the time, and a network has millions of weights.
  const { length } = values;
  let [min, max, sum, count] = [Infinity, -Infinity, 0, 0];
  for (let at = 0; at < length; at += 1) {
    const value = values[at] ?? 0;
    // A difference of anything that is not finite is no number.
    if (value - value !== 0) continue;
    if (value < min) min = value;
    if (value > max) max = value;
    sum += value;
    count += 1;
  }
  const notFinite = length - count;
  // The largest number ends the last range, and would begin another.
  const bins = new Uint32Array(distributionBins + 1);
  const counts = () => {
    const [end = 0] = bins.subarray(distributionBins);
    return Array.from(bins.subarray(0, distributionBins), (one, at) =>
      at === distributionBins - 1 ? one + end : one,
    );
  };
  if (count === 0) return { mean: 0, std: 0, min: 0, max: 0, counts: counts(), notFinite };
  const mean = sum / count;
  const perNumber = max > min ? distributionBins / (max - min) : 0;
  let squares = 0;
  for (let at = 0; at < length; at += 1) {
    const value = values[at] ?? 0;
    if (value - value !== 0) continue;
    const difference = value - mean;
    squares += difference * difference;
    const bin = Math.trunc((value - min) * perNumber);
    bins[bin] = (bins[bin] ?? 0) + 1;
  }
  const std = Math.sqrt(squares / count);
  return {
    mean: short(mean),
    std: short(std),
    min: short(min),
    max: short(max),
    counts: counts(),
    notFinite,
  };
}

/** As many digits as a 32-bit float has, which are fewer to write down. */
function short(value: number): number {
  return Number(value.toPrecision(7));
}
