import { defineCropping } from './edges.ts';

export const cropping1d = defineCropping({
  kind: 'Cropping1D',
  axes: 1,
  icon: 'M2 9h20v6H2zM7 5v14M17 5v14',
  title: { en: 'Cropping1D', 'zh-TW': '一維裁切 Cropping1D' },
  summary: {
    en: 'Cuts steps off the ends of a sequence, so that it fits another.',
    'zh-TW': '裁掉序列兩端的步，讓它與另一個長度相符。',
  },
  help: {
    en: 'Steps cut off at the beginning and at the end. 0 keeps the end; too much leaves nothing.',
    'zh-TW': '開頭與結尾裁掉的步數。0 保留該端；太多就什麼都不剩。',
  },
  examples: [
    { params: {}, inputs: [[10, 4]], shape: [8, 4] },
    { params: { cropping: [3, 0] }, inputs: [[5, 3]], shape: [2, 3] },
  ],
});
