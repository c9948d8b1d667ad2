import { call, inline, literal, type Expression } from '../codegen/python.ts';
import { axisIndex, noSuchAxis } from './axis.ts';
import { list, toggle } from './params.ts';
import { insertOn, matchingFixes } from './mergeFixes.ts';
import { shapeText, sizeOf, type Shape } from './shape.ts';
import { defineLayer, refuse, shaped } from './spec.ts';

/** The input without the axis that is multiplied along. */
const rest = (input: Shape, index: number) => input.filter((_, at) => at !== index);

export const dot = defineLayer({
  kind: 'Dot',
  version: 1,
  category: 'merge',
  icon: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11a1 1 0 1 0 0 2 1 1 0 0 0 0-2z',
  title: { en: 'Dot', 'zh-TW': '內積 Dot' },
  summary: {
    en: 'Multiplies two inputs along an axis of each and adds up: how alike vectors are, or every step with every other.',
    'zh-TW': '沿各自的一軸把兩個輸入相乘再加總：向量有多相似，或每一步與其他每一步的關係。',
  },
  inputs: { min: 2, max: 2 },
  params: {
    axes: list({
      min: -3,
      max: 3,
      minLength: 2,
      maxLength: 2,
      single: true,
      initial: [-1, -1],
      label: { en: 'Axes', 'zh-TW': '軸' },
      help: {
        en: 'Along which axis of the first and of the second input; both must be equally long. −1 is the last one, the batch is axis 0.',
        'zh-TW': '第一個與第二個輸入各沿哪一軸；兩軸必須一樣長。−1 是最後一軸，第 0 軸是批次。',
      },
    }),
    normalize: toggle({
      default: false,
      label: { en: 'Normalise', 'zh-TW': '正規化' },
      help: {
        en: 'Makes the vectors one long first: the result is the cosine of their angle, −1 to 1, however long they were.',
        'zh-TW': '先把向量長度調整為 1：結果是夾角的餘弦，介於 −1 與 1，與原本長度無關。',
      },
    }),
  },
  describe({ axes, normalize }, language) {
    const words = { en: ['axes', 'normalised'], 'zh-TW': ['軸', '正規化'] }[language];
    return `${words[0] ?? ''} ${axes.join(', ')}${normalize ? ` · ${words[1] ?? ''}` : ''}`;
  },
  outputShape({ axes: [a = -1, b = -1] }, [first = [], second = []]) {
    const large = [first, second].findIndex(({ length }) => length > 2);
    if (large >= 0) {
      const input = large === 0 ? first : second;
      return refuse({
        code: 'dot-of-pictures',
        values: { received: shapeText(input), port: large + 1 },
        expected: '[units] or [steps, features]',
        received: `[${input.join(', ')}]`,
        fixes: [insertOn(large, 'Flatten')],
      });
    }
    const [i, j] = [axisIndex(a, first), axisIndex(b, second)];
    if (i === undefined) return refuse(noSuchAxis(a, first, 'axes', [-1, -1]));
    if (j === undefined) return refuse(noSuchAxis(b, second, 'axes', [-1, -1]));
    const [length, other] = [first[i] ?? 0, second[j] ?? 0];
    if (length !== other) {
      return refuse({
        code: 'dot-sides-differ',
        values: {
          first: shapeText(first),
          other: shapeText(second),
          a,
          b,
          length,
          otherLength: other,
          port: 2,
        },
        param: 'axes',
        expected: String(length),
        received: String(other),
        fixes: matchingFixes(first, second, 1),
      });
    }
    const [left, right] = [rest(first, i), rest(second, j)];
    const shape = [...left, ...right];
    const [rows, columns] = [left[0] ?? 1, right[0] ?? 1];
    const product = shape.length === 0 ? '1' : shapeText(shape);
    return shaped(shape.length === 0 ? [1] : shape, [
      `(${String(rows)} × ${String(length)})·(${String(length)} × ${String(columns)}) = ${product}`,
    ]);
  },
  weights: () => [],
  /** Numbers of the output · length of the axis. */
  mask: 'passes',
  macs: ({ axes: [a = -1] }, [first = []], output) => sizeOf(output) * (first[axisIndex(a, first) ?? 0] ?? 0),
  reach: () => ({ type: 'whole' }),
  build: (tf, { axes: [a = -1, b = -1], normalize }, { name, inputs: [first = [], second = []] }) => [
    tf.layers.dot({
      axes: [(axisIndex(a, first) ?? 0) + 1, (axisIndex(b, second) ?? 0) + 1],
      normalize,
      name,
    }),
  ],
  kerasCalls: ({ axes: [a = -1, b = -1], normalize }, { inputs: [first = [], second = []] }) => [
    call('layers.Dot', [], {
      axes: literal([(axisIndex(a, first) ?? 0) + 1, (axisIndex(b, second) ?? 0) + 1]),
      normalize: normalize ? 'True' : undefined,
    }),
  ],
  pytorch: {
    layout: () => 'last',
    code({ axes: [a = -1, b = -1], normalize }, { inputs: [first = [], second = []] }) {
      const [i, j] = [axisIndex(a, first) ?? 0, axisIndex(b, second) ?? 0];
      // `k` is the axis that is multiplied along, `n` the batch.
      const letters = (input: Shape, at: number, other: string) =>
        input.map((_, axis) => (axis === at ? 'k' : other));
      const [left, right] = [letters(first, i, 'i'), letters(second, j, 'j')];
      const kept = [...left, ...right].filter((letter) => letter !== 'k');
      const formula = `"n${left.join('')},n${right.join('')}->n${kept.join('')}"`;
      const unit = (x: Expression, at: number) =>
        normalize ? call('F.normalize', [x], { dim: String(at + 1) }) : x;
      return {
        steps: [
          (x = '', y = '') => call('torch.einsum', [formula, unit(x, i), unit(y, j)]),
          ...(kept.length === 0 ? [(x: Expression = '') => `${inline(x)}.unsqueeze(1)`] : []),
        ],
      };
    },
  },
  examples: [
    { params: { axes: [1, 1] }, inputs: [[64], [64]], shape: [1] },
    {
      params: { axes: [2, 2], normalize: true },
      inputs: [
        [10, 64],
        [20, 64],
      ],
      shape: [10, 20],
    },
    { params: { axes: [-1, 1] }, inputs: [[10, 20], [20]], shape: [10] },
    {
      params: { axes: [1, -2] },
      inputs: [
        [4, 6],
        [4, 5],
      ],
      shape: [6, 5],
    },
  ],
});
