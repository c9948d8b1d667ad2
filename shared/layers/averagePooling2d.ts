import { definePooling, pair } from './pooling.ts';

export const averagePooling2d = definePooling({
  kind: 'AveragePooling2D',
  usual: true,
  icon: 'M3 3h18v18H3zM12 3v18M3 12h18M6 7.5h3M15 7.5h3M6 16.5h3M15 16.5h3',
  title: { en: 'AveragePooling2D', 'zh-TW': '平均池化 AveragePooling2D' },
  summary: {
    en: 'Keeps the mean of each window: the picture shrinks and grows smoother.',
    'zh-TW': '每個窗口取平均值：圖片變小也變得平滑。',
  },
  torch: 'avg',
  axes: 2,
  build: (tf, { poolSize, strides, ...config }) =>
    tf.layers.averagePooling2d({ ...config, poolSize: pair(poolSize), strides: pair(strides) }),
});
