import { call, helperName, realLiteral } from '../codegen/python.ts';
import { torchGaussianNoise } from '../codegen/torchNoise.ts';
import { real } from './params.ts';
import { defineLayer, shaped } from './spec.ts';

export const gaussianNoise = defineLayer({
  kind: 'GaussianNoise',
  version: 1,
  category: 'regularization',
  icon: 'M3 12l2-5 2 9 2-12 2 14 2-9 2 6 2-10 2 7 2-3',
  title: { en: 'GaussianNoise', 'zh-TW': '高斯雜訊 GaussianNoise' },
  summary: {
    en: 'Adds random numbers while training, so that the network does not cling to exact values.',
    'zh-TW': '訓練時加上隨機數，讓網路不執著於精確的數值。',
  },
  inputs: { min: 1, max: 1 },
  params: {
    stddev: real({
      min: 0,
      max: 1,
      initial: 0.1,
      label: { en: 'Standard deviation', 'zh-TW': '標準差' },
      help: {
        en: 'How large the noise is, beside numbers of about 1. 0.05 to 0.3 is usual; more drowns what is to be learned, 0 adds nothing.',
        'zh-TW': '雜訊的大小，以數值約為 1 時計。常用 0.05 到 0.3；太大會淹沒要學的內容，0 則沒有作用。',
      },
    }),
  },
  describe: ({ stddev }) => `σ ${String(stddev)}`,
  outputShape: (_params, [input = []]) => shaped(input),
  weights: () => [],
  mask: 'passes',
  macs: () => 0,
  build: (_tf, { stddev }, { name, seed, createRandomLayer }) => [
    createRandomLayer({ kind: 'GaussianNoise', stddev, name, seed }),
  ],
  pytorch: {
    code: ({ stddev }, { self }) => ({
      modules: { '': call(helperName(torchGaussianNoise), [realLiteral(stddev)]) },
      steps: [(x = '') => call(self(), [x])],
    }),
  },
  examples: [{ params: { stddev: 0.1 }, inputs: [[12, 12, 64]], shape: [12, 12, 64] }],
});
