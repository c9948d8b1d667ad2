import { definePooling, pair } from './pooling.ts';

export const maxPooling2d = definePooling({
  kind: 'MaxPooling2D',
  usual: true,
  frequent: true,
  icon: 'M3 3h18v18H3zM12 3v18M3 12h18M5 5h5v5H5z',
  title: { en: 'MaxPooling2D', 'zh-TW': '最大池化 MaxPooling2D' },
  summary: {
    en: 'Keeps the largest number of each window: the picture shrinks, what was found stays.',
    'zh-TW': '每個窗口只留最大的數字：圖片變小，找到的特徵仍在。',
  },
  torch: 'max',
  axes: 2,
  build: (tf, { poolSize, strides, ...config }) =>
    tf.layers.maxPooling2d({ ...config, poolSize: pair(poolSize), strides: pair(strides) }),
});
