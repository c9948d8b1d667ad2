import { call } from '../codegen/python.ts';
import { defineMerge } from './merge.ts';

export const maximum = defineMerge({
  kind: 'Maximum',
  icon: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8 14l4-5 4 5',
  title: { en: 'Maximum', 'zh-TW': '最大值 Maximum' },
  summary: {
    en: 'The largest of two or more inputs of one shape, number by number.',
    'zh-TW': '兩個以上形狀相同的輸入逐一取最大值。',
  },
  torch: (inputs) => inputs.reduce((a, b) => call('torch.maximum', [a, b])),
  build: (tf, config) => tf.layers.maximum(config),
});
