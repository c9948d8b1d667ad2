import { defineGlobalPooling } from './globalPooling.ts';

export const globalMaxPooling3d = defineGlobalPooling({
  kind: 'GlobalMaxPooling3D',
  icon: 'M3 8l9-5 9 5v9l-9 5-9-5zM3 8l9 5 9-5M12 13v9M10 7h4v3h-4z',
  title: { en: 'GlobalMaxPooling3D', 'zh-TW': '三維全域最大池化 GlobalMaxPooling3D' },
  summary: {
    en: 'Keeps the largest number of each whole channel of a volume: whether a feature is anywhere at all.',
    'zh-TW': '立體的每個通道只留最大的數字：某個特徵是否出現過。',
  },
  axes: 3,
  torch: 'amax',
  build: (tf, config) => tf.layers.globalMaxPooling2d(config),
  examples: [{ params: {}, inputs: [[4, 7, 7, 12]], shape: [12] }],
});
