import { cropped } from '../codegen/torchWindow.ts';
import { limits } from './commonParams.ts';
import { padding2 } from './params.ts';
import { isPicture, shapeText } from './shape.ts';
import { needsPicture, setParam } from './slidingWindow.ts';
import { defineLayer, refuse, shaped } from './spec.ts';
import { numberText } from './window.ts';

export const cropping2d = defineLayer({
  kind: 'Cropping2D',
  version: 1,
  category: 'shape',
  icon: 'M6 2v16h16M2 6h16v16',
  title: { en: 'Cropping2D', 'zh-TW': '裁切 Cropping2D' },
  summary: {
    en: 'Cuts rows and columns off the edges of the picture, so that it fits another.',
    'zh-TW': '裁掉圖片邊緣的列與行，讓它與另一張大小相符。',
  },
  inputs: { min: 1, max: 1 },
  params: {
    cropping: padding2({
      max: limits.side,
      initial: [
        [1, 1],
        [1, 1],
      ],
      label: { en: 'Cropping', 'zh-TW': '裁切' },
      help: {
        en: 'Rows cut off above and below, columns cut off left and right. 0 keeps the edge; too much leaves nothing.',
        'zh-TW': '上方與下方裁掉的列數，左側與右側裁掉的行數。0 保留該邊；太多就什麼都不剩。',
      },
    }),
  },
  describe: ({ cropping: [[top, bottom], [left, right]] }) =>
    `${String(top)}, ${String(bottom)} · ${String(left)}, ${String(right)}`,
  outputShape({ cropping }, [input = []]) {
    if (!isPicture(input)) return refuse(needsPicture(input));
    const along = ([before, after]: readonly [number, number], side: number) => {
      const length = side - before - after;
      const text = `${String(side)} − ${String(before)} − ${String(after)} = ${numberText(length)}`;
      return { length, text };
    };
    const [height, width] = [along(cropping[0], input[0]), along(cropping[1], input[1])];
    if (height.length < 1 || width.length < 1) {
      const arithmetic = (height.length < 1 ? height : width).text;
      // What is cut first stays, as far as a row and a column are left.
      const fitting = ([before, after]: readonly [number, number], side: number) => {
        const first = Math.min(before, side - 1);
        return [first, Math.min(after, side - 1 - first)] as const;
      };
      const fits = [fitting(cropping[0], input[0]), fitting(cropping[1], input[1])];
      return refuse({
        code: 'crops-everything',
        values: { input: shapeText(input.slice(0, 2)), arithmetic },
        param: 'cropping',
        expected: `less than ${shapeText(input.slice(0, 2))} in all`,
        received: JSON.stringify(cropping),
        fixes: [
          setParam('cropping', fits, fits.map((sides) => sides.join(', ')).join(' · ')),
          { id: 'remove-source', values: {}, edit: { type: 'removeSource' } },
        ],
      });
    }
    return shaped([height.length, width.length, input[2]], [height.text, width.text]);
  },
  weights: () => [],
  macs: () => 0,
  reach: ({ cropping: [[top], [left]] }) => ({
    type: 'window',
    size: [1, 1],
    strides: [1, 1],
    dilation: [1, 1],
    before: [-top, -left],
  }),
  build: (tf, { cropping: [[top, bottom], [left, right]] }, { name }) => [
    tf.layers.cropping2D({
      cropping: [
        [top, bottom],
        [left, right],
      ],
      name,
    }),
  ],
  keras: { positional: ['cropping'] },
  pytorch: {
    layout: () => 'first',
    code: ({ cropping }, { inputs: [input = []] }) => ({ steps: [(x = '') => cropped(x, cropping, input)] }),
  },
  examples: [
    {
      params: {
        cropping: [
          [4, 4],
          [4, 4],
        ],
      },
      inputs: [[64, 64, 512]],
      shape: [56, 56, 512],
    },
    {
      params: {
        cropping: [
          [0, 1],
          [2, 3],
        ],
      },
      inputs: [[5, 6, 7]],
      shape: [4, 1, 7],
    },
  ],
});
