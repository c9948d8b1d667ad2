import { call, inline } from '../codegen/python.ts';
import { list, maxAxes } from './params.ts';
import { shapeText, type Shape } from './shape.ts';
import { setParam } from './slidingWindow.ts';
import { defineLayer, refuse, shaped } from './spec.ts';

function isOrderOf(dims: readonly number[], input: Shape): boolean {
  return dims.length === input.length && input.every((_, at) => dims.includes(at + 1));
}

export const permute = defineLayer({
  kind: 'Permute',
  version: 1,
  category: 'shape',
  icon: 'M4 4h6v10H4zM13 13h8v6h-8zM13 5c4 0 5 2 5 5M16 8l2 2 2-2',
  title: { en: 'Permute', 'zh-TW': '換軸 Permute' },
  summary: {
    en: 'Puts the axes into another order: rows become columns, channels become steps.',
    'zh-TW': '改變各軸的順序：列變成行，通道變成步。',
  },
  inputs: { min: 1, max: 1 },
  params: {
    dims: list({
      min: 1,
      max: maxAxes,
      maxLength: maxAxes,
      initial: [2, 1, 3],
      label: { en: 'Order of axes', 'zh-TW': '軸的順序' },
      help: {
        en: 'Which axis stands where, each once, without the batch: 2, 1, 3 exchanges height and width of a picture; 1, 2, 3 changes nothing.',
        'zh-TW': '哪一軸排在哪裡，每軸一次，不含批次：2, 1, 3 交換圖片的高與寬；1, 2, 3 則沒有變化。',
      },
    }),
  },
  describe: ({ dims }) => dims.join(', '),
  outputShape({ dims }, [input = []]) {
    if (isOrderOf(dims, input)) return shaped(dims.map((dim) => input[dim - 1] ?? 0));
    const axes = input.map((_, at) => at + 1);
    const exchanged = [...axes.slice(0, 2).reverse(), ...axes.slice(2)];
    return refuse({
      code: 'not-an-order',
      values: { dims: dims.join(', '), input: shapeText(input), axes: input.length },
      param: 'dims',
      expected: `1 to ${String(input.length)}, each once`,
      received: `[${dims.join(', ')}]`,
      fixes: [setParam('dims', exchanged, exchanged.join(', '))],
    });
  },
  weights: () => [],
  macs: () => 0,
  reach: ({ dims }) =>
    dims.every((dim, at) => dim === at + 1)
      ? { type: 'window', size: [1, 1], strides: [1, 1], dilation: [1, 1] }
      : { type: 'whole' },
  build: (tf, { dims }, { name }) => [tf.layers.permute({ dims: [...dims], name })],
  pytorch: {
    layout: () => 'last',
    code: ({ dims }) => ({ steps: [(x = '') => call(`${inline(x)}.permute`, ['0', ...dims.map(String)])] }),
  },
  examples: [
    { params: { dims: [2, 1, 3] }, inputs: [[28, 20, 1]], shape: [20, 28, 1] },
    { params: { dims: [2, 1] }, inputs: [[10, 64]], shape: [64, 10] },
    { params: { dims: [4, 1, 2, 3] }, inputs: [[2, 3, 4, 5]], shape: [5, 2, 3, 4] },
  ],
});
