import { defineZeroPadding } from './edges.ts';

export const zeroPadding3d = defineZeroPadding({
  kind: 'ZeroPadding3D',
  axes: 3,
  icon: 'M3 8l9-5 9 5v9l-9 5-9-5zM3 8l9 5 9-5M12 13v9M8 11v5l4 2 4-2v-5',
  title: { en: 'ZeroPadding3D', 'zh-TW': '三維補零 ZeroPadding3D' },
  summary: {
    en: 'Puts zeros around a volume, so that windows reach its faces.',
    'zh-TW': '在立體四周補上零，讓窗口顧得到各面。',
  },
  help: {
    en: 'Slices before and behind, rows above and below, columns left and right.',
    'zh-TW': '前後的切片數、上下的列數、左右的行數。',
  },
  examples: [
    { params: {}, inputs: [[4, 5, 6, 2]], shape: [6, 7, 8, 2] },
    { params: { padding: [0, 1, 2, 0, 1, 3] }, inputs: [[2, 3, 4, 2]], shape: [3, 5, 8, 2] },
  ],
});
