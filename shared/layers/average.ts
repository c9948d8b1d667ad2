import { infix } from '../codegen/python.ts';
import { defineMerge } from './merge.ts';

export const average = defineMerge({
  kind: 'Average',
  icon: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8 12h8M12 8v.01M12 16v.01',
  title: { en: 'Average', 'zh-TW': '平均 Average' },
  summary: {
    en: 'The mean of two or more inputs of one shape, number by number.',
    'zh-TW': '兩個以上形狀相同的輸入逐一取平均。',
  },
  torch: (inputs) => infix('+', ...inputs),
  torchAfter: (x, count) => infix('/', x, String(count)),
  build: (tf, config) => tf.layers.average(config),
});
