import { definePooling, triple } from './pooling.ts';

export const maxPooling3d = definePooling({
  kind: 'MaxPooling3D',
  icon: 'M3 8l9-5 9 5v9l-9 5-9-5zM3 8l9 5 9-5M12 13v9M5 12l4 2v4l-4-2z',
  title: { en: 'MaxPooling3D', 'zh-TW': '三維最大池化 MaxPooling3D' },
  summary: {
    en: 'Keeps the largest number of each window of a volume: it shrinks, what was found stays.',
    'zh-TW': '立體的每個窗口只留最大的數字：立體變小，找到的特徵仍在。',
  },
  torch: 'max',
  axes: 3,
  build: (tf, { poolSize, strides, ...config }) =>
    tf.layers.maxPooling3d({ ...config, poolSize: triple(poolSize), strides: triple(strides) }),
});
