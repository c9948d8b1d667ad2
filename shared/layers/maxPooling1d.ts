import { definePooling } from './pooling.ts';

export const maxPooling1d = definePooling({
  kind: 'MaxPooling1D',
  icon: 'M2 9h20v6H2zM7 9v6M12 9v6M17 9v6M3 11h3v2H3zM13 11h3v2h-3z',
  title: { en: 'MaxPooling1D', 'zh-TW': '一維最大池化 MaxPooling1D' },
  summary: {
    en: 'Keeps the largest number of each window of a sequence: it grows shorter, what was found stays.',
    'zh-TW': '序列的每個窗口只留最大的數字：序列變短，找到的特徵仍在。',
  },
  torch: 'max',
  axes: 1,
  build: (tf, { poolSize: [size = 1], strides: [stride = 1], ...config }) =>
    tf.layers.maxPooling1d({ ...config, poolSize: [size], strides: [stride] }),
});
