import { call, helperName, realLiteral } from '../codegen/python.ts';
import { torchGaussianDropout } from '../codegen/torchNoise.ts';
import { dropRate } from './random.ts';
import { defineLayer, shaped } from './spec.ts';

export const gaussianDropout = defineLayer({
  kind: 'GaussianDropout',
  version: 1,
  category: 'regularization',
  icon: 'M3 18c4 0 5-12 9-12s5 12 9 12M8 21v.01M12 21v.01M16 21v.01',
  title: { en: 'GaussianDropout', 'zh-TW': '高斯丟棄 GaussianDropout' },
  summary: {
    en: 'Multiplies every number by one at random around 1 while training: softer than Dropout, nothing becomes exactly 0.',
    'zh-TW': '訓練時把每個數字乘上 1 附近的隨機數：比 Dropout 柔和，不會剛好變成 0。',
  },
  inputs: { min: 1, max: 1 },
  params: {
    rate: dropRate({
      en: 'How strong: the spread of the factors is √(rate/(1 − rate)). 0.1 to 0.5 is usual; near 1 nothing can be learned.',
      'zh-TW': '強度：倍數的標準差是 √(rate/(1 − rate))。常用 0.1 到 0.5；接近 1 則學不起來。',
    }),
  },
  describe: ({ rate }) => String(rate),
  outputShape: (_params, [input = []]) => shaped(input),
  weights: () => [],
  mask: 'passes',
  macs: () => 0,
  build: (_tf, { rate }, { name, seed, createRandomLayer }) => [
    createRandomLayer({ kind: 'GaussianDropout', rate, name, seed }),
  ],
  pytorch: {
    code: ({ rate }, { self }) => ({
      modules: { '': call(helperName(torchGaussianDropout), [realLiteral(rate)]) },
      steps: [(x = '') => call(self(), [x])],
    }),
  },
  examples: [{ params: { rate: 0.25 }, inputs: [[12, 12, 64]], shape: [12, 12, 64] }],
});
