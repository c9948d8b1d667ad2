import { defineGlobalPooling } from './globalPooling.ts';

export const globalAveragePooling1d = defineGlobalPooling({
  kind: 'GlobalAveragePooling1D',
  icon: 'M2 9h20v6H2zM7 9v6M17 9v6M9 12h6M12 17v4M10 19l2 2 2-2',
  title: { en: 'GlobalAveragePooling1D', 'zh-TW': '一維全域平均池化 GlobalAveragePooling1D' },
  summary: {
    en: 'Averages a whole sequence, feature by feature, to one row of numbers, however long it is.',
    'zh-TW': '把整個序列逐特徵平均成一列數字，與序列長度無關。',
  },
  torch: 'mean',
  axes: 1,
  build: (tf, config) => tf.layers.globalAveragePooling1d(config),
  examples: [{ params: {}, inputs: [[50, 32]], shape: [32] }],
});
