import { call } from '../codegen/python.ts';
import { limits } from './commonParams.ts';
import { real } from './params.ts';
import { setParam } from './slidingWindow.ts';
import { defineLayer, refuse, shaped } from './spec.ts';

export const elu = defineLayer({
  kind: 'ELU',
  version: 1,
  category: 'activation',
  icon: 'M3 18c5 0 7-2 9-5l8-9M3 13h18',
  title: { en: 'ELU', 'zh-TW': '指數線性單元 ELU' },
  summary: {
    en: 'Keeps what is positive and bends what is negative smoothly towards −1, so that the mean stays near 0.',
    'zh-TW': '保留正數，負數平滑地趨近 −1，讓平均值接近 0。',
  },
  inputs: { min: 1, max: 1 },
  params: {
    alpha: real({
      min: 0,
      max: limits.value,
      default: 1,
      advanced: true,
      label: { en: 'Alpha', 'zh-TW': '負側極限 α' },
      help: {
        en: 'Negative numbers go towards −alpha. TensorFlow.js computes 1 alone.',
        'zh-TW': '負數趨近 −α。TensorFlow.js 只能計算 1。',
      },
    }),
  },
  describe: () => '',
  outputShape: ({ alpha }, [input = []]) =>
    alpha === 1
      ? shaped(input)
      : refuse({
          code: 'other-alpha',
          values: { alpha },
          param: 'alpha',
          expected: '1',
          received: String(alpha),
          fixes: [setParam('alpha', 1)],
        }),
  weights: () => [],
  macs: () => 0,
  asActivation: ({ alpha }) => (alpha === 1 ? 'elu' : null),
  build: (tf, { alpha }, { name }) => [tf.layers.elu({ alpha, name })],
  pytorch: { code: () => ({ steps: [(x = '') => call('F.elu', [x])] }) },
  examples: [
    { params: {}, inputs: [[14, 14, 32]], shape: [14, 14, 32] },
    { params: { alpha: 1 }, inputs: [[10]], shape: [10] },
  ],
});
