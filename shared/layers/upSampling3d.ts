import { defineUpSampling } from './upSampling.ts';

export const upSampling3d = defineUpSampling({
  kind: 'UpSampling3D',
  axes: 3,
  icon: 'M3 8l9-5 9 5v9l-9 5-9-5zM3 8l9 5 9-5M12 13v9M15 3l4-2M17 6h4V2',
  title: { en: 'UpSampling3D', 'zh-TW': '三維上取樣 UpSampling3D' },
  summary: {
    en: 'Enlarges a volume by repeating its slices, rows and columns, without weights.',
    'zh-TW': '重複切片、列與行來放大立體，不需權重。',
  },
  help: {
    en: 'How many times as deep, as high and as wide. 2 × 2 × 2 makes eight times as many numbers; 1 × 1 × 1 changes nothing.',
    'zh-TW': '深、高與寬各放大幾倍。2 × 2 × 2 的數字是八倍；1 × 1 × 1 則沒有變化。',
  },
  examples: [
    { params: {}, inputs: [[4, 5, 6, 2]], shape: [8, 10, 12, 2] },
    { params: { size: [1, 3, 2] }, inputs: [[2, 3, 4, 1]], shape: [2, 9, 8, 1] },
  ],
});
