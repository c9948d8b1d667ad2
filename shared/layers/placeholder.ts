import { limits } from './commonParams.ts';
import { list, maxAxes, optional } from './params.ts';
import { shapeText } from './shape.ts';
import { defineLayer, flawed, refuse, shaped } from './spec.ts';

/** The open side: as long as that of the first input. */
const asInput = -1;

/** Stands for a layer of a file that Convas does not know: its shape is known, and nothing can be computed with it. */
export const placeholder = defineLayer({
  kind: 'Placeholder',
  version: 1,
  category: 'shape',
  icon: 'M4 4h3M10.5 4h3M17 4h3v3M20 10.5v3M20 17v3h-3M13.5 20h-3M7 20H4v-3M4 13.5v-3M4 7V4M12 15v.01M12 12.5c0-1.5 2-1.5 2-3a2 2 0 0 0-4 0',
  title: { en: 'Unknown layer', 'zh-TW': '未知的層' },
  summary: {
    en: 'Stands for a layer of an opened file that Convas does not know. It keeps its place and its shape, and computes nothing.',
    'zh-TW': '代表開啟的檔案中 Convas 不認識的層。它保留位置與形狀，但不計算任何東西。',
  },
  inputs: { min: 0, max: Infinity },
  params: {
    shape: optional(
      list({
        min: asInput,
        max: limits.side * limits.side,
        maxLength: maxAxes,
        label: { en: 'Output shape', 'zh-TW': '輸出形狀' },
        help: {
          en: 'What the layer gives, without the batch; −1 is a side as long as that of its input. Without it the output has the shape of the input.',
          'zh-TW': '這一層輸出的形狀，不含批次；−1 表示與輸入的同一邊等長。沒有設定時，輸出與輸入形狀相同。',
        },
      }),
    ),
  },
  describe: ({ shape }) => (shape === null ? '?' : shapeText(shape.filter((side) => side > 0))),
  outputShape({ shape }, [input]) {
    const sides = shape?.map((side, axis) => (side === asInput ? (input?.[axis] ?? 0) : side)) ?? input;
    if (sides === undefined || sides.some((side) => side < 1))
      return refuse({ code: 'empty-side', values: { target: shapeText(shape ?? []) }, param: 'shape' });
    const isSame = input !== undefined && shapeText(input) === shapeText(sides);
    return flawed(shaped(sides), {
      code: 'placeholder-layer',
      values: {},
      fixes: isSame ? [{ id: 'remove-layer', values: {}, edit: { type: 'removeSelf' } }] : [],
    });
  },
  weights: () => [],
  macs: () => 0,
  reach: () => ({ type: 'whole' }),
  mask: 'passes',
  build() {
    throw new Error('A placeholder has an error of its own, so no network with one is ever built.');
  },
  examples: [
    { params: { shape: [7, 7, 64] }, inputs: [[14, 14, 32]], shape: [7, 7, 64] },
    { params: { shape: [-1, 8] }, inputs: [[20, 4]], shape: [20, 8] },
    { params: {}, inputs: [[5, 5, 2]], shape: [5, 5, 2] },
  ],
});
