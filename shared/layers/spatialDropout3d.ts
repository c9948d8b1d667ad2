import { defineSpatialDropout } from './spatialDropout.ts';

export const spatialDropout3d = defineSpatialDropout({
  kind: 'SpatialDropout3D',
  axes: 3,
  icon: 'M3 8l9-5 9 5v9l-9 5-9-5zM3 8l9 5 9-5M12 13v9M6 13l4 5M10 13l-4 5',
  title: { en: 'SpatialDropout3D', 'zh-TW': '三維空間丟棄 SpatialDropout3D' },
  summary: {
    en: 'Sets whole channels of a volume to zero while training: neighbouring points cannot stand in for each other.',
    'zh-TW': '訓練時把立體的整個通道設為零：相鄰的點無法互相替代。',
  },
  examples: [{ params: { rate: 0.25 }, inputs: [[4, 5, 6, 8]], shape: [4, 5, 6, 8] }],
});
