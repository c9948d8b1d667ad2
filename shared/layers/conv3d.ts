import { torchActivation } from '../codegen/activations.ts';
import { call } from '../codegen/python.ts';
import { biasParameter, convolution } from '../codegen/torchWindow.ts';
import { common } from './commonParams.ts';
import { describeConvolution } from './convolution.ts';
import { undilatedFile } from './fileSettings.ts';
import { slideOver } from './slidingWindow.ts';
import { defineLayer, shaped } from './spec.ts';
import { biasSettings, configured, kernelSettings } from './weightSettings.ts';

/** Without `dilationRate`, which TensorFlow does not compute on a processor. */
export const conv3d = defineLayer({
  kind: 'Conv3D',
  version: 1,
  category: 'convolution',
  icon: 'M3 8l9-5 9 5v9l-9 5-9-5zM3 8l9 5 9-5M12 13v9M7.5 5.5l9 5M7.5 10.5v9M16.5 10.5v9',
  title: { en: 'Conv3D', 'zh-TW': '三維卷積 Conv3D' },
  summary: {
    en: 'Slides small filters through a volume, a scan or the frames of a film; each gives one volume of where its pattern is found.',
    'zh-TW': '讓小小的濾波器在立體（掃描影像或影片的畫格）中滑過；每個濾波器產生一個特徵立體。',
  },
  file: undilatedFile,
  inputs: { min: 1, max: 1 },
  params: {
    filters: common.filters,
    kernelSize: common.kernelSize3,
    strides: common.strides3,
    padding: common.paddingMode('same'),
    activation: common.activation('relu'),
    useBias: common.useBias,
    ...kernelSettings,
    ...biasSettings,
  },
  describe: describeConvolution,
  outputShape({ filters, kernelSize, strides, padding }, [input = []]) {
    const slid = slideOver(input, { param: 'kernelSize', size: kernelSize, strides, padding });
    return slid.ok ? shaped([...slid.size, filters], slid.arithmetic) : slid.refusal;
  },
  weights({ filters, kernelSize, useBias }, [input = []]) {
    const kernel = { name: 'kernel', shape: [...kernelSize, input[3] ?? 0, filters], trainable: true };
    return useBias ? [kernel, { name: 'bias', shape: [filters], trainable: true }] : [kernel];
  },
  /** Depth · height · width · filters · kernel · channels. */
  macs: ({ filters, kernelSize }, [input = []], [depth = 0, height = 0, width = 0]) =>
    depth * height * width * filters * kernelSize[0] * kernelSize[1] * kernelSize[2] * (input[3] ?? 0),
  reach: () => ({ type: 'whole' }),
  build: (tf, { kernelSize, strides, ...params }, { name, seed }) => [
    tf.layers.conv3d({
      ...configured(tf, params, seed),
      kernelSize: [...kernelSize],
      strides: [...strides],
      name,
    }),
  ],
  pytorch: {
    layout: () => 'first',
    code({ filters, kernelSize, strides, padding, activation, useBias }, { inputs: [input = []], self }) {
      const window = { size: kernelSize, strides, padding };
      const made = convolution('nn.Conv3d', [input[3] ?? 0, filters], window, { input, useBias });
      return {
        ...made,
        steps: [...made.before, (x = '') => torchActivation(activation, call(self(), [x]), 1)],
        parameters: [
          { path: '.weight', weight: 'kernel', permute: [4, 3, 0, 1, 2] },
          ...biasParameter(useBias),
        ],
      };
    },
  },
  examples: [
    { params: { filters: 8, kernelSize: [3, 3, 3] }, inputs: [[16, 28, 28, 1]], shape: [14, 26, 26, 8] },
    {
      params: { filters: 4, kernelSize: [1, 3, 5], strides: [1, 2, 2], padding: 'same', useBias: false },
      inputs: [[5, 8, 7, 2]],
      shape: [5, 4, 4, 4],
    },
  ],
});
