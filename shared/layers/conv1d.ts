import { torchActivation } from '../codegen/activations.ts';
import { call } from '../codegen/python.ts';
import { biasParameter, convolution } from '../codegen/torchWindow.ts';
import { convolutionStep } from '../lecture/stepping/windows.ts';
import { common } from './commonParams.ts';
import { describeConvolution, stridesWithDilation } from './convolution.ts';
import { kernelFile } from './fileSettings.ts';
import { slideOver } from './slidingWindow.ts';
import { defineLayer, shaped } from './spec.ts';
import { biasSettings, configured, kernelSettings } from './weightSettings.ts';

export const conv1d = defineLayer({
  kind: 'Conv1D',
  version: 1,
  category: 'convolution',
  usual: true,
  icon: 'M2 9h20v6H2zM7 9v6M12 9v6M17 9v6M7 6h10M7 5v2M17 5v2',
  title: { en: 'Conv1D', 'zh-TW': '一維卷積 Conv1D' },
  summary: {
    en: 'Slides small filters along a sequence, of sound or of words; each says where its pattern is found.',
    'zh-TW': '讓小小的濾波器沿著序列（聲音或文字）滑過；每個濾波器標出它的圖樣在哪裡。',
  },
  file: kernelFile,
  inputs: { min: 1, max: 1 },
  params: {
    filters: common.filters,
    kernelSize: common.kernelSize1,
    strides: common.strides1,
    padding: common.paddingMode('same'),
    dilationRate: common.dilationRate1,
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
    return stridesWithDilation(strides, dilationRate) ?? shaped([...slid.size, filters], slid.arithmetic);
  },
  weights({ filters, kernelSize, useBias }, [input = []]) {
    const kernel = { name: 'kernel', shape: [...kernelSize, input[1] ?? 0, filters], trainable: true };
    return useBias ? [kernel, { name: 'bias', shape: [filters], trainable: true }] : [kernel];
  },
  /** Steps · filters · kernel · features. */
  macs: ({ filters, kernelSize: [size] }, [input = []], [steps = 0]) =>
    steps * filters * size * (input[1] ?? 0),
  reach: () => ({ type: 'whole' }),
  steps: (params, [input = []]) => convolutionStep(params, input),
  build: (tf, { kernelSize, strides, dilationRate, ...params }, { name, seed }) => [
    tf.layers.conv1d({
      ...configured(tf, params, seed),
      kernelSize: [...kernelSize],
      strides: [...strides],
      dilationRate: [...dilationRate],
      name,
    }),
  ],
  pytorch: {
    layout: () => 'first',
    code(
      { filters, kernelSize, strides, padding, dilationRate, activation, useBias },
      { inputs: [input = []], self },
    ) {
      const window = { size: kernelSize, strides, padding, dilation: dilationRate };
      const made = convolution('nn.Conv1d', [input[1] ?? 0, filters], window, { input, useBias });
      return {
        ...made,
        steps: [...made.before, (x = '') => torchActivation(activation, call(self(), [x]), 1)],
        parameters: [{ path: '.weight', weight: 'kernel', permute: [2, 1, 0] }, ...biasParameter(useBias)],
      };
    },
  },
  examples: [
    { params: { filters: 32, kernelSize: [7] }, inputs: [[100, 16]], shape: [94, 32] },
    {
      params: { filters: 8, kernelSize: [3], strides: [2], padding: 'same', useBias: false },
      inputs: [[25, 4]],
      shape: [13, 8],
    },
    { params: { filters: 4, kernelSize: [3], dilationRate: [4] }, inputs: [[20, 2]], shape: [12, 4] },
  ],
});
