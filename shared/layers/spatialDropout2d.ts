import { defineSpatialDropout } from './spatialDropout.ts';

export const spatialDropout2d = defineSpatialDropout({
  kind: 'SpatialDropout2D',
  axes: 2,
  icon: 'M3 3h12v12H3zM9 15v6h12V9h-6M6 6l6 6M12 6l-6 6',
  title: { en: 'SpatialDropout2D', 'zh-TW': '二維空間丟棄 SpatialDropout2D' },
  summary: {
    en: 'Sets whole channels of an image to zero while training: neighbouring pixels cannot stand in for each other.',
    'zh-TW': '訓練時把影像的整個通道設為零：相鄰的像素無法互相替代。',
  },
  examples: [{ params: { rate: 0.25 }, inputs: [[8, 8, 16]], shape: [8, 8, 16] }],
});
