import { infix } from '../codegen/python.ts';
import { defineMerge } from './merge.ts';

export const multiply = defineMerge({
  kind: 'Multiply',
  icon: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM9 9l6 6M15 9l-6 6',
  title: { en: 'Multiply', 'zh-TW': '相乘 Multiply' },
  summary: {
    en: 'Multiplies two or more inputs, number by number: lets one say how much of the other counts, as attention does.',
    'zh-TW': '把兩個以上的輸入逐一相乘：讓其中一個決定另一個有多重要，如注意力機制。',
  },
  repeats: true,
  torch: (inputs) => infix('*', ...inputs),
  build: (tf, config) => tf.layers.multiply(config),
});
