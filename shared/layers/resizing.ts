import { kerasEnlarged, torchEnlarged } from '../codegen/enlarge.ts';
import { call, literal, shortSize, type Expression } from '../codegen/python.ts';
import { cropped } from '../codegen/torchWindow.ts';
import type * as tfl from '@tensorflow/tfjs-layers';

import { limits } from './commonParams.ts';
import { choice, int, toggle } from './params.ts';
import { isPicture, shapeText } from './shape.ts';
import { needsPicture, setParam } from './slidingWindow.ts';
import { defineLayer, refuse, shaped, type TensorFlowLayers } from './spec.ts';

type Interpolation = 'bilinear' | 'nearest';

/** The nearest side that is a whole multiple of the other or divides it. */
function nearestWhole(side: number, wanted: number): number {
  if (wanted >= side)
    return Math.min(Math.round(wanted / side) * side, Math.floor(limits.side / side) * side);
  const divisors = Array.from({ length: side }, (_, at) => at + 1).filter((part) => side % part === 0);
  return divisors.reduce(
    (best, part) => (Math.abs(part - wanted) < Math.abs(best - wanted) ? part : best),
    side,
  );
}

const isWhole = (side: number, wanted: number) => wanted % side === 0 || side % wanted === 0;

/** What is cut off, and the window of which one number is kept, where an axis shrinks by a whole factor. */
function shrinking(side: number, wanted: number, interpolation: Interpolation) {
  const factor = wanted < side ? side / wanted : 1;
  // The centre of each stretch: a number, or where it lies between two, their mean or the later one.
  const between = factor % 2 === 0 && interpolation === 'bilinear';
  const before = between ? factor / 2 - 1 : Math.floor(factor / 2);
  const window = between ? 2 : 1;
  return { factor, window, cut: [before, factor - window - before] as [number, number] };
}

/**
 * Layers that resize a picture by whole factors as Keras's Resizing does. TensorFlow.js's own cannot be run within a
 * network: it loses the batch, and reads its input as if it were no list.
 */
function resized(
  tf: TensorFlowLayers,
  name: string,
  [rows, columns]: readonly [number, number],
  [height, width]: readonly [number, number],
  interpolation: Interpolation,
): readonly tfl.layers.Layer[] {
  const axes = [shrinking(rows, height, interpolation), shrinking(columns, width, interpolation)] as const;
  const [down, across] = axes;
  const steps: ((name: string) => tfl.layers.Layer)[] = [];
  if (axes.some(({ cut }) => cut[0] + cut[1] > 0))
    steps.push((name) => tf.layers.cropping2D({ cropping: [down.cut, across.cut], name }));
  if (axes.some(({ factor }) => factor > 1))
    steps.push((name) =>
      tf.layers.averagePooling2d({
        poolSize: [down.window, across.window],
        strides: [down.factor, across.factor],
        name,
      }),
    );
  const size: [number, number] = [Math.max(1, height / rows), Math.max(1, width / columns)];
  if (steps.length === 0 || size.some((times) => times > 1))
    steps.push((name) => tf.layers.upSampling2d({ size, interpolation, name }));
  return steps.map((make, at) => make(at === steps.length - 1 ? name : `${name}.step_${String(at + 1)}`));
}

