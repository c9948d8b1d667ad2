import { padded } from '../codegen/torchWindow.ts';
import { limits } from './commonParams.ts';
import { padding2 } from './params.ts';
import { isPicture } from './shape.ts';
import { needsPicture } from './slidingWindow.ts';
import { defineLayer, refuse, shaped } from './spec.ts';

export const zeroPadding2d = defineLayer({
  kind: 'ZeroPadding2D',
  version: 1,
  category: 'shape',
  usual: true,
  icon: 'M3 3h18v18H3zM7 7h10v10H7z',
  title: { en: 'ZeroPadding2D', 'zh-TW': '補零 ZeroPadding2D' },
  summary: {
    en: 'Puts rows and columns of zeros around the picture, so that windows reach its edges.',
    'zh-TW': '在圖片四周補上零的列與行，讓窗口顧得到邊緣。',
  },
  inputs: { min: 1, max: 1 },
  params: {
    padding: padding2({
      max: limits.window,
      default: [
        [1, 1],
        [1, 1],
      ],
      label: { en: 'Padding', 'zh-TW': '填補' },
      help: {
        en: 'Rows above and below, columns left and right.',
        'zh-TW': '上方與下方的列數，左側與右側的行數。',
      },
    }),
  },
  describe: ({ padding: [[top, bottom], [left, right]] }) =>
    `${String(top)}, ${String(bottom)} · ${String(left)}, ${String(right)}`,
  outputShape({ padding: [[top, bottom], [left, right]] }, [input = []]) {
    if (!isPicture(input)) return refuse(needsPicture(input));
    const [height, width, channels] = input;
    const sum = (side: number, before: number, after: number) => side + before + after;
    const text = (side: number, before: number, after: number) =>
      `${String(side)} + ${String(before)} + ${String(after)} = ${String(sum(side, before, after))}`;
    return shaped(
      [sum(height, top, bottom), sum(width, left, right), channels],
      [text(height, top, bottom), text(width, left, right)],
    );
  },
  weights: () => [],
  macs: () => 0,
  reach: ({ padding: [[top], [left]] }) => ({
    type: 'window',
    size: [1, 1],
    strides: [1, 1],
    dilation: [1, 1],
    before: [top, left],
  }),
  build: (tf, { padding: [[top, bottom], [left, right]] }, { name }) => [
    tf.layers.zeroPadding2d({
      padding: [
        [top, bottom],
        [left, right],
      ],
      name,
    }),
  ],
  keras: { positional: ['padding'] },
  pytorch: {
    layout: () => 'first',
    code: ({ padding }) => ({ steps: [(x = '') => padded(x, padding)] }),
  },
  examples: [
    { params: {}, inputs: [[28, 28, 1]], shape: [30, 30, 1] },
    {
      params: {
        padding: [
          [0, 1],
          [2, 3],
        ],
      },
      inputs: [[5, 6, 7]],
      shape: [6, 11, 7],
    },
  ],
});
