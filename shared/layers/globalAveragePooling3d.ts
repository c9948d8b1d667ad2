import { defineGlobalPooling } from './globalPooling.ts';

export const globalAveragePooling3d = defineGlobalPooling({
  kind: 'GlobalAveragePooling3D',
  icon: 'M3 8l9-5 9 5v9l-9 5-9-5zM3 8l9 5 9-5M12 13v9M7 12h4M16 11v4',
  title: { en: 'GlobalAveragePooling3D', 'zh-TW': '三維全域平均池化 GlobalAveragePooling3D' },
  summary: {
    en: 'Averages each whole channel of a volume to one number, without weights.',
    'zh-TW': '把立體的每個通道平均成一個數字，不需權重。',
  },
  axes: 3,
  torch: 'mean',
  build: (tf, config) => tf.layers.globalAveragePooling2d(config),
  examples: [{ params: {}, inputs: [[4, 7, 7, 12]], shape: [12] }],
});
