import type { Distribution, Distributions } from '../../shared/training/distributions.ts';
import { keyOf } from './troubles.ts';
import { percentile } from './percentile.ts';

export type What = 'weights' | 'gradients';

type Band = readonly [from: number, to: number];

/** One moment of a chart: between which numbers how many of all lie. */
export interface BandRow {
  readonly epoch: number;
  /** All of them, nine tenths, and half of them, in the middle. */
  readonly all: Band;
  readonly most: Band;
  readonly half: Band;
  readonly median: number;
  readonly of: Distribution;
}

/** How a weight, or its gradient, was distributed at each moment at which that is known. */
export function bandsOf(moments: readonly Distributions[], key: string, what: What): readonly BandRow[] {
  return moments.flatMap(({ epoch, weights }) => {
    const of = weights.find((one) => keyOf(one) === key)?.[what];
    if (of == null) return [];
    const between = (from: number, to: number): Band => [percentile(of, from), percentile(of, to)];
    return {
      epoch,
      all: [of.min, of.max],
      most: between(0.05, 0.95),
      half: between(0.25, 0.75),
      median: percentile(of, 0.5),
      of,
    };
  });
}
