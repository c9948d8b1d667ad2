import { activationSteps } from '../codegen/activations.ts';
import { call } from '../codegen/python.ts';
import { biasParameter, transposedConvolution } from '../codegen/torchWindow.ts';
import { common } from './commonParams.ts';
import { describeConvolution } from './convolution.ts';
import { transposedFile } from './fileSettings.ts';
import { sizeOf } from './shape.ts';
import { defineLayer } from './spec.ts';
import { transposedShape } from './transposedConvolution.ts';
import { biasSettings, configured, kernelSettings } from './weightSettings.ts';

/** Without `dilationRate`, which TensorFlow.js leaves out of its calculation. */
export const conv3dTranspose = defineLayer({
  kind: 'Conv3DTranspose',
  version: 1,
  category: 'convolution',
  icon: 'M8 9l4-2 4 2v5l-4 2-4-2zM8 9l4 2 4-2M12 11v5M6 6L3 3M3 6V3h3M18 6l3-3M21 6V3h-3M6 18l-3 3M3 18v3h3M18 18l3 3M21 18v3h-3',
  title: { en: 'Conv3DTranspose', 'zh-TW': '三維轉置卷積 Conv3DTranspose' },
  summary: {
    en: 'A convolution turned round, in a volume: each point is painted as a small pattern, so that the volume grows.',
    'zh-TW': '立體中反過來的卷積：每一點畫成一小塊圖樣，立體因而變大。',
  },
  file: transposedFile,
  inputs: { min: 1, max: 1 },
  params: {
    filters: common.filters,
    kernelSize: common.kernelSize3,
    strides: {
      ...common.strides3,
      initial: [2, 2, 2],
      help: {
        en: 'How far apart the patterns are painted. 2 doubles depth, height and width; more than the kernel leaves gaps, and a kernel that is no multiple of it shows as a checkerboard.',
        'zh-TW':
          '畫出的圖樣彼此相隔多遠。2 會讓深、高與寬加倍；大於卷積核會留下空隙，卷積核不是它的倍數則會出現棋盤紋。',
      },
    },
    padding: {
      ...common.paddingMode('same'),
      help: {
        en: 'same: each side times the stride. valid: everything that is painted, with what stands out at the edges.',
        'zh-TW': 'same：每邊各乘上步幅。valid：畫出的全部，包括邊緣突出的部分。',
      },
    },
    activation: common.activation('relu'),
    useBias: common.useBias,
    ...kernelSettings,
    ...biasSettings,
  },
  describe: describeConvolution,
  outputShape: (params, [input = []]) => transposedShape(params, input),
  weights({ filters, kernelSize, useBias }, [input = []]) {
    const kernel = { name: 'kernel', shape: [...kernelSize, filters, input[3] ?? 0], trainable: true };
    return useBias ? [kernel, { name: 'bias', shape: [filters], trainable: true }] : [kernel];
  },
  /** Every number of the input is painted with the whole kernel. */
  macs: ({ filters, kernelSize }, [input = []]) =>
    sizeOf(input) * kernelSize[0] * kernelSize[1] * kernelSize[2] * filters,
  reach: () => ({ type: 'whole' }),
  build: (tf, { kernelSize, strides, ...params }, { name, seed }) => [
    tf.layers.conv3dTranspose({
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
      const made = transposedConvolution('nn.ConvTranspose3d', [input[3] ?? 0, filters], window, useBias);
      return {
        ...made,
        steps: [(x = '') => call(self(), [x]), ...made.after, ...activationSteps(activation, 1)],
        parameters: [
          { path: '.weight', weight: 'kernel', permute: [4, 3, 0, 1, 2] },
          ...biasParameter(useBias),
        ],
      };
    },
  },
  examples: [
    {
      params: { filters: 8, kernelSize: [3, 3, 3], strides: [2, 2, 2] },
      inputs: [[4, 5, 5, 16]],
      shape: [9, 11, 11, 8],
    },
    {
      params: { filters: 2, kernelSize: [1, 2, 3], strides: [2, 1, 2], padding: 'same', useBias: false },
      inputs: [[3, 4, 5, 3]],
      shape: [6, 4, 10, 2],
    },
  ],
});
