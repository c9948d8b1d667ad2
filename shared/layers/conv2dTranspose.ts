import { activationSteps } from '../codegen/activations.ts';
import { call } from '../codegen/python.ts';
import { biasParameter, transposedConvolution } from '../codegen/torchWindow.ts';
import { transposedStep } from '../lecture/stepping/windows.ts';
import { common } from './commonParams.ts';
import { describeConvolution } from './convolution.ts';
import { transposedFile } from './fileSettings.ts';
import { defineLayer } from './spec.ts';
import { biasSettings, configured, kernelSettings } from './weightSettings.ts';
import { transposedShape } from './transposedConvolution.ts';

/** Without `dilationRate`, which TensorFlow.js leaves out of its calculation. */
export const conv2dTranspose = defineLayer({
  kind: 'Conv2DTranspose',
  version: 1,
  category: 'convolution',
  usual: true,
  icon: 'M8 8h8v8H8zM12 8v8M8 12h8M6 6L3 3M3 6V3h3M18 6l3-3M21 6V3h-3M6 18l-3 3M3 18v3h3M18 18l3 3M21 18v3h-3',
  title: { en: 'Conv2DTranspose', 'zh-TW': '轉置卷積 Conv2DTranspose' },
  summary: {
    en: 'A convolution turned round: each pixel is painted as a small pattern, so that the picture grows. Decoders draw with it.',
    'zh-TW': '反過來的卷積：每個像素畫成一小塊圖樣，圖片因而變大。解碼器用它來作畫。',
  },
  file: transposedFile,
  inputs: { min: 1, max: 1 },
  params: {
    filters: common.filters,
    kernelSize: common.kernelSize2,
    strides: {
      ...common.strides,
      initial: [2, 2],
      help: {
        en: 'How far apart the patterns are painted. 2 doubles height and width; more than the kernel leaves gaps, and a kernel that is no multiple of it shows as a checkerboard.',
        'zh-TW':
          '畫出的圖樣彼此相隔多遠。2 會讓高與寬加倍；大於卷積核會留下空隙，卷積核不是它的倍數則會出現棋盤紋。',
      },
    },
    padding: {
      ...common.paddingMode('same'),
      help: {
        en: 'same: height and width times the stride. valid: everything that is painted, with what stands out at the edges.',
        'zh-TW': 'same：高與寬各乘上步幅。valid：畫出的全部，包括邊緣突出的部分。',
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
    const kernel = { name: 'kernel', shape: [...kernelSize, filters, input[2] ?? 0], trainable: true };
    return useBias ? [kernel, { name: 'bias', shape: [filters], trainable: true }] : [kernel];
  },
  /** Every number of the input is painted with the whole kernel. */
  macs: (
    { filters, kernelSize: [kernelHeight, kernelWidth] },
    [[height = 0, width = 0, channels = 0] = []],
  ) => height * width * channels * kernelHeight * kernelWidth * filters,
  // A pattern of F at a stride of S overlaps with those of F/S pixels.
  reach: ({ kernelSize, strides, padding }) => ({
    type: 'window',
    size: [kernelSize[0] / strides[0], kernelSize[1] / strides[1]],
    strides: [1 / strides[0], 1 / strides[1]],
    dilation: [1, 1],
    before: [before(kernelSize[0], strides[0], padding), before(kernelSize[1], strides[1], padding)],
  }),
  steps(params, [input = []]) {
    const { kernelSize, ...others } = params;
    const slide = { ...others, input, size: kernelSize, kernel: 'kernel' };
    const output = transposedShape(params, input);
    return output.ok ? transposedStep(slide, output.shape) : [];
  },
  build: (tf, { kernelSize, strides, ...params }, { name, seed }) => [
    tf.layers.conv2dTranspose({
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
      const made = transposedConvolution('nn.ConvTranspose2d', [input[2] ?? 0, filters], window, useBias);
      return {
        ...made,
        steps: [(x = '') => call(self(), [x]), ...made.after, ...activationSteps(activation, 1)],
        parameters: [{ path: '.weight', weight: 'kernel', permute: [3, 2, 0, 1] }, ...biasParameter(useBias)],
      };
    },
  },
  examples: [
    {
      params: { filters: 8, kernelSize: [3, 3], strides: [2, 2] },
      inputs: [[5, 5, 16]],
      shape: [11, 11, 8],
    },
    {
      params: { filters: 64, kernelSize: [2, 2], strides: [2, 2], padding: 'same' },
      inputs: [[28, 28, 128]],
      shape: [56, 56, 64],
    },
    {
      params: { filters: 2, kernelSize: [1, 3], strides: [3, 1], useBias: false },
      inputs: [[4, 5, 3]],
      shape: [12, 7, 2],
    },
  ],
});

/** What `Reach` calls `before`, along one axis: without strides the layer is a convolution with its kernel turned round. */
function before(kernel: number, stride: number, padding: string | number): number {
  const cut = padding === 'same' ? Math.floor(Math.max(0, kernel - stride) / 2) : 0;
  return stride === 1 ? kernel - 1 - cut : cut;
}
