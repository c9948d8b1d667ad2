import { common } from './commonParams.ts';
import { describeConvolution, depthMultiplier, unequalStrides } from './convolution.ts';
import { slideOver, withZeroPadding } from './slidingWindow.ts';
import { defineLayer, shaped } from './spec.ts';

/** Without `dilationRate`, which TensorFlow.js leaves out of its calculation. */
export const depthwiseConv2d = defineLayer({
  kind: 'DepthwiseConv2D',
  version: 1,
  category: 'convolution',
  icon: 'M3 3h10v10H3zM7 7h10v10M11 11h10v10H11zM6 6h4v4H6zM14 14h4v4h-4z',
  title: { en: 'DepthwiseConv2D', 'zh-TW': '逐深度卷積 DepthwiseConv2D' },
  summary: {
    en: 'Slides a filter of its own over each channel: few weights and little to calculate, but channels do not mix.',
    'zh-TW': '每個通道各用自己的濾波器滑過：權重少、計算少，但通道之間不混合。',
  },
  inputs: { min: 1, max: 1 },
  params: {
    kernelSize: common.kernelSize2,
    strides: common.strides,
    padding: common.padding('same'),
    depthMultiplier,
    activation: common.activation('relu'),
    useBias: common.useBias,
  },
  describe({ depthMultiplier, ...params }, language) {
    const text = describeConvolution(params, language);
    return depthMultiplier === 1 ? text : `× ${String(depthMultiplier)} · ${text}`;
  },
  outputShape({ kernelSize, strides, padding, depthMultiplier }, [input = []]) {
    const slid = slideOver(input, { param: 'kernelSize', size: kernelSize, strides, padding });
    if (!slid.ok) return slid.refusal;
    return (
      unequalStrides(strides) ?? shaped([...slid.size, slid.channels * depthMultiplier], slid.arithmetic)
    );
  },
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
  reach: ({ kernelSize, strides }) => ({ type: 'window', size: kernelSize, strides, dilation: [1, 1] }),
  build: (tf, { padding, kernelSize: [height, width], strides, ...params }, { name, seed }) =>
    withZeroPadding(tf, padding, name, (padding) =>
      tf.layers.depthwiseConv2d({
        ...params,
        kernelSize: [height, width],
        strides: [...strides],
        padding,
        name,
        depthwiseInitializer: tf.initializers.glorotUniform({ seed }),
      }),
    ),
  examples: [
    { params: { kernelSize: [3, 3], padding: 'same' }, inputs: [[112, 112, 32]], shape: [112, 112, 32] },
    {
      params: { kernelSize: [3, 3], strides: [2, 2], padding: 1, useBias: false },
      inputs: [[112, 112, 8]],
      shape: [56, 56, 8],
    },
    { params: { kernelSize: [3, 5], depthMultiplier: 2 }, inputs: [[9, 8, 3]], shape: [7, 4, 6] },
  ],
});
