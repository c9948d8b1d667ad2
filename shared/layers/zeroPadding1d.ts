import { defineZeroPadding } from './edges.ts';

export const zeroPadding1d = defineZeroPadding({
  kind: 'ZeroPadding1D',
  axes: 1,
  icon: 'M2 9h20v6H2zM6 9v6M18 9v6',
  title: { en: 'ZeroPadding1D', 'zh-TW': '一維補零 ZeroPadding1D' },
  summary: {
    en: 'Puts steps of zeros before and behind a sequence, so that windows reach its ends.',
    'zh-TW': '在序列前後補上零的步，讓窗口顧得到兩端。',
  },
  help: { en: 'Steps before and steps behind.', 'zh-TW': '前面與後面補的步數。' },
  examples: [
    { params: {}, inputs: [[10, 4]], shape: [12, 4] },
    { params: { padding: [2, 0] }, inputs: [[5, 3]], shape: [7, 3] },
  ],
});
