import type { Distribution } from '../../shared/training/distributions.ts';

/**
 * The number that a share of all numbers is not above, as far as their counts tell: within one range they are taken to
 * be spread evenly.
 *
 * @param share from 0 to 1
 */
export function percentile({ min, max, counts }: Distribution, share: number): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0 || max <= min || share <= 0) return min;
  const wide = (max - min) / counts.length;
  let below = 0;
  for (const [bin, count] of counts.entries()) {
    if (count > 0 && below + count >= share * total)
      return min + wide * (bin + (share * total - below) / count);
    below += count;
  }
  return max;
}

/** The root of the mean square. */
export function magnitude({ mean, std }: Distribution): number {
  return Math.hypot(mean, std);
}
