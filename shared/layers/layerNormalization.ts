import {
  call,
  helperName,
  infix,
  realLiteral,
  tuple,
  type Expression,
  type Helper,
} from '../codegen/python.ts';
import { biasParameter } from '../codegen/torchWindow.ts';
import { asPicture, axisIndex, noSuchAxis, onLastAxis, reachOver } from './axis.ts';
import { list, maxAxes, real, toggle } from './params.ts';
import { setParam } from './slidingWindow.ts';
import { defineLayer, refuse, shaped } from './spec.ts';
import { betaSettings, configured, gammaSettings } from './weightSettings.ts';

/** Along any axes: those of PyTorch's own are the last ones. */
const normalized: Helper = {
  name: 'normalized',
  code: `def normalized(x, dims, eps):
    """Each example with mean 0 and variance 1 along these axes."""
    variance, mean = torch.var_mean(x, dims, correction=0, keepdim=True)
    return (x - mean) * torch.rsqrt(variance + eps)`,
};

export const layerNormalization = defineLayer({
  kind: 'LayerNormalization',
  version: 1,
  category: 'normalization',
  icon: 'M4 5h16M4 12h16M4 19h16M9 3v4M15 10v4M11 17v4',
  title: { en: 'LayerNormalization', 'zh-TW': '層正規化 LayerNormalization' },
  summary: {
    en: 'Brings each example to mean 0 and variance 1 along its own axes, whatever else is in the batch, then scales and shifts it.',
    'zh-TW': '讓每個樣本沿自己的軸平均為 0、變異數為 1，不受批次中其他樣本影響，再縮放與平移。',
  },
  file: { only: { rms_scaling: [false] } },
  inputs: { min: 1, max: 1 },
  params: {
    axis: list({
      min: -maxAxes,
      max: maxAxes,
      maxLength: maxAxes,
      single: true,
      default: [-1],
      label: { en: 'Axes', 'zh-TW': '軸' },
      help: {
        en: 'What is brought to mean 0 together; −1 is the last axis, the channels. More axes have more weights. The batch is axis 0.',
        'zh-TW': '一起調整為平均 0 的軸；−1 是最後一軸，即通道。軸越多權重越多。第 0 軸是批次。',
      },
    }),
    epsilon: real({
      min: 0,
      max: 1,
      default: 0.001,
      label: { en: 'Epsilon', 'zh-TW': '極小值 ε' },
      help: {
        en: 'Added to the variance so that nothing is divided by zero. Too large, and small differences vanish.',
        'zh-TW': '加在變異數上，避免除以零。太大會抹去細小的差異。',
      },
    }),
    center: toggle({
      default: true,
      label: { en: 'Center', 'zh-TW': '平移 β' },
      help: { en: 'Learns a shift for each channel.', 'zh-TW': '每個通道學一個平移量。' },
    }),
    scale: toggle({
      default: true,
      label: { en: 'Scale', 'zh-TW': '縮放 γ' },
      help: { en: 'Learns a factor for each channel.', 'zh-TW': '每個通道學一個倍數。' },
    }),
    gammaInitializer: gammaSettings.gammaInitializer,
    gammaRegularizer: gammaSettings.gammaRegularizer,
    betaInitializer: betaSettings.betaInitializer,
    betaRegularizer: betaSettings.betaRegularizer,
  },
  describe({ axis }, language) {
    if (axis.length === 1 && axis[0] === -1) return '';
    return `${{ en: 'axes', 'zh-TW': '軸' }[language]} ${axis.join(', ')}`;
  },
  outputShape({ axis }, [input = []]) {
    const indices = axis.map((one) => axisIndex(one, input));
    const wrong = axis[indices.indexOf(undefined)];
    if (wrong !== undefined) return refuse(noSuchAxis(wrong, input, 'axis', [-1]));
    const about = {
      param: 'axis',
      received: `[${axis.join(', ')}]`,
      fixes: [setParam('axis', [-1], '−1')],
    };
    if (new Set(indices).size < axis.length)
      return refuse({ code: 'axis-twice', values: { axes: axis.join(', ') }, ...about });
    // TensorFlow.js computes pictures at most, and the weights of several axes cannot be seen as those of fewer.
    if (input.length > 3 && axis.length > 1)
      return refuse({ code: 'axes-of-volume', values: { axes: axis.join(', ') }, ...about });
    return shaped(input);
  },
  weights({ axis, center, scale }, [input = []]) {
    const shape = axis.map((one) => input[axisIndex(one, input) ?? 0] ?? 0);
    return [
      ...(scale ? [{ name: 'gamma', shape, trainable: true }] : []),
      ...(center ? [{ name: 'beta', shape, trainable: true }] : []),
    ];
  },
  mask: 'passes',
  macs: () => 0,
  reach: ({ axis }, [input = []]) => reachOver(axis, input),
  build(tf, { axis, ...params }, { name, seed, inputs: [input = []] }) {
    const layer = (axis: number[]) =>
      tf.layers.layerNormalization({ ...configured(tf, params, seed), axis, name });
    const [first = -1] = axis;
    if (input.length <= 3) return [layer(axis.map((one) => (axisIndex(one, input) ?? 0) + 1))];
    return onLastAxis(tf, { name, input, axis: first }, (turned) => asPicture(tf, name, turned, layer([3])));
  },
  pytorch: {
    layout: () => 'last',
    code({ axis, epsilon, center, scale }, { inputs: [input = []], self }) {
      const indices = axis.map((one) => axisIndex(one, input) ?? 0);
      const start = input.length - indices.length;
      if (scale && indices.every((index, at) => index === start + at)) {
        const sizes = indices.map((index) => String(input[index] ?? 0));
        const made = call('nn.LayerNorm', [sizes.length === 1 ? (sizes[0] ?? '') : tuple(...sizes)], {
          eps: realLiteral(epsilon),
          bias: center ? undefined : 'False',
        });
        return {
          modules: { '': made },
          steps: [(x = '') => call(self(), [x])],
          parameters: [{ path: '.weight', weight: 'gamma' }, ...biasParameter(center, 'beta')],
        };
      }
      const shape = input.map((side, at) => (indices.includes(at) ? side : 1));
      const own = [...(scale ? ['gamma'] : []), ...(center ? ['beta'] : [])];
      const dims = tuple(...indices.map((index) => String(index + 1)));
      return {
        modules: Object.fromEntries(
          own.map((name) => {
            const make = name === 'gamma' ? 'torch.ones' : 'torch.zeros';
            return [`_${name}`, call('nn.Parameter', [call(make, shape.map(String))])];
          }),
        ),
        steps: [
          (x = '') => call(helperName(normalized), [x, dims, realLiteral(epsilon)]),
          ...own.map(
            (name) =>
              (x: Expression = '') =>
                infix(name === 'gamma' ? '*' : '+', x, self(`_${name}`)),
          ),
        ],
        parameters: own.map((weight) => ({ path: `_${weight}`, weight, shape })),
      };
    },
  },
  examples: [
    { params: {}, inputs: [[28, 28, 16]], shape: [28, 28, 16] },
    { params: { center: false }, inputs: [[128]], shape: [128] },
    { params: { axis: [1, 2, 3] }, inputs: [[6, 5, 4]], shape: [6, 5, 4] },
    { params: { scale: false }, inputs: [[4, 6, 5, 3]], shape: [4, 6, 5, 3] },
  ],
});
