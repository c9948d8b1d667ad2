import { call, lambda, realLiteral } from '../codegen/python.ts';
import { limits } from './commonParams.ts';
import { real } from './params.ts';
import { defineLayer, shaped } from './spec.ts';

export const thresholdedRelu = defineLayer({
  kind: 'ThresholdedReLU',
  version: 1,
  category: 'activation',
  icon: 'M3 19h10M13 19v-7L20 5M3 22h18',
  title: { en: 'ThresholdedReLU', 'zh-TW': '門檻整流 ThresholdedReLU' },
  summary: {
    en: 'Keeps what is above a threshold and makes the rest 0.',
    'zh-TW': '只保留超過門檻的數字，其餘變成 0。',
  },
  inputs: { min: 1, max: 1 },
  params: {
    theta: real({
      min: 0,
      max: limits.value,
      default: 1,
      label: { en: 'Threshold', 'zh-TW': '門檻 θ' },
      help: {
        en: 'What is not above it becomes 0. 0 is ReLU; too large, and nothing passes, so that nothing is learned.',
        'zh-TW': '沒有超過的變成 0。0 就是 ReLU；太大則什麼都通不過，也就學不到東西。',
      },
    }),
  },
  describe: ({ theta }) => `> ${String(theta)}`,
  outputShape: (_params, [input = []]) => shaped(input),
  weights: () => [],
  macs: () => 0,
  build: (tf, { theta }, { name }) => [tf.layers.thresholdedReLU({ theta, name })],
  // Keras 3 has none.
  kerasCalls: ({ theta }) => [
    call('layers.Lambda', [lambda(call('keras.ops.where', [`x > ${realLiteral(theta)}`, 'x', '0.0']))]),
  ],
  pytorch: {
    code: ({ theta }) => ({
      steps: [(x = '') => call('F.threshold', [x, realLiteral(theta), '0.0'])],
    }),
  },
  examples: [
    { params: {}, inputs: [[14, 14, 32]], shape: [14, 14, 32] },
    { params: { theta: 0.5 }, inputs: [[10]], shape: [10] },
  ],
});
