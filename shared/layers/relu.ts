import { call, realLiteral } from '../codegen/python.ts';
import { limits } from './commonParams.ts';
import { optional, real } from './params.ts';
import { defineLayer, shaped } from './spec.ts';

export const relu = defineLayer({
  kind: 'ReLU',
  version: 1,
  category: 'activation',
  usual: true,
  icon: 'M3 19h9L20 6M3 22h18',
  title: { en: 'ReLU', 'zh-TW': '線性整流 ReLU' },
  summary: {
    en: 'Keeps what is positive and makes the rest 0, up to a largest value where one is given.',
    'zh-TW': '保留正數、其餘變成 0；設定上限時，超過的停在上限。',
  },
  file: { only: { negative_slope: [null, 0], threshold: [null, 0] } },
  inputs: { min: 1, max: 1 },
  params: {
    maxValue: optional(
      real({
        min: 0,
        max: limits.value,
        initial: 6,
        label: { en: 'Largest value', 'zh-TW': '上限' },
        help: {
          en: 'What is above stays at it; 6 is usual for small networks such as MobileNet. Too small, and nothing is told apart; none keeps all.',
          'zh-TW': '超過的停在此值；MobileNet 等小型網路常用 6。太小則什麼都分不出來；不設則全部保留。',
        },
      }),
    ),
  },
  describe: ({ maxValue }) => (maxValue === null ? '' : `≤ ${String(maxValue)}`),
  outputShape: (_params, [input = []]) => shaped(input),
  weights: () => [],
  mask: 'passes',
  macs: () => 0,
  asActivation: ({ maxValue }) => (maxValue === null ? 'relu' : maxValue === 6 ? 'relu6' : null),
  build: (tf, { maxValue }, { name }) => [tf.layers.reLU(maxValue === null ? { name } : { maxValue, name })],
  pytorch: {
    code: ({ maxValue }) => ({
      steps: [
        (x = '') =>
          maxValue === null
            ? call('F.relu', [x])
            : maxValue === 6
              ? call('F.relu6', [x])
              : call('torch.clamp', [x, '0.0', realLiteral(maxValue)]),
      ],
    }),
  },
  examples: [
    { params: {}, inputs: [[14, 14, 32]], shape: [14, 14, 32] },
    { params: { maxValue: 6 }, inputs: [[10]], shape: [10] },
  ],
});
