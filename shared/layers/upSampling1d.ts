import { defineUpSampling } from './upSampling.ts';

export const upSampling1d = defineUpSampling({
  kind: 'UpSampling1D',
  axes: 1,
  icon: 'M2 10h9v4H2zM13 10h9v4h-9zM6 6l3-3 3 3M9 3v5',
  title: { en: 'UpSampling1D', 'zh-TW': '一維上取樣 UpSampling1D' },
  summary: {
    en: 'Makes a sequence longer by repeating its steps, without weights.',
    'zh-TW': '重複序列的每一步使它變長，不需權重。',
  },
  help: {
    en: 'How many times as long. 2 makes twice as many steps; 1 changes nothing.',
    'zh-TW': '變成幾倍長。2 的步數加倍；1 則沒有變化。',
  },
  examples: [
    { params: {}, inputs: [[10, 4]], shape: [20, 4] },
    { params: { size: [3] }, inputs: [[5, 2]], shape: [15, 2] },
  ],
});
