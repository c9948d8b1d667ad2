import { cropped } from '../codegen/torchWindow.ts';
import { limits } from './commonParams.ts';
import { int } from './params.ts';
import { isPicture, shapeText } from './shape.ts';
import { needsPicture, setParam } from './slidingWindow.ts';
import { defineLayer, refuse, shaped } from './spec.ts';

/** How much is cut off before and behind; an odd rest goes behind, as Keras has it. */
function cut(side: number, kept: number): readonly [before: number, behind: number] {
  const before = Math.floor((side - kept) / 2);
  return [before, side - kept - before];
}

export const centerCrop = defineLayer({
  kind: 'CenterCrop',
  version: 1,
  category: 'shape',
  icon: 'M3 7V3h4M17 3h4v4M21 17v4h-4M7 21H3v-4M8 8h8v8H8z',
  title: { en: 'CenterCrop', 'zh-TW': '置中裁切 CenterCrop' },
  summary: {
    en: 'Keeps the middle of the picture and cuts off what is around it.',
    'zh-TW': '保留圖片的中央，裁掉四周。',
  },
  file: { harmless: ['factor', 'bounding_box_format'] },
  inputs: { min: 1, max: 1 },
  params: {
    height: int({
      min: 1,
      max: limits.side,
      initial: 20,
      label: { en: 'Height', 'zh-TW': '高' },
      help: {
        en: 'How many rows are kept; at most as many as there are. Too few cut off what is to be recognised.',
        'zh-TW': '保留多少列；最多與原圖相同。太少會裁掉要辨識的內容。',
      },
    }),
    width: int({
      min: 1,
      max: limits.side,
      initial: 20,
      label: { en: 'Width', 'zh-TW': '寬' },
      help: {
        en: 'How many columns are kept; at most as many as there are. Too few cut off what is to be recognised.',
        'zh-TW': '保留多少行；最多與原圖相同。太少會裁掉要辨識的內容。',
      },
    }),
  },
  describe: ({ height, width }) => shapeText([height, width]),
  outputShape({ height, width }, [input = []]) {
    if (!isPicture(input)) return refuse(needsPicture(input));
    if (height > input[0] || width > input[1]) {
      const fits = { height: Math.min(height, input[0]), width: Math.min(width, input[1]) };
      const low = height > input[0];
      const [fitting] = low ? [setParam('height', fits.height)] : [setParam('width', fits.width)];
      const both = { ...fitting, edit: { type: 'setParams', params: fits } } as const;
      return refuse({
        code: 'crop-larger-than-picture',
        values: { size: shapeText([height, width]), input: shapeText(input.slice(0, 2)) },
        param: low ? 'height' : 'width',
        expected: `at most ${shapeText(input.slice(0, 2))}`,
        received: shapeText([height, width]),
        fixes: [{ ...both, values: { param: 'height, width', value: shapeText([fits.height, fits.width]) } }],
      });
    }
    const text = (side: number, kept: number) => {
      const [before, behind] = cut(side, kept);
      return `${String(side)} − ${String(before)} − ${String(behind)} = ${String(kept)}`;
    };
    return shaped([height, width, input[2]], [text(input[0], height), text(input[1], width)]);
  },
  weights: () => [],
  macs: () => 0,
  // TensorFlow.js's own is off by a column, has no gradient, and writes its output's shape into its input's.
  build(tf, { height, width }, { name, inputs: [[rows = 0, columns = 0] = []] }) {
    const [vertical, horizontal] = [cut(rows, height), cut(columns, width)];
    return [tf.layers.cropping2D({ cropping: [[...vertical], [...horizontal]], name })];
  },
  pytorch: {
    layout: () => 'first',
    code: ({ height, width }, { inputs: [input = []] }) => ({
      steps: [
        (x = '') => cropped(x, [cut(input[0] ?? height, height), cut(input[1] ?? width, width)], input),
      ],
    }),
  },
  examples: [
    { params: { height: 20, width: 20 }, inputs: [[28, 28, 1]], shape: [20, 20, 1] },
    { params: { height: 4, width: 5 }, inputs: [[7, 5, 3]], shape: [4, 5, 3] },
  ],
});
