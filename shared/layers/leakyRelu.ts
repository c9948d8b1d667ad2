import { call, realLiteral } from '../codegen/python.ts';
import { real } from './params.ts';
import { defineLayer, shaped } from './spec.ts';

export const leakyRelu = defineLayer({
  kind: 'LeakyReLU',
  version: 1,
  category: 'activation',
  usual: true,
  icon: 'M3 21L12 17L20 5M3 17h18',
  title: { en: 'LeakyReLU', 'zh-TW': '滲漏整流 LeakyReLU' },
  summary: {
    en: 'Keeps what is positive and lets a part of what is negative through, so that no unit stops learning.',
    'zh-TW': '保留正數，負數也漏過一小部分，讓神經元不會停止學習。',
  },
  inputs: { min: 1, max: 1 },
  params: {
    alpha: real({
      min: 0,
      max: 1,
      default: 0.3,
      label: { en: 'Alpha', 'zh-TW': '負側斜率 α' },
      help: {
        en: 'The part of negative numbers that passes. 0 is ReLU; 0.01 to 0.3 is usual; 1 bends nothing.',
        'zh-TW': '負數通過的比例。0 就是 ReLU；常用 0.01 到 0.3；1 則沒有彎折。',
      },
    }),
  },
  describe: ({ alpha }) => String(alpha),
  outputShape: (_params, [input = []]) => shaped(input),
  weights: () => [],
  macs: () => 0,
  build: (tf, { alpha }, { name }) => [tf.layers.leakyReLU({ alpha, name })],
  keras: { names: { alpha: 'negative_slope' } },
  pytorch: {
    code: ({ alpha }) => ({ steps: [(x = '') => call('F.leaky_relu', [x, realLiteral(alpha)])] }),
  },
  examples: [
    { params: {}, inputs: [[14, 14, 32]], shape: [14, 14, 32] },
    { params: { alpha: 0.1 }, inputs: [[10]], shape: [10] },
  ],
});
