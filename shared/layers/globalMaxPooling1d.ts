import { defineGlobalPooling } from './globalPooling.ts';

export const globalMaxPooling1d = defineGlobalPooling({
  kind: 'GlobalMaxPooling1D',
  icon: 'M2 9h20v6H2zM7 9v6M17 9v6M10 11h4v2h-4zM12 17v4M10 19l2 2 2-2',
  title: { en: 'GlobalMaxPooling1D', 'zh-TW': '一維全域最大池化 GlobalMaxPooling1D' },
  summary: {
    en: 'Keeps the largest number of each feature over a whole sequence: whether it occurs at all.',
    'zh-TW': '整個序列中每個特徵只留最大的數字：某個特徵是否出現過。',
  },
  torch: 'amax',
  axes: 1,
  build: (tf, config) => tf.layers.globalMaxPooling1d(config),
  examples: [{ params: {}, inputs: [[50, 32]], shape: [32] }],
});
