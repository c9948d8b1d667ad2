import { torchActivation } from '../codegen/activations.ts';
import { call } from '../codegen/python.ts';
import { convolution } from '../codegen/torchWindow.ts';
import { convolutionStep } from '../lecture/stepping/windows.ts';
import { common } from './commonParams.ts';
import { describeConvolution, stridesWithDilation } from './convolution.ts';
import { kernelFile } from './fileSettings.ts';
import { slideOver, windowLimit, withZeroPadding } from './slidingWindow.ts';
import { defineLayer, shaped } from './spec.ts';
import { biasSettings, configured, kernelSettings } from './weightSettings.ts';

export const conv2d = defineLayer({
  kind: 'Conv2D',
  version: 1,
  category: 'convolution',
  usual: true,
  frequent: true,
  icon: 'M3 3h18v18H3zM3 9h18M3 15h18M9 3v18M15 3v18',
  title: { en: 'Conv2D', 'zh-TW': '卷積層 Conv2D' },
  summary: {
    en: 'Slides small filters over the picture; each gives one map of where its pattern is found.',
    'zh-TW': '讓小小的濾波器滑過圖片；每個濾波器產生一張特徵圖，標出它的圖樣在哪裡。',
  },
  file: kernelFile,
  inputs: { min: 1, max: 1 },
  follows: { filters: 'doubled' },
  params: {
    filters: common.filters,
    kernelSize: common.kernelSize2,
    strides: common.strides,
    padding: common.padding('same'),
    dilationRate: common.dilationRate,
    activation: common.activation('relu'),
    useBias: common.useBias,
    ...kernelSettings,
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
    const conflict = stridesWithDilation(strides, dilationRate);
    return conflict ?? shaped([...slid.size, filters], slid.arithmetic);
  },
  limit: ({ kernelSize, strides, padding, dilationRate }, [input = []]) =>
    windowLimit(input, { param: 'kernelSize', size: kernelSize, strides, padding, dilation: dilationRate }),
  weights({ filters, kernelSize, useBias }, [input = []]) {
    const kernel = { name: 'kernel', shape: [...kernelSize, input[2] ?? 0, filters], trainable: true };
    return useBias ? [kernel, { name: 'bias', shape: [filters], trainable: true }] : [kernel];
  },
  macs: ({ filters, kernelSize: [kernelHeight, kernelWidth] }, [input = []], [height = 0, width = 0]) =>
    height * width * filters * kernelHeight * kernelWidth * (input[2] ?? 0),
  reach: ({ kernelSize, strides, dilationRate, padding }) => ({
    type: 'window',
    size: kernelSize,
    strides,
    dilation: dilationRate,
    ...(typeof padding === 'number' ? { before: [padding, padding] as const } : {}),
  }),
  steps: (params, [input = []]) => convolutionStep(params, input),
  build: (tf, { padding, kernelSize, strides, dilationRate, ...params }, { name, seed }) =>
    withZeroPadding(tf, padding, name, (padding) =>
      tf.layers.conv2d({
        ...configured(tf, params, seed),
        kernelSize: [...kernelSize],
        strides: [...strides],
        dilationRate: [...dilationRate],
        padding,
        name,
      }),
    ),
  pytorch: {
    layout: () => 'first',
    code(
      { filters, kernelSize, strides, padding, dilationRate, activation, useBias },
      { inputs: [input = []], self },
    ) {
      const window = { size: kernelSize, strides, padding, dilation: dilationRate };
      const made = convolution('nn.Conv2d', [input[2] ?? 0, filters], window, { input, useBias });
      return {
        ...made,
        steps: [...made.before, (x) => torchActivation(activation, call(self(), [x]), 1)],
        parameters: [
          { path: '.weight', weight: 'kernel', permute: [3, 2, 0, 1] },
          ...(useBias ? [{ path: '.bias', weight: 'bias' }] : []),
        ],
      };
    },
  },
  examples: [
    { params: { filters: 6, kernelSize: [5, 5] }, inputs: [[32, 32, 1]], shape: [28, 28, 6] },
    {
      params: { filters: 96, kernelSize: [11, 11], strides: [4, 4] },
      inputs: [[227, 227, 3]],
      shape: [55, 55, 96],
    },
    { params: { filters: 32, kernelSize: [1, 1] }, inputs: [[227, 227, 512]], shape: [227, 227, 32] },
    {
      params: { filters: 8, kernelSize: [3, 3], padding: 'same', strides: [2, 2] },
      inputs: [[31, 28, 3]],
      shape: [16, 14, 8],
    },
    {
      params: { filters: 2, kernelSize: [3, 3], padding: 1, strides: [2, 2] },
      inputs: [[5, 5, 3]],
      shape: [3, 3, 2],
    },
    {
      params: { filters: 4, kernelSize: [3, 3], dilationRate: [2, 2], useBias: false },
      inputs: [[28, 28, 1]],
      shape: [24, 24, 4],
    },
  ],
});
