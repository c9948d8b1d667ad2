import { defineGlobalPooling } from './globalPooling.ts';

export const globalMaxPooling2d = defineGlobalPooling({
  kind: 'GlobalMaxPooling2D',
  icon: 'M3 3h18v18H3zM9 9h6v6H9zM6 6l3 3M18 6l-3 3M6 18l3-3M18 18l-3-3',
  title: { en: 'GlobalMaxPooling2D', 'zh-TW': '全域最大池化 GlobalMaxPooling2D' },
  summary: {
    en: 'Keeps the largest number of each whole channel: whether a feature is anywhere at all.',
    'zh-TW': '每個通道整張只留最大的數字：某個特徵是否出現過。',
  },
  axes: 2,
  torch: 'amax',
  build: (tf, config) => tf.layers.globalMaxPooling2d(config),
  examples: [{ params: {}, inputs: [[7, 7, 512]], shape: [512] }],
});
