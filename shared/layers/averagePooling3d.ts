import { definePooling, triple } from './pooling.ts';

export const averagePooling3d = definePooling({
  kind: 'AveragePooling3D',
  icon: 'M3 8l9-5 9 5v9l-9 5-9-5zM3 8l9 5 9-5M12 13v9M6 14l3 1.5M15 15.5l3-1.5',
  title: { en: 'AveragePooling3D', 'zh-TW': '三維平均池化 AveragePooling3D' },
  summary: {
    en: 'Keeps the mean of each window of a volume: it shrinks and grows smoother.',
    'zh-TW': '立體的每個窗口取平均值：立體變小也變得平滑。',
  },
  torch: 'avg',
  axes: 3,
  build: (tf, { poolSize, strides, ...config }) =>
    tf.layers.averagePooling3d({ ...config, poolSize: triple(poolSize), strides: triple(strides) }),
});
