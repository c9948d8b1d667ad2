import { inline } from '../codegen/python.ts';
import { limits } from './commonParams.ts';
import { int } from './params.ts';
import { needsAxes } from './slidingWindow.ts';
import { defineLayer, refuse, shaped } from './spec.ts';

export const repeatVector = defineLayer({
  kind: 'RepeatVector',
  version: 1,
  category: 'shape',
  icon: 'M4 3h3v18H4zM10 3h3v18h-3zM16 3h3v18h-3z',
  title: { en: 'RepeatVector', 'zh-TW': '重複向量 RepeatVector' },
  summary: {
    en: 'Makes a sequence of a row of numbers, the same at every step: where a decoder starts from.',
    'zh-TW': '把一列數字變成序列，每一步都相同：解碼器的起點。',
  },
  inputs: { min: 1, max: 1 },
  params: {
    n: int({
      min: 1,
      max: limits.side,
      initial: 10,
      label: { en: 'Steps', 'zh-TW': '步數' },
      help: {
        en: 'How many times it is repeated: as many steps as the decoder is to write. More costs time and memory in proportion.',
        'zh-TW': '重複多少次：也就是解碼器要寫出的步數。越多，時間與記憶體等比增加。',
      },
    }),
  },
  describe: ({ n }) => `× ${String(n)}`,
  outputShape: ({ n }, [input = []]) =>
    input.length === 1 ? shaped([n, input[0] ?? 0]) : refuse(needsAxes(0, input)),
  weights: () => [],
  macs: () => 0,
  build: (tf, { n }, { name }) => [tf.layers.repeatVector({ n, name })],
  pytorch: {
    layout: () => 'last',
    code: ({ n }) => ({ steps: [(x = '') => `${inline(x)}.unsqueeze(1).repeat(1, ${String(n)}, 1)`] }),
  },
  examples: [{ params: { n: 7 }, inputs: [[32]], shape: [7, 32] }],
});
