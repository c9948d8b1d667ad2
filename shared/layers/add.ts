import { infix } from '../codegen/python.ts';
import { defineMerge } from './merge.ts';

export const add = defineMerge({
  kind: 'Add',
  usual: true,
  icon: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 8v8M8 12h8',
  title: { en: 'Add', 'zh-TW': '相加 Add' },
  summary: {
    en: 'Adds two or more inputs of one shape, number by number: the skip connection of a residual network.',
    'zh-TW': '把兩個以上形狀相同的輸入逐一相加：殘差網路的跳接。',
  },
  torch: (inputs) => infix('+', ...inputs),
  build: (tf, config) => tf.layers.add(config),
});
