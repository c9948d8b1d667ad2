import { defineCropping } from './edges.ts';

export const cropping3d = defineCropping({
  kind: 'Cropping3D',
  axes: 3,
  icon: 'M3 8l9-5 9 5v9l-9 5-9-5zM3 8l9 5 9-5M12 13v9M1 12h6M17 12h6',
  title: { en: 'Cropping3D', 'zh-TW': '三維裁切 Cropping3D' },
  summary: {
    en: 'Cuts slices, rows and columns off a volume, so that it fits another.',
    'zh-TW': '裁掉立體的切片、列與行，讓它與另一個大小相符。',
  },
  help: {
    en: 'Slices cut off before and behind, rows above and below, columns left and right. 0 keeps the side; too much leaves nothing.',
    'zh-TW': '前後的切片、上下的列、左右的行各裁掉多少。0 保留該邊；太多就什麼都不剩。',
  },
  examples: [
    { params: {}, inputs: [[4, 5, 6, 2]], shape: [2, 3, 4, 2] },
    { params: { cropping: [0, 1, 2, 0, 1, 1] }, inputs: [[3, 4, 5, 2]], shape: [2, 2, 3, 2] },
  ],
});
