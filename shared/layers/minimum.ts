import { call } from '../codegen/python.ts';
import { defineMerge } from './merge.ts';

export const minimum = defineMerge({
  kind: 'Minimum',
  icon: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8 10l4 5 4-5',
  title: { en: 'Minimum', 'zh-TW': '最小值 Minimum' },
  summary: {
    en: 'The smallest of two or more inputs of one shape, number by number.',
    'zh-TW': '兩個以上形狀相同的輸入逐一取最小值。',
  },
  torch: (inputs) => inputs.reduce((a, b) => call('torch.minimum', [a, b])),
  build: (tf, config) => tf.layers.minimum(config),
});
