import { describe, expect, it } from 'vitest';

import {
  distributionBins,
  type Distribution,
  type Distributions,
} from '../../shared/training/distributions.ts';
import { troublesOf } from './troubles.ts';

const spread = (std: number, notFinite = 0): Distribution => ({
  mean: 0,
  std,
  min: -2 * std,
  max: 2 * std,
  counts: Array.from({ length: distributionBins }, () => 1),
  notFinite,
});
type Weight = readonly [layer: string, name: string, weights: Distribution, gradients: Distribution | null];
const moment = (step: number, ...weights: readonly Weight[]): Distributions => ({
  step,
  epoch: step / 10,
  weights: weights.map(([layerId, name, own, gradients]) => ({ layerId, name, weights: own, gradients })),
});
const quiet: Weight = ['dense_1', 'kernel', spread(0.1), spread(0.01)];

describe('what is wrong with weights and gradients', () => {
  it('is nothing in a training that learns: biases grow from nothing, gradients fade', () => {
    const start = moment(1, quiet, ['dense_1', 'bias', spread(1e-6), spread(0.1)]);
    const end = moment(
      100,
      ['dense_1', 'kernel', spread(0.3), spread(0.001)],
      ['dense_1', 'bias', spread(0.1), spread(0.01)],
    );
    expect(troublesOf([start, end])).toEqual(new Map());
    expect(troublesOf([])).toEqual(new Map());
  });

  it('is said where numbers are not finite, and where they are far larger than at the beginning', () => {
    const later = moment(9, ['dense_1', 'kernel', spread(20, 3), spread(5)]);
    expect(troublesOf([moment(1, quiet), later]).get('dense_1/kernel')).toEqual([
      { type: 'notFinite', count: 3 },
      { type: 'explodingWeights', times: expect.closeTo(200) as number },
      { type: 'explodingGradients', times: expect.closeTo(500) as number },
    ]);
  });

  it('is said where no gradient comes any more, since when, and not where there never is one', () => {
    const dying = (step: number): Distributions =>
      moment(step, ['conv2d_1', 'kernel', spread(1), spread(0)], ['norm', 'moving_mean', spread(1), null]);
    const alive = moment(10, ['conv2d_1', 'kernel', spread(1), spread(1)]);
    expect(troublesOf([alive, dying(20)])).toEqual(new Map());
    expect(troublesOf([alive, dying(20), dying(30)])).toEqual(
      new Map([['conv2d_1/kernel', [{ type: 'dead', epoch: 2 }]]]),
    );
  });

  it('is said where a layer’s gradients vanish beside another’s', () => {
    const weak: Weight = ['conv2d_1', 'kernel', spread(1), spread(1e-8)];
    expect(troublesOf([moment(1, weak, quiet)]).get('conv2d_1/kernel')).toEqual([
      { type: 'vanishing', times: expect.closeTo(1e6, 0) as number, layer: 'dense_1' },
    ]);
  });
});