export const resizing = defineLayer({
  kind: 'Resizing',
  version: 1,
  category: 'shape',
  icon: 'M3 3h10v10H3zM3 3h18v18H3zM13 13l6 6M15 19h4v-4',
  title: { en: 'Resizing', 'zh-TW': '縮放圖片 Resizing' },
  summary: {
    en: 'Makes the picture a given size, by a whole factor along each side.',
    'zh-TW': '把圖片變成指定的大小，每邊依整數倍縮放。',
  },
  file: {
    // How a picture is padded that is not.
    harmless: ['fill_mode', 'fill_value', 'factor', 'bounding_box_format'],
    only: { pad_to_aspect_ratio: [false], antialias: [false] },
  },
  inputs: { min: 1, max: 1 },
  params: {
    height: int({
      min: 1,
      max: limits.side,
      initial: 14,
      label: { en: 'Height', 'zh-TW': '高' },
      help: {
        en: 'Rows of the result: a multiple of those that come in, or a number that divides them. Larger costs time everywhere behind it; smaller loses detail.',
        'zh-TW': '結果的列數：須是輸入列數的倍數或因數。越大後面越費時；越小則失去細節。',
      },
    }),
    width: int({
      min: 1,
      max: limits.side,
      initial: 14,
      label: { en: 'Width', 'zh-TW': '寬' },
      help: {
        en: 'Columns of the result: a multiple of those that come in, or a number that divides them. Larger costs time everywhere behind it; smaller loses detail.',
        'zh-TW': '結果的行數：須是輸入行數的倍數或因數。越大後面越費時；越小則失去細節。',
      },
    }),
    interpolation: choice({
      options: ['bilinear', 'nearest'],
      default: 'bilinear',
      label: { en: 'Interpolation', 'zh-TW': '內插' },
      help: {
        en: 'bilinear blends neighbours; nearest takes one of them. Where bilinear enlarges, TensorFlow.js differs a little from Keras.',
        'zh-TW':
          'bilinear 混合相鄰像素；nearest 取其中一個。以 bilinear 放大時，TensorFlow.js 與 Keras 略有不同。',
      },
    }),
    cropToAspectRatio: toggle({
      default: false,
      advanced: true,
      label: { en: 'Crop to aspect ratio', 'zh-TW': '依比例裁切' },
      help: {
        en: 'Would cut the picture so that it is not stretched; TensorFlow.js does not compute it. CenterCrop before it does.',
        'zh-TW': '裁切圖片使其不變形；TensorFlow.js 無法計算。可在前面加上 CenterCrop。',
      },
    }),
  },
  describe: ({ height, width, interpolation }) => `${shapeText([height, width])} · ${interpolation}`,
  outputShape({ height, width, cropToAspectRatio }, [input = []]) {
    if (!isPicture(input)) return refuse(needsPicture(input));
    if (cropToAspectRatio) {
      return refuse({
        code: 'crop-to-ratio',
        values: {},
        param: 'cropToAspectRatio',
        expected: 'false',
        received: 'true',
        fixes: [setParam('cropToAspectRatio', false)],
      });
    }
    const [rows, columns, channels] = input;
    if (!isWhole(rows, height) || !isWhole(columns, width)) {
      const fits = { height: nearestWhole(rows, height), width: nearestWhole(columns, width) };
      const text = shapeText([fits.height, fits.width]);
      return refuse({
        code: 'no-whole-factor',
        values: { size: shapeText([height, width]), input: shapeText([rows, columns]) },
        param: isWhole(rows, height) ? 'width' : 'height',
        expected: text,
        received: shapeText([height, width]),
        fixes: [
          {
            id: 'set-param',
            values: { param: 'height, width', value: text },
            edit: { type: 'setParams', params: fits },
          },
        ],
      });
    }
    const along = (side: number, wanted: number) =>
      wanted >= side
        ? `${String(side)}·${String(wanted / side)} = ${String(wanted)}`
        : `${String(side)}/${String(side / wanted)} = ${String(wanted)}`;
    return shaped([height, width, channels], [along(rows, height), along(columns, width)]);
  },
  weights: () => [],
  macs: () => 0,
  // Along an axis that shrinks every so many numbers one is kept, or the mean of two; one that grows has parts of them.
  reach({ height, width, interpolation }, [[rows = 1, columns = 1] = []]) {
    const size = (side: number, wanted: number) => {
      if (wanted < side) return shrinking(side, wanted, interpolation).window;
      return interpolation === 'nearest' ? 1 : 2 - side / wanted;
    };
    return {
      type: 'window',
      size: [size(rows, height), size(columns, width)],
      strides: [rows / height, columns / width],
      dilation: [1, 1],
    };
  },
  build: (tf, { height, width, interpolation }, { name, inputs: [[rows = 1, columns = 1] = []] }) =>
    resized(tf, name, [rows, columns], [height, width], interpolation),
  kerasCalls({ height, width, interpolation }, { inputs: [[rows = 1, columns = 1] = []], output }) {
    const size = [Math.max(1, height / rows), Math.max(1, width / columns)];
    const method = interpolation === 'bilinear' ? undefined : JSON.stringify(interpolation);
    const given = (h: number, w: number) =>
      call('layers.Resizing', [String(h), String(w)], { interpolation: method });
    if (interpolation === 'nearest' || size.every((times) => times === 1)) return [given(height, width)];
    const small = [Math.min(height, rows), Math.min(width, columns)] as const;
    const shrunk = small[0] < rows || small[1] < columns ? [given(...small)] : [];
    return [...shrunk, kerasEnlarged(size, output)];
  },
  pytorch: {
    layout: () => 'first',
    code({ height, width, interpolation }, { inputs: [input = []] }) {
      const [rows = 1, columns = 1] = input;
      const axes = [shrinking(rows, height, interpolation), shrinking(columns, width, interpolation)];
      const size = [Math.max(1, height / rows), Math.max(1, width / columns)];
      const pair = (numbers: readonly number[]) => literal(shortSize(numbers));
      const pooled = (x: Expression) =>
        call('F.avg_pool2d', [x, pair(axes.map(({ window }) => window))], {
          stride: pair(axes.map(({ factor }) => factor)),
        });
      const enlarged = (x: Expression) =>
        interpolation === 'nearest'
          ? call('F.interpolate', [x], { scale_factor: pair(size) })
          : torchEnlarged(x, size);
      return {
        steps: [
          ...(axes.some(({ cut }) => cut[0] + cut[1] > 0)
            ? [
                (x: Expression = '') =>
                  cropped(
                    x,
                    axes.map(({ cut }) => cut),
                    input,
                  ),
              ]
            : []),
          ...(axes.some(({ factor }) => factor > 1) ? [(x: Expression = '') => pooled(x)] : []),
          ...(size.some((times) => times > 1) ? [(x: Expression = '') => enlarged(x)] : []),
        ],
      };
    },
  },
  examples: [
    { params: { height: 14, width: 14 }, inputs: [[28, 28, 1]], shape: [14, 14, 1] },
    { params: { height: 56, width: 4, interpolation: 'nearest' }, inputs: [[28, 12, 2]], shape: [56, 4, 2] },
    { params: { height: 5, width: 6 }, inputs: [[5, 6, 1]], shape: [5, 6, 1] },
  ],
});
