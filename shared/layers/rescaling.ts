import { infix, realLiteral } from '../codegen/python.ts';
import { limits } from './commonParams.ts';
import { real } from './params.ts';
import { defineLayer, shaped } from './spec.ts';
import { numberText } from './window.ts';

export const rescaling = defineLayer({
  kind: 'Rescaling',
  version: 1,
  category: 'normalization',
  icon: 'M3 20h18M5 17V7M5 7L3 9M5 7l2 2M10 17h4l6-10h1',
  title: { en: 'Rescaling', 'zh-TW': '縮放數值 Rescaling' },
  summary: {
    en: 'Multiplies every number and adds to it: brings the brightness of pixels into the range that the network learns best in.',
    'zh-TW': '把每個數字乘上一個數再加上一個數：將像素亮度調整到網路容易學習的範圍。',
  },
  inputs: { min: 1, max: 1 },
  params: {
    scale: real({
      min: -limits.value,
      max: limits.value,
      initial: 2,
      label: { en: 'Scale', 'zh-TW': '倍數' },
      help: {
        en: 'Every number is multiplied by it. Pixels of datasets here go from 0 to 1; far larger numbers make training unsteady, far smaller ones slow.',
        'zh-TW': '每個數字都乘上它。這裡資料集的像素是 0 到 1；太大使訓練不穩，太小則學得慢。',
      },
    }),
    offset: real({
      min: -limits.value,
      max: limits.value,
      default: 0,
      initial: -1,
      label: { en: 'Offset', 'zh-TW': '加數' },
      help: {
        en: 'Added after that: twice as large and −1 is from −1 to 1, around 0. Far from 0 the network has to learn its way back first.',
        'zh-TW': '之後再加上它：乘 2 再加 −1 就是 −1 到 1，以 0 為中心。離 0 太遠，網路得先學著調回來。',
      },
    }),
  },
  describe: ({ scale, offset }) => `× ${numberText(scale)} + ${numberText(offset)}`,
  outputShape: (_params, [input = []]) => shaped(input),
  weights: () => [],
  macs: () => 0,
  build: (tf, { scale, offset }, { name }) => [tf.layers.rescaling({ scale, offset, name })],
  pytorch: {
    code: ({ scale, offset }) => ({
      steps: [
        (x = '') => {
          const scaled = infix('*', x, realLiteral(scale));
          return offset === 0 ? scaled : infix('+', scaled, realLiteral(offset));
        },
      ],
    }),
  },
  examples: [
    { params: { scale: 2, offset: -1 }, inputs: [[28, 28, 1]], shape: [28, 28, 1] },
    { params: { scale: 0.5 }, inputs: [[10]], shape: [10] },
  ],
});
