import { call, realLiteral } from '../codegen/python.ts';
import { dropRate } from './random.ts';
import { defineLayer, shaped } from './spec.ts';

export const dropout = defineLayer({
  kind: 'Dropout',
  version: 1,
  category: 'regularization',
  usual: true,
  frequent: true,
  icon: 'M5 5v.01M12 5v.01M19 5v.01M5 12v.01M19 12v.01M12 19v.01M19 19v.01M3.5 17.5l3 3M6.5 17.5l-3 3M10.5 10.5l3 3M13.5 10.5l-3 3',
  title: { en: 'Dropout', 'zh-TW': '丟棄層 Dropout' },
  summary: {
    en: 'Sets part of the numbers to zero while training, so that the network does not rely on any single one.',
    'zh-TW': '訓練時隨機把部分數字設為零，讓網路不依賴單一特徵。',
  },
  file: { noted: { noise_shape: [null] } },
  inputs: { min: 1, max: 1 },
  params: {
    rate: dropRate({
      en: 'The part that is dropped, 0 to under 1. 0.2 to 0.5 is usual; too much and the network cannot learn.',
      'zh-TW': '丟棄的比例，0 到小於 1。常用 0.2 到 0.5；太高則學不起來。',
    }),
  },
  describe: ({ rate }) => String(rate),
  outputShape: (_params, [input = []]) => shaped(input),
  weights: () => [],
  mask: 'passes',
  macs: () => 0,
  build: (_tf, { rate }, { name, seed, createRandomLayer }) => [
    createRandomLayer({ kind: 'Dropout', rate, name, seed }),
  ],
  pytorch: {
    code: ({ rate }, { self }) => ({
      modules: { '': call('nn.Dropout', [realLiteral(rate)]) },
      steps: [(x = '') => call(self(), [x])],
    }),
  },
  examples: [{ params: { rate: 0.25 }, inputs: [[12, 12, 64]], shape: [12, 12, 64] }],
});
