import { kerasEnlarged, torchEnlarged } from '../codegen/enlarge.ts';
import { call, literal, shortSize } from '../codegen/python.ts';
import { limits, strideText } from './commonParams.ts';
import { choice, size2 } from './params.ts';
import { isPicture } from './shape.ts';
import { needsPicture } from './slidingWindow.ts';
import { defineLayer, refuse, shaped } from './spec.ts';

export const upSampling2d = defineLayer({
  kind: 'UpSampling2D',
  version: 1,
  category: 'shape',
  usual: true,
  icon: 'M4 14h6v6H4zM4 10V4h16v16h-6M12 12l5-5M13 7h4v4',
  title: { en: 'UpSampling2D', 'zh-TW': '上取樣 UpSampling2D' },
  summary: {
    en: 'Enlarges the picture by repeating its rows and columns, without weights.',
    'zh-TW': '重複列與行來放大圖片，不需權重。',
  },
  inputs: { min: 1, max: 1 },
  params: {
    size: size2({
      min: 1,
      max: limits.window,
      default: [2, 2],
      label: { en: 'Size', 'zh-TW': '倍數' },
      help: {
        en: 'How many times as high and as wide. 2 × 2 makes four times as many numbers; 1 × 1 changes nothing.',
        'zh-TW': '高與寬各放大幾倍。2 × 2 的數字是四倍；1 × 1 則沒有變化。',
      },
    }),
    interpolation: choice({
      options: ['nearest', 'bilinear'],
      default: 'nearest',
      label: { en: 'Interpolation', 'zh-TW': '內插' },
      help: {
        en: 'nearest repeats pixels, blocky and exact; bilinear blends neighbours, smooth. TensorFlow.js blends from the corner of a pixel, Keras from its centre, so that bilinear differs a little between them.',
        'zh-TW':
          'nearest 重複像素，呈方塊狀；bilinear 混合相鄰像素，較平滑。TensorFlow.js 從像素的角落內插，Keras 從中心，因此兩者的 bilinear 略有不同。',
      },
    }),
  },
  describe: ({ size, interpolation }) => `× ${strideText(size)} · ${interpolation}`,
  outputShape({ size }, [input = []]) {
    if (!isPicture(input)) return refuse(needsPicture(input));
    const [height, width, channels] = input;
    const text = (side: number, times: number) =>
      `${String(side)}·${String(times)} = ${String(side * times)}`;
    return shaped(
      [height * size[0], width * size[1], channels],
      [text(height, size[0]), text(width, size[1])],
    );
  },
  weights: () => [],
  macs: () => 0,
  // Of a pixel are made as many as `size`; blending takes in the next one too.
  reach({ size: [height, width], interpolation }) {
    const side = (times: number) => (interpolation === 'nearest' ? 1 : 2 - 1 / times);
    return {
      type: 'window',
      size: [side(height), side(width)],
      strides: [1 / height, 1 / width],
      dilation: [1, 1],
      ...(interpolation === 'nearest' ? {} : { before: [height - 1, width - 1] as const }),
    };
  },
  build: (tf, { size, interpolation }, { name }) => [
    tf.layers.upSampling2d({ size: [...size], interpolation, name }),
  ],
  kerasCalls: ({ size, interpolation }, { output }) => {
    const short = literal(shortSize(size));
    if (interpolation === 'nearest') return [call('layers.UpSampling2D', [short])];
    return [kerasEnlarged(size, output)];
  },
  pytorch: {
    layout: () => 'first',
    code: ({ size, interpolation }) => ({
      steps: [
        (x = '') =>
          interpolation === 'nearest'
            ? call('F.interpolate', [x], { scale_factor: literal(shortSize(size)) })
            : torchEnlarged(x, size),
      ],
    }),
  },
  examples: [
    { params: {}, inputs: [[7, 7, 16]], shape: [14, 14, 16] },
    { params: { size: [3, 1], interpolation: 'bilinear' }, inputs: [[4, 5, 2]], shape: [12, 5, 2] },
  ],
});
