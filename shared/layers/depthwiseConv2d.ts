import { torchActivation } from '../codegen/activations.ts';
import { call } from '../codegen/python.ts';
import { biasParameter, convolution, depthwiseParameter } from '../codegen/torchWindow.ts';
import { slidingStep } from '../lecture/stepping/windows.ts';
import { common } from './commonParams.ts';
import { describeConvolution, depthMultiplier, stridesWithDilation, unequalStrides } from './convolution.ts';
import { dilated } from './dilated.ts';
import { depthwiseFile } from './fileSettings.ts';
import { slideOver, windowLimit, withZeroPadding } from './slidingWindow.ts';
import { defineLayer, shaped } from './spec.ts';
import { biasSettings, configured, depthwiseSettings } from './weightSettings.ts';

export const depthwiseConv2d = defineLayer({
  kind: 'DepthwiseConv2D',
  version: 1,
  category: 'convolution',
  usual: true,
  icon: 'M3 3h10v10H3zM7 7h10v10M11 11h10v10H11zM6 6h4v4H6zM14 14h4v4h-4z',
  title: { en: 'DepthwiseConv2D', 'zh-TW': '逐深度卷積 DepthwiseConv2D' },
  summary: {
    en: 'Slides a filter of its own over each channel: few weights and little to calculate, but channels do not mix.',
    'zh-TW': '每個通道各用自己的濾波器滑過：權重少、計算少，但通道之間不混合。',
  },
  file: depthwiseFile,
  inputs: { min: 1, max: 1 },
  params: {
    kernelSize: common.kernelSize2,
    strides: common.strides,
    padding: common.padding('same'),
    dilationRate: common.dilationRate,
    depthMultiplier,
    activation: common.activation('relu'),
    useBias: common.useBias,
    ...depthwiseSettings,
    ...biasSettings,
  },
  describe({ depthMultiplier, ...params }, language) {
    const text = describeConvolution(params, language);
    return depthMultiplier === 1 ? text : `× ${String(depthMultiplier)} · ${text}`;
  },
  outputShape({ kernelSize, strides, padding, dilationRate, depthMultiplier }, [input = []]) {
    const window = {
      param: 'kernelSize',
      size: kernelSize,
      strides,
      padding,
      dilation: dilationRate,
    } as const;
    const slid = slideOver(input, window);
    if (!slid.ok) return slid.refusal;
    return (
      stridesWithDilation(strides, dilationRate) ??
      unequalStrides(strides) ??
      shaped([...slid.size, slid.channels * depthMultiplier], slid.arithmetic)
    );
  },
  limit: ({ kernelSize, strides, padding, dilationRate }, [input = []]) =>
    windowLimit(input, { param: 'kernelSize', size: kernelSize, strides, padding, dilation: dilationRate }),
  weights({ kernelSize, depthMultiplier, useBias }, [input = []]) {
    const channels = input[2] ?? 0;
    const kernel = {
      name: 'depthwise_kernel',
      shape: [...kernelSize, channels, depthMultiplier],
      trainable: true,
    };
    const bias = { name: 'bias', shape: [channels * depthMultiplier], trainable: true };
    return useBias ? [kernel, bias] : [kernel];
  },
  macs: ({ kernelSize: [kernelHeight, kernelWidth] }, _inputs, [height = 0, width = 0, channels = 0]) =>
    height * width * channels * kernelHeight * kernelWidth,
  reach: ({ kernelSize, strides, padding, dilationRate }) => ({
    type: 'window',
    size: kernelSize,
    strides,
    dilation: dilationRate,
    ...(typeof padding === 'number' ? { before: [padding, padding] as const } : {}),
  }),
  steps: ({ kernelSize, depthMultiplier, dilationRate, ...params }, [input = []]) =>
    slidingStep({
      ...params,
      dilation: dilationRate,
      kind: 'depthwise',
      input,
      filters: (input[2] ?? 0) * depthMultiplier,
      size: kernelSize,
      kernel: 'depthwise_kernel',
    }),
  build(
    tf,
    { padding, kernelSize: [height, width], strides, dilationRate, ...params },
    { name, seed, inputs: [input = []] },
  ) {
    const build = (padding: 'valid' | 'same') => {
      const made = configured(tf, params, seed);
      const layer = tf.layers.depthwiseConv2d({
        ...made,
        kernelSize: [height, width],
        strides: [...strides],
        padding,
        name,
      });
      const getConfig = layer.getConfig.bind(layer);
      const { depthwiseConstraint: bounds } = made;
      const depthwiseConstraint =
        bounds === undefined ? null : { className: bounds.getClassName(), config: bounds.getConfig() };
      // TensorFlow.js saves the regularizer for the constraint, with which no program could load the model.
      return Object.assign(layer, { getConfig: () => ({ ...getConfig(), depthwiseConstraint }) });
    };
    if (dilationRate.every((rate) => rate === 1)) return withZeroPadding(tf, padding, name, build);
    // TensorFlow.js leaves its dilation out of the calculation.
    const channels = (input[2] ?? 0) * params.depthMultiplier;
    const window = { kernelSize: [height, width], dilationRate, padding } as const;
    return dilated(tf, { name, input, channels, ...window }, () => build('valid'));
  },
  pytorch: {
    layout: () => 'first',
    code(
      { kernelSize, strides, padding, dilationRate, depthMultiplier, activation, useBias },
      { inputs: [input = []], self },
    ) {
      const channels = input[2] ?? 0;
      const both = [channels, channels * depthMultiplier] as const;
      const window = { size: kernelSize, strides, padding, dilation: dilationRate };
      const made = convolution('nn.Conv2d', both, window, { input, useBias, groups: channels });
      return {
        ...made,
        steps: [...made.before, (x = '') => torchActivation(activation, call(self(), [x]), 1)],
        parameters: [depthwiseParameter('.weight', kernelSize, both), ...biasParameter(useBias)],
      };
    },
  },
  examples: [
    { params: { kernelSize: [3, 3], padding: 'same' }, inputs: [[112, 112, 32]], shape: [112, 112, 32] },
    {
      params: { kernelSize: [3, 3], strides: [2, 2], padding: 1, useBias: false },
      inputs: [[112, 112, 8]],
      shape: [56, 56, 8],
    },
    { params: { kernelSize: [3, 3], dilationRate: [2, 2] }, inputs: [[9, 9, 3]], shape: [5, 5, 3] },
    { params: { kernelSize: [3, 5], depthMultiplier: 2 }, inputs: [[9, 8, 3]], shape: [7, 4, 6] },
  ],
});
