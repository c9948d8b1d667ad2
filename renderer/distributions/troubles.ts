import type { Distribution, Distributions, WeightDistribution } from '../../shared/training/distributions.ts';
import { magnitude } from './percentile.ts';

/** What is wrong with a weight of a layer, worst first. */
export type Trouble =
  | { readonly type: 'notFinite'; readonly count: number }
  | { readonly type: 'explodingWeights' | 'explodingGradients'; readonly times: number }
  /** No gradient comes to it, since that epoch. */
  | { readonly type: 'dead'; readonly epoch: number }
  /** Its gradients are so many times smaller than those of another layer. */
  | { readonly type: 'vanishing'; readonly times: number; readonly layer: string };

/** So many times as large as at the beginning is more than learning does. */
const explodes = 100;
/** So many times smaller than another layer's gradients: at the same learning rate the layer stands still beside it. */
const vanishes = 10_000;
/** One batch without a gradient may be chance. */
const momentsOfDeath = 2;

/** A weight's own name among all of a network's. */
export function keyOf({ layerId, name }: Pick<WeightDistribution, 'layerId' | 'name'>): string {
  return `${layerId}/${name}`;
}

/** What is wrong at the last of these moments, by the weights' keys. */
export function troublesOf(moments: readonly Distributions[]): ReadonlyMap<string, readonly Trouble[]> {
  const last = moments.at(-1);
  const first = new Map(moments[0]?.weights.map((one) => [keyOf(one), one]));
  const kernels = last?.weights.filter(isKernel) ?? [];
  const strongest = kernels.toSorted((a, b) => gradientOf(b) - gradientOf(a))[0];
  const found = new Map<string, readonly Trouble[]>();
  for (const weight of last?.weights ?? []) {
    const before = first.get(keyOf(weight));
    const troubles = [
      ...notFinite(weight),
      ...(isKernel(weight) ? exploding('explodingWeights', weight.weights, before?.weights) : []),
      ...exploding('explodingGradients', weight.gradients, before?.gradients),
      ...dead(moments, keyOf(weight)),
      ...vanishing(weight, strongest),
    ];
    if (troubles.length > 0) found.set(keyOf(weight), troubles);
  }
  return found;
}

/** Biases start at zero, and grow from there as they should. */
function isKernel({ name }: WeightDistribution): boolean {
  return name.endsWith('kernel');
}

function gradientOf({ gradients }: WeightDistribution): number {
  return gradients === null ? 0 : magnitude(gradients);
}

function notFinite({ weights, gradients }: WeightDistribution): Trouble[] {
  const count = weights.notFinite + (gradients?.notFinite ?? 0);
  return count > 0 ? [{ type: 'notFinite', count }] : [];
}

function exploding(
  type: 'explodingWeights' | 'explodingGradients',
  now: Distribution | null,
  before: Distribution | null | undefined,
): Trouble[] {
  if (now === null || before == null || magnitude(before) === 0) return [];
  const times = magnitude(now) / magnitude(before);
  return times > explodes ? [{ type, times }] : [];
}

function dead(moments: readonly Distributions[], key: string): Trouble[] {
  const isDead = ({ weights }: Distributions) => {
    const gradients = weights.find((one) => keyOf(one) === key)?.gradients;
    return gradients?.min === 0 && gradients.max === 0 && gradients.notFinite === 0;
  };
  const since = moments.findLastIndex((moment) => !isDead(moment)) + 1;
  const start = moments[since];
  if (start === undefined || moments.length - since < momentsOfDeath) return [];
  return [{ type: 'dead', epoch: start.epoch }];
}

function vanishing(weight: WeightDistribution, strongest: WeightDistribution | undefined): Trouble[] {
  const own = gradientOf(weight);
  if (!isKernel(weight) || strongest === undefined || own === 0) return [];
  const times = gradientOf(strongest) / own;
  return times > vanishes ? [{ type: 'vanishing', times, layer: strongest.layerId }] : [];
}
