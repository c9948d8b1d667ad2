import { call, infix } from '../codegen/python.ts';
import { axisIndex, noSuchAxis } from './axis.ts';
import { list, maxAxes, optional } from './params.ts';
import type { Shape } from './shape.ts';
import { defineLayer, refuse, shaped } from './spec.ts';
import { configured, settingsOf } from './weightSettings.ts';

/** One slope for each number, or for all along a shared axis. */
function alphaShape(sharedAxes: readonly number[] | null, input: Shape): Shape {
  return input.map((side, at) => (sharedAxes?.includes(at + 1) === true ? 1 : side));
}

export const prelu = defineLayer({
  kind: 'PReLU',
  version: 1,
  category: 'activation',
  icon: 'M3 21L12 16L20 5M3 16h18M6 13v-5M3.5 10.5L6 8l2.5 2.5',
  title: { en: 'PReLU', 'zh-TW': '參數式整流 PReLU' },
  summary: {
    en: 'Keeps what is positive and lets a part of what is negative through; how much, it learns.',
    'zh-TW': '保留正數，負數也漏過一部分；漏過多少由學習決定。',
  },
  inputs: { min: 1, max: 1 },
  params: {
    sharedAxes: optional(
      list({
        min: 1,
        max: maxAxes,
        maxLength: maxAxes,
        single: true,
        initial: [1, 2],
        label: { en: 'Shared axes', 'zh-TW': '共用的軸' },
        help: {
          en: 'Along these axes one slope serves all; 1, 2 is one for each channel of a picture. Without, every number has its own, which are very many weights. The batch is axis 0.',
          'zh-TW':
            '沿這些軸共用一個斜率；1, 2 表示圖片的每個通道一個。不設則每個數字各有一個，權重非常多。第 0 軸是批次。',
        },
      }),
    ),
    ...settingsOf('alpha', 'zeros', { en: 'Slope', 'zh-TW': '斜率' }),
  },
  describe({ sharedAxes }, language) {
    return sharedAxes === null
      ? ''
      : `${{ en: 'shared axes', 'zh-TW': '共用的軸' }[language]} ${sharedAxes.join(', ')}`;
  },
  outputShape({ sharedAxes }, [input = []]) {
    const wrong = sharedAxes?.find((axis) => axisIndex(axis, input) === undefined);
    if (wrong === undefined) return shaped(input);
    const there = (sharedAxes ?? []).filter((axis) => axisIndex(axis, input) !== undefined);
    return refuse(noSuchAxis(wrong, input, 'sharedAxes', there.length > 0 ? there : null));
  },
  weights: ({ sharedAxes }, [input = []]) => [
    { name: 'alpha', shape: alphaShape(sharedAxes, input), trainable: true },
  ],
  mask: 'passes',
  macs: () => 0,
  build(tf, { sharedAxes, ...params }, { name, seed }) {
    const config = { ...configured(tf, params, seed), name };
    return [tf.layers.prelu(sharedAxes === null ? config : { ...config, sharedAxes: [...sharedAxes] })];
  },
  pytorch: {
    code({ sharedAxes }, { inputs: [input = []], layout, self }) {
      const shape = alphaShape(sharedAxes, input);
      const order = shape.map((_, at) => at);
      // As the tensor lies.
      const permute = layout === 'last' ? order : [order.length - 1, ...order.slice(0, -1)];
      const sides = permute.map((at) => String(shape[at] ?? 1));
      return {
        modules: { _alpha: call('nn.Parameter', [call('torch.zeros', sides)]) },
        steps: [(x = '') => call('torch.where', [infix('>', x, '0'), x, infix('*', self('_alpha'), x)])],
        parameters: [{ path: '_alpha', weight: 'alpha', permute }],
      };
    },
  },
  examples: [
    { params: {}, inputs: [[10]], shape: [10] },
    { params: { sharedAxes: [1, 2] }, inputs: [[14, 14, 32]], shape: [14, 14, 32] },
  ],
});
