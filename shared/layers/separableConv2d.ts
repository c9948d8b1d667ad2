import { torchActivation } from '../codegen/activations.ts';
import { call } from '../codegen/python.ts';
import { convolution, depthwiseParameter } from '../codegen/torchWindow.ts';
import { outputSize } from '../lecture/stepping/geometry.ts';
import { slidingStep } from '../lecture/stepping/windows.ts';
import { common } from './commonParams.ts';
import { depthMultiplier, describeConvolution, stridesWithDilation, unequalStrides } from './convolution.ts';
import { depthwiseFile } from './fileSettings.ts';
import { slideOver, windowLimit, withZeroPadding } from './slidingWindow.ts';
import { defineLayer, shaped } from './spec.ts';
import { biasSettings, configured, depthwiseSettings, pointwiseSettings } from './weightSettings.ts';

export const separableConv2d = defineLayer({
  kind: 'SeparableConv2D',
  version: 1,
  category: 'convolution',
  icon: 'M3 3h9v9H3zM6 3v9M9 3v9M3 6h9M3 9h9M14 14l6 6M20 16v4h-4M15 4h5v5',
  title: { en: 'SeparableConv2D', 'zh-TW': '可分離卷積 SeparableConv2D' },
  summary: {
    en: 'A convolution in two steps: a filter for each channel, then 1 × 1 filters that mix them; far fewer weights than Conv2D.',
    'zh-TW': '分兩步的卷積：先逐通道濾波，再以 1 × 1 濾波器混合；權重遠少於 Conv2D。',
  },
  file: depthwiseFile,
  inputs: { min: 1, max: 1 },
  params: {
    filters: common.filters,
    kernelSize: common.kernelSize2,
    strides: common.strides,
    padding: common.padding('same'),
    dilationRate: common.dilationRate,
    depthMultiplier,
    activation: common.activation('relu'),
    useBias: common.useBias,
    ...depthwiseSettings,
    ...pointwiseSettings,
    ...biasSettings,
  },
  describe: describeConvolution,
  outputShape({ filters, kernelSize, strides, padding, dilationRate }, [input = []]) {
    const slid = slideOver(input, {
      param: 'kernelSize',
      size: kernelSize,
      strides,
      padding,
      dilation: dilationRate,
    });
    if (!slid.ok) return slid.refusal;
    return (
      stridesWithDilation(strides, dilationRate) ??
      unequalStrides(strides) ??
      shaped([...slid.size, filters], slid.arithmetic)
    );
  },
  limit: ({ kernelSize, strides, padding, dilationRate }, [input = []]) =>
    windowLimit(input, { param: 'kernelSize', size: kernelSize, strides, padding, dilation: dilationRate }),
  weights({ filters, kernelSize, depthMultiplier, useBias }, [input = []]) {
    const channels = input[2] ?? 0;
    const kernels = [
      { name: 'depthwise_kernel', shape: [...kernelSize, channels, depthMultiplier], trainable: true },
      { name: 'pointwise_kernel', shape: [1, 1, channels * depthMultiplier, filters], trainable: true },
    ];
    return useBias ? [...kernels, { name: 'bias', shape: [filters], trainable: true }] : kernels;
  },
  /** Of both steps: height · width · channels · multiplier · (kernel + filters). */
  macs: (
    { filters, kernelSize: [kernelHeight, kernelWidth], depthMultiplier },
    [input = []],
    [height = 0, width = 0],
  ) => height * width * (input[2] ?? 0) * depthMultiplier * (kernelHeight * kernelWidth + filters),
  reach: ({ kernelSize, strides, dilationRate, padding }) => ({
    type: 'window',
    size: kernelSize,
    strides,
    dilation: dilationRate,
    ...(typeof padding === 'number' ? { before: [padding, padding] as const } : {}),
  }),
  steps(
    { filters, kernelSize, depthMultiplier, dilationRate, activation, useBias, ...params },
    [input = []],
  ) {
    const between = (input[2] ?? 0) * depthMultiplier;
    const depthwise = slidingStep({
      ...params,
      kind: 'depthwise',
      input,
      filters: between,
      size: kernelSize,
      dilation: dilationRate,
      kernel: 'depthwise_kernel',
    });
    return depthwise.flatMap((first) => {
      const pointwise = slidingStep({
        kind: 'convolution',
        input: [...outputSize(first.window), between],
        filters,
        size: [1, 1],
        strides: [1, 1],
        padding: 'valid',
        activation,
        kernel: 'pointwise_kernel',
        useBias,
      });
      return [first, ...pointwise];
    });
  },
  build: (tf, { padding, kernelSize: [height, width], strides, dilationRate, ...params }, { name, seed }) =>
    withZeroPadding(tf, padding, name, (padding) => {
      const made = configured(tf, params, seed);
      const layer = tf.layers.separableConv2d({
        ...made,
        kernelSize: [height, width],
        strides: [...strides],
        dilationRate: [...dilationRate],
        padding,
        name,
      });
      const getConfig = layer.getConfig.bind(layer);
      return Object.assign(layer, {
        // TensorFlow.js takes the depthwise initializer for both, and so the same numbers.
        pointwiseInitializer: made.pointwiseInitializer,
        // TensorFlow.js reads it, but leaves it out of what it saves.
        getConfig: () => ({ ...getConfig(), depthMultiplier: params.depthMultiplier }),
      });
    }),
  pytorch: {
    layout: () => 'first',
    code(
      { filters, kernelSize, strides, padding, dilationRate, depthMultiplier, activation, useBias },
      { inputs: [input = []], self },
    ) {
      const channels = input[2] ?? 0;
      const both = [channels, channels * depthMultiplier] as const;
      const window = { size: kernelSize, strides, padding, dilation: dilationRate };
      const depthwise = convolution('nn.Conv2d', both, window, { input, useBias: false, groups: channels });
      const pointwise = call('nn.Conv2d', [String(both[1]), String(filters), '1'], {
        bias: useBias ? undefined : 'False',
      });
      return {
        modules: { _depthwise: depthwise.modules[''], _pointwise: pointwise },
        steps: [
          ...depthwise.before,
          (x = '') => call(self('_depthwise'), [x]),
          (x = '') => torchActivation(activation, call(self('_pointwise'), [x]), 1),
        ],
        parameters: [
          depthwiseParameter('_depthwise.weight', kernelSize, both),
          { path: '_pointwise.weight', weight: 'pointwise_kernel', permute: [3, 2, 0, 1] },
          ...(useBias ? [{ path: '_pointwise.bias', weight: 'bias' }] : []),
        ],
      };
    },
  },
  examples: [
    {
      params: { filters: 64, kernelSize: [3, 3], padding: 'same' },
      inputs: [[150, 150, 32]],
      shape: [150, 150, 64],
    },
    {
      params: { filters: 8, kernelSize: [3, 3], strides: [2, 2], padding: 1, depthMultiplier: 2 },
      inputs: [[9, 9, 3]],
      shape: [5, 5, 8],
    },
    {
      params: { filters: 4, kernelSize: [3, 3], dilationRate: [2, 2], useBias: false },
      inputs: [[11, 9, 2]],
      shape: [7, 5, 4],
    },
  ],
});
