import { call, infix, inline, realLiteral, type Expression } from '../codegen/python.ts';
import { asPicture, axisIndex, noSuchAxis, onLastAxis } from './axis.ts';
import { common } from './commonParams.ts';
import { initializerParam } from './initializers.ts';
import { real, toggle } from './params.ts';
import { defineLayer, refuse, shaped } from './spec.ts';
import { betaSettings, configured, gammaSettings } from './weightSettings.ts';

export const batchNormalization = defineLayer({
  kind: 'BatchNormalization',
  version: 1,
  category: 'normalization',
  usual: true,
  icon: 'M3 20h18M4 18c4 0 4-12 8-12s4 12 8 12M12 3v17',
  title: { en: 'BatchNormalization', 'zh-TW': '批次正規化 BatchNormalization' },
  summary: {
    en: 'Brings each channel to mean 0 and variance 1 over the batch, then scales and shifts it: training goes faster and steadier.',
    'zh-TW': '讓每個通道在批次中平均為 0、變異數為 1，再縮放與平移：訓練更快更穩。',
  },
  file: {
    // Without it, nothing is clipped and the momentum is unused; among several machines the mean is that of one here.
    harmless: [
      'renorm_clipping',
      'renorm_momentum',
      'synchronized',
      'virtual_batch_size',
      'adjustment',
      'fused',
    ],
    only: { renorm: [false] },
  },
  inputs: { min: 1, max: 1 },
  params: {
    axis: common.axis,
    momentum: real({
      min: 0,
      max: 1,
      default: 0.99,
      label: { en: 'Momentum', 'zh-TW': '動量' },
      help: {
        en: 'How slowly the moving averages follow; they stand in for the batch when predicting. Nearer 1 is slower and steadier.',
        'zh-TW': '移動平均跟上的速度；預測時用它代替批次統計。越接近 1 越慢也越穩。',
      },
    }),
    epsilon: real({
      min: 0,
      max: 1,
      default: 0.001,
      label: { en: 'Epsilon', 'zh-TW': '極小值 ε' },
      help: {
        en: 'Added to the variance so that nothing is divided by zero.',
        'zh-TW': '加在變異數上，避免除以零。',
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
    ...gammaSettings,
    ...betaSettings,
    movingMeanInitializer: initializerParam('zeros', {
      en: 'Moving mean initializer',
      'zh-TW': '移動平均起始值',
    }),
    movingVarianceInitializer: initializerParam('ones', {
      en: 'Moving variance initializer',
      'zh-TW': '移動變異數起始值',
    }),
  },
  describe: () => '',
  outputShape({ axis }, [input = []]) {
    return axisIndex(axis, input) === undefined ? refuse(noSuchAxis(axis, input)) : shaped(input);
  },
  weights({ axis, center, scale }, [input = []]) {
    const shape = [input[axisIndex(axis, input) ?? 0] ?? 0];
    return [
      ...(scale ? [{ name: 'gamma', shape, trainable: true }] : []),
      ...(center ? [{ name: 'beta', shape, trainable: true }] : []),
      { name: 'moving_mean', shape, trainable: false },
      { name: 'moving_variance', shape, trainable: false },
    ];
  },
  mask: 'passes',
  macs: () => 0,
  build: (tf, params, { name, seed, inputs: [input = []] }) =>
    onLastAxis(tf, { name, input, axis: params.axis }, (turned) =>
      asPicture(
        tf,
        name,
        turned,
        tf.layers.batchNormalization({ ...configured(tf, params, seed), axis: -1, name }),
      ),
    ),
  pytorch: {
    layout: () => 'first',
    code({ axis, momentum, epsilon, center, scale }, { inputs: [input = []], dim, self }) {
      const at = axisIndex(axis, input) ?? input.length - 1;
      const size = String(input[at] ?? 0);
      const isWhole = center && scale;
      const made = call(`nn.BatchNorm${String(Math.max(input.length - 1, 1))}d`, [size], {
        eps: epsilon === 1e-5 ? undefined : realLiteral(epsilon),
        // PyTorch's says how fast the averages follow, not how slowly.
        momentum: momentum === 0.9 ? undefined : realLiteral(Number((1 - momentum).toPrecision(12))),
        affine: isWhole ? undefined : 'False',
      });
      // Those of PyTorch have both or neither.
      const own = isWhole ? [] : [...(scale ? ['gamma' as const] : []), ...(center ? ['beta' as const] : [])];
      const parts = own.map((name) => {
        const value = call(name === 'gamma' ? 'torch.ones' : 'torch.zeros', [
          [size, ...input.slice(1).map(() => '1')].join(', '),
        ]);
        return [`_${name}`, call('nn.Parameter', [value])] as const;
      });
      const turn =
        at === input.length - 1 ? [] : [(x: Expression) => `${inline(x)}.transpose(1, ${String(dim(at))})`];
      const shape = [input[at] ?? 0, ...input.slice(1).map(() => 1)];
      const learned = isWhole
        ? [['gamma', '.weight'] as const, ['beta', '.bias'] as const]
        : own.map((name) => [name, `_${name}`] as const);
      return {
        modules: { '': made, ...Object.fromEntries(parts) },
        steps: [
          ...turn,
          (x) => call(self(), [x]),
          ...own.map((name) => (x: Expression) => infix(name === 'gamma' ? '*' : '+', x, self(`_${name}`))),
          ...turn,
        ],
        parameters: [
          ...learned.map(([weight, path]) => ({ path, weight, ...(isWhole ? {} : { shape }) })),
          { path: '.running_mean', weight: 'moving_mean' },
          { path: '.running_var', weight: 'moving_variance' },
          { path: '.num_batches_tracked', weight: null },
        ],
      };
    },
  },
  examples: [
    { params: {}, inputs: [[28, 28, 16]], shape: [28, 28, 16] },
    { params: { center: false }, inputs: [[128]], shape: [128] },
    { params: { axis: 1, scale: false }, inputs: [[6, 5, 4]], shape: [6, 5, 4] },
    { params: {}, inputs: [[4, 6, 5, 3]], shape: [4, 6, 5, 3] },
  ],
});
