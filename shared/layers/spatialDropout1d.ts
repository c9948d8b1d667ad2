import { call, realLiteral } from '../codegen/python.ts';
import { dropRate } from './random.ts';
import { needsAxes } from './slidingWindow.ts';
import { defineLayer, refuse, shaped } from './spec.ts';

export const spatialDropout1d = defineLayer({
  kind: 'SpatialDropout1D',
  version: 1,
  category: 'regularization',
  icon: 'M2 5h20v4H2zM2 15h20v4H2zM5 12h14M7 5v4M12 5v4M17 5v4',
  title: { en: 'SpatialDropout1D', 'zh-TW': '一維空間丟棄 SpatialDropout1D' },
  summary: {
    en: 'Sets whole features of a sequence to zero while training, at every step alike: neighbours cannot stand in for each other.',
    'zh-TW': '訓練時把序列的整個特徵在每一步都設為零：相鄰的步無法互相替代。',
  },
  inputs: { min: 1, max: 1 },
  params: {
    rate: dropRate({
      en: 'The part of the features that is dropped, 0 to under 1. 0.1 to 0.3 is usual; too much and the network cannot learn.',
      'zh-TW': '丟棄的特徵比例，0 到小於 1。常用 0.1 到 0.3；太高則學不起來。',
    }),
  },
  describe: ({ rate }) => String(rate),
  outputShape: (_params, [input = []]) => (input.length === 2 ? shaped(input) : refuse(needsAxes(1, input))),
  weights: () => [],
  mask: 'passes',
  macs: () => 0,
  build: (_tf, { rate }, { name, seed, createRandomLayer }) => [
    createRandomLayer({ kind: 'SpatialDropout1D', rate, name, seed }),
  ],
  pytorch: {
    layout: () => 'first',
    code: ({ rate }, { self }) => ({
      modules: { '': call('nn.Dropout1d', [realLiteral(rate)]) },
      steps: [(x = '') => call(self(), [x])],
    }),
  },
  examples: [{ params: { rate: 0.25 }, inputs: [[50, 16]], shape: [50, 16] }],
});
