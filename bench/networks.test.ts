import { describe, expect, it } from 'vitest';

import { analyze } from '../shared/graph/analyze.ts';
import { hasErrors } from '../shared/problem.ts';
import { benchNetworks, trainingMacs } from './networks.ts';

const analyses = new Map(benchNetworks().map(({ id, document }) => [id, analyze(document)]));

describe('the networks of the bench', () => {
  it.each([...analyses])('%s has no errors', (_id, { problems, totals, outputId, layers }) => {
    expect(hasErrors(problems)).toBe(false);
    expect(totals.complete).toBe(true);
    expect(layers.get(outputId ?? '')?.outputShape).toEqual([10]);
  });

  it.each([
    ['mlp', 669_706, 0],
    ['resnet-20', 272_474, 1_568],
  ])('%s has %i parameters to learn and %i besides', (id, trainable, nonTrainable) => {
    expect(analyses.get(id)?.totals.params).toEqual({ trainable, nonTrainable });
  });

  it('have epochs that every batch size divides', () => {
    for (const { epoch } of benchNetworks()) expect(epoch % 512).toBe(0);
  });
});

it('the first layer’s input takes no gradient', () => {
  const lenet5 = analyses.get('lenet-5');
  // Its first convolution: 28·28 outputs of 6 filters, each over 5·5 pixels.
  expect(lenet5 && trainingMacs(lenet5)).toBe(3 * 416_520 - 28 * 28 * 6 * 5 * 5);
});
