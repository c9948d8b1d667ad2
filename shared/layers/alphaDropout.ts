import { call, realLiteral } from '../codegen/python.ts';
import { dropRate } from './random.ts';
import { defineLayer, shaped } from './spec.ts';

export const alphaDropout = defineLayer({
  kind: 'AlphaDropout',
  version: 1,
  category: 'regularization',
  icon: 'M17 5c-4 8-6 14-9 14-5 0-5-12 0-12 4 0 5 8 9 12M20 4v.01M20 12v.01',
  title: { en: 'AlphaDropout', 'zh-TW': 'Alpha 丟棄 AlphaDropout' },
  summary: {
    en: 'Dropout for selu: what is dropped goes to the lowest value, and mean and variance stay as they are.',
    'zh-TW': '給 selu 用的丟棄：被丟棄的變成最低值，平均與變異數維持不變。',
  },
  file: { noted: { noise_shape: [null] } },
  inputs: { min: 1, max: 1 },
  params: {
    rate: dropRate({
      en: 'The part that is dropped, 0 to under 1. 0.05 to 0.2 is usual with selu; too much and the network cannot learn.',
      'zh-TW': '丟棄的比例，0 到小於 1。搭配 selu 常用 0.05 到 0.2；太高則學不起來。',
    }),
  },
  describe: ({ rate }) => String(rate),
  outputShape: (_params, [input = []]) => shaped(input),
  weights: () => [],
  mask: 'passes',
  macs: () => 0,
  build: (_tf, { rate }, { name, seed, createRandomLayer }) => [
    createRandomLayer({ kind: 'AlphaDropout', rate, name, seed }),
  ],
  pytorch: {
    code: ({ rate }, { self }) => ({
      modules: { '': call('nn.AlphaDropout', [realLiteral(rate)]) },
      steps: [(x = '') => call(self(), [x])],
    }),
  },
  examples: [{ params: { rate: 0.1 }, inputs: [[12, 12, 64]], shape: [12, 12, 64] }],
});
