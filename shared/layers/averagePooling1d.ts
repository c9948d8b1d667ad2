import { definePooling } from './pooling.ts';

export const averagePooling1d = definePooling({
  kind: 'AveragePooling1D',
  icon: 'M2 9h20v6H2zM7 9v6M12 9v6M17 9v6M3.5 12h2M8.5 12h2M13.5 12h2M18.5 12h2',
  title: { en: 'AveragePooling1D', 'zh-TW': '一維平均池化 AveragePooling1D' },
  summary: {
    en: 'Keeps the mean of each window of a sequence: it grows shorter and smoother.',
    'zh-TW': '序列的每個窗口取平均值：序列變短也變得平滑。',
  },
  torch: 'avg',
  axes: 1,
  build: (tf, { poolSize: [size = 1], strides: [stride = 1], ...config }) =>
    tf.layers.averagePooling1d({ ...config, poolSize: [size], strides: [stride] }),
});
