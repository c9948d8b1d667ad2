import { infix } from '../codegen/python.ts';
import { sameShape, shapeText } from './shape.ts';
import { defineLayer, refuse, shaped } from './spec.ts';

export const add = defineLayer({
  kind: 'Add',
  version: 1,
  category: 'merge',
  usual: true,
  icon: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 8v8M8 12h8',
  title: { en: 'Add', 'zh-TW': '相加 Add' },
  summary: {
    en: 'Adds two or more inputs of one shape, number by number: the skip connection of a residual network.',
    'zh-TW': '把兩個以上形狀相同的輸入逐一相加：殘差網路的跳接。',
  },
  inputs: { min: 2, max: Infinity },
  params: {},
  describe: () => '',
  outputShape(_params, inputs) {
    const [first = [], ...others] = inputs;
    const different = others.findIndex((input) => !sameShape(first, input));
    if (different < 0) return shaped(first);
    const other = others[different] ?? [];
    return refuse({
      code: 'shapes-differ',
      values: { first: shapeText(first), other: shapeText(other), port: different + 2 },
      expected: `[${first.join(', ')}]`,
      received: `[${other.join(', ')}]`,
    });
  },
  weights: () => [],
  macs: () => 0,
  build: (tf, _params, { name }) => [tf.layers.add({ name })],
  pytorch: { code: () => ({ steps: [(...inputs) => infix('+', ...inputs)] }) },
  examples: [
    {
      params: {},
      inputs: [
        [28, 28, 16],
        [28, 28, 16],
      ],
      shape: [28, 28, 16],
    },
    { params: {}, inputs: [[10], [10], [10]], shape: [10] },
  ],
});
