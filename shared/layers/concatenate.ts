import { call, list } from '../codegen/python.ts';
import { axisIndex, noSuchAxis } from './axis.ts';
import { common } from './commonParams.ts';
import { matchingFixes } from './mergeFixes.ts';
import { shapeText } from './shape.ts';
import { defineLayer, refuse, shaped } from './spec.ts';

export const concatenate = defineLayer({
  kind: 'Concatenate',
  version: 1,
  category: 'merge',
  usual: true,
  icon: 'M4 5h16v4H4zM4 10h16v4H4zM4 15h16v4H4z',
  title: { en: 'Concatenate', 'zh-TW': '串接 Concatenate' },
  summary: {
    en: 'Stacks its inputs behind one another, along the channels as a rule: the end of an Inception block.',
    'zh-TW': '把輸入依序接在一起，通常沿著通道：Inception 區塊的結尾。',
  },
  inputs: { min: 2, max: Infinity },
  params: { axis: common.axis },
  describe({ axis }, language) {
    if (axis === -1) return '';
    return `${{ en: 'axis', 'zh-TW': '軸' }[language]} ${String(axis)}`;
  },
  outputShape({ axis }, inputs) {
    const [first = [], ...others] = inputs;
    const index = axisIndex(axis, first);
    if (index === undefined) return refuse(noSuchAxis(axis, first));
    const different = others.findIndex(
      (input) =>
        input.length !== first.length || input.some((side, at) => at !== index && side !== first[at]),
    );
    if (different >= 0) {
      const other = others[different] ?? [];
      return refuse({
        code: 'shapes-differ-beside-axis',
        values: { first: shapeText(first), other: shapeText(other), port: different + 2, axis },
        expected: `[${first.map((side, at) => (at === index ? 'any' : String(side))).join(', ')}]`,
        received: `[${other.join(', ')}]`,
        fixes: matchingFixes(first, other, different + 1, index),
      });
    }
    const sides = inputs.map((input) => input[index] ?? 0);
    const sum = sides.reduce((total, side) => total + side, 0);
    return shaped(first.with(index, sum), [`${sides.join(' + ')} = ${String(sum)}`]);
  },
  weights: () => [],
  mask: 'passes',
  macs: () => 0,
  // TensorFlow.js takes every negative axis for the last one when it runs, so others are counted from the start.
  build: (tf, { axis }, { name, inputs: [first = []] }) => [
    tf.layers.concatenate({ axis: axis === -1 ? axis : (axisIndex(axis, first) ?? 0) + 1, name }),
  ],
  keras: { positional: [] },
  pytorch: {
    code: ({ axis }, { inputs: [first = []], dim }) => ({
      steps: [
        (...inputs) =>
          call('torch.cat', [list(...inputs)], { dim: String(dim(axisIndex(axis, first) ?? 0)) }),
      ],
    }),
  },
  examples: [
    {
      params: {},
      inputs: [
        [28, 28, 64],
        [28, 28, 128],
        [28, 28, 32],
      ],
      shape: [28, 28, 224],
    },
    {
      params: { axis: 1 },
      inputs: [
        [3, 5, 2],
        [4, 5, 2],
      ],
      shape: [7, 5, 2],
    },
    {
      params: { axis: -3 },
      inputs: [
        [3, 5, 2],
        [4, 5, 2],
      ],
      shape: [7, 5, 2],
    },
    { params: {}, inputs: [[10], [20]], shape: [30] },
  ],
});
