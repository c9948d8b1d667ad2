import { distributionBins, type Distribution } from '../../../shared/training/distributions.ts';

/** How numbers are distributed. Those that are infinite or none at all are counted, and left out. */
export function distributionOf(values: Float32Array): Distribution {
  let [min, max, sum, count] = [Infinity, -Infinity, 0, 0];
  for (const value of values) {
    // Quicker than Number.isFinite: a difference of anything else is no number.
    if (value - value !== 0) continue;
    if (value < min) min = value;
    if (value > max) max = value;
    sum += value;
    count += 1;
  }
  const counts = new Array<number>(distributionBins).fill(0);
  const notFinite = values.length - count;
  if (count === 0) return { mean: 0, std: 0, min: 0, max: 0, counts, notFinite };
  const mean = sum / count;
  const perNumber = max > min ? distributionBins / (max - min) : 0;
  let squares = 0;
  for (const value of values) {
    if (value - value !== 0) continue;
    squares += (value - mean) ** 2;
    const bin = Math.min(distributionBins - 1, Math.floor((value - min) * perNumber));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return {
    mean: short(mean),
    std: short(Math.sqrt(squares / count)),
    min: short(min),
    max: short(max),
    counts,
    notFinite,
  };
}

/** As many digits as a 32-bit float has, which are fewer to write down. */
function short(value: number): number {
  return Number(value.toPrecision(7));
}
