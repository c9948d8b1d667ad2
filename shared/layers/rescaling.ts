import { call, infix, inline, list, realLiteral, type Expression } from '../codegen/python.ts';
import { limits } from './commonParams.ts';
import { optional, real, reals } from './params.ts';
import type { Shape } from './shape.ts';
import { setParam } from './slidingWindow.ts';
import { defineLayer, refuse, shaped } from './spec.ts';
import { numberText } from './window.ts';

/** A number for each channel, or one for all. */
interface Numbers {
  readonly scale: number | readonly number[];
  readonly offset: number | readonly number[];
}

interface Values {
  readonly scale: number;
  readonly offset: number;
  readonly scales: readonly number[] | null;
  readonly offsets: readonly number[] | null;
}

const numbersOf = ({ scale, offset, scales, offsets }: Values): Numbers => ({
  scale: scales ?? scale,
  offset: offsets ?? offset,
});

/** Numbers as they stand in the layer's second line: the first of them, where there are several. */
const shortText = (numbers: number | readonly number[]) =>
  typeof numbers === 'number' ? numberText(numbers) : `(${numberText(numbers[0] ?? 0)}, …)`;

const perChannel = { min: -limits.value, max: limits.value, maxLength: 256, advanced: true } as const;

export const rescaling = defineLayer({
  kind: 'Rescaling',
  version: 1,
  category: 'normalization',
  icon: 'M3 20h18M5 17V7M5 7L3 9M5 7l2 2M10 17h4l6-10h1',
  title: { en: 'Rescaling', 'zh-TW': '縮放數值 Rescaling' },
  summary: {
    en: 'Multiplies every number and adds to it: brings the brightness of pixels into the range that the network learns best in.',
    'zh-TW': '把每個數字乘上一個數再加上一個數：將像素亮度調整到網路容易學習的範圍。',
  },
  inputs: { min: 1, max: 1 },
  params: {
    scale: real({
      min: -limits.value,
      max: limits.value,
      initial: 2,
      label: { en: 'Scale', 'zh-TW': '倍數' },
      help: {
        en: 'Every number is multiplied by it. Pixels of datasets here go from 0 to 1; far larger numbers make training unsteady, far smaller ones slow.',
        'zh-TW': '每個數字都乘上它。這裡資料集的像素是 0 到 1；太大使訓練不穩，太小則學得慢。',
      },
    }),
    offset: real({
      min: -limits.value,
      max: limits.value,
      default: 0,
      initial: -1,
      label: { en: 'Offset', 'zh-TW': '加數' },
      help: {
        en: 'Added after that: twice as large and −1 is from −1 to 1, around 0. Far from 0 the network has to learn its way back first.',
        'zh-TW': '之後再加上它：乘 2 再加 −1 就是 −1 到 1，以 0 為中心。離 0 太遠，網路得先學著調回來。',
      },
    }),
    scales: optional(
      reals({
        ...perChannel,
        label: { en: 'Scale of each channel', 'zh-TW': '各通道的倍數' },
        help: {
          en: 'One number for each channel instead of one for all: brings channels of different brightness into one range.',
          'zh-TW': '每個通道各用一個倍數，取代共用的倍數：使亮度不同的通道落在同一範圍。',
        },
      }),
    ),
    offsets: optional(
      reals({
        ...perChannel,
        label: { en: 'Offset of each channel', 'zh-TW': '各通道的加數' },
        help: {
          en: 'One number for each channel instead of one for all, added after the scale.',
          'zh-TW': '每個通道各用一個加數，取代共用的加數，在乘上倍數之後相加。',
        },
      }),
    ),
  },
  describe: (values) => {
    const { scale, offset } = numbersOf(values);
    return `× ${shortText(scale)} + ${shortText(offset)}`;
  },
  outputShape({ scales, offsets }, [input = []]) {
    const channels = input.at(-1) ?? 0;
    const lists = Object.entries({ scales, offsets });
    const wrong = lists.filter(([, numbers]) => numbers !== null && numbers.length !== channels);
    const [first] = wrong;
    if (first !== undefined) {
      const [param, numbers] = first;
      const count = numbers?.length ?? 0;
      const { id, values } = setParam(param, null, '–');
      const params = Object.fromEntries(wrong.map(([name]) => [name, null]));
      return refuse({
        code: 'one-for-each-channel',
        values: { param, count, channels },
        param,
        expected: String(channels),
        received: String(count),
        fixes: [{ id, values, edit: { type: 'setParams', params } }],
      });
    }
    return shaped(input);
  },
  weights: () => [],
  macs: () => 0,
  build(tf, values, { name }) {
    const { scale, offset } = values;
    // TensorFlow.js multiplies by whatever it is given, as Keras does: its type alone knows numbers only.
    return [Object.assign(tf.layers.rescaling({ scale, offset, name }), numbersOf(values))];
  },
  kerasCalls: (values) => {
    const { scale, offset } = numbersOf(values);
    return [call('layers.Rescaling', [listed(scale)], offset === 0 ? {} : { offset: listed(offset) })];
  },
  pytorch: {
    code: (values, { layout, inputs }) => ({
      steps: [
        (x = '') => {
          const { scale, offset } = numbersOf(values);
          const scaled = infix('*', x, broadcast(x, scale, layout, inputs[0]));
          return offset === 0 ? scaled : infix('+', scaled, broadcast(x, offset, layout, inputs[0]));
        },
      ],
    }),
  },
  examples: [
    { params: { scale: 2, offset: -1 }, inputs: [[28, 28, 1]], shape: [28, 28, 1] },
    { params: { scale: 0.5 }, inputs: [[10]], shape: [10] },
    {
      params: { scale: 1, scales: [2, 4, 8], offsets: [-1, 0, 1] },
      inputs: [[6, 6, 3]],
      shape: [6, 6, 3],
    },
  ],
});

function listed(numbers: number | readonly number[]): Expression {
  return typeof numbers === 'number' ? realLiteral(numbers) : list(...numbers.map(realLiteral));
}

/** Numbers beside which PyTorch can put the values of `x`: where channels come first, the axes behind them are of 1. */
function broadcast(
  x: Expression,
  numbers: number | readonly number[],
  layout: string | undefined,
  input: Shape | undefined,
): Expression {
  if (typeof numbers === 'number') return realLiteral(numbers);
  const made = call(`${inline(x)}.new_tensor`, [listed(numbers)]);
  const behind = layout === 'first' ? (input?.length ?? 1) - 1 : 0;
  return behind === 0 ? made : call(`${inline(made)}.view`, ['-1', ...Array<string>(behind).fill('1')]);
}
