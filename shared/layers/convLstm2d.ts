import { torchFunction } from '../codegen/activations.ts';
import { call, helperName } from '../codegen/python.ts';
import { torchLstm } from '../codegen/torchRecurrent.ts';
import { convolution } from '../codegen/torchWindow.ts';
import { common } from './commonParams.ts';
import { describeConvolution, stridesWithDilation } from './convolution.ts';
import { convolvedRecurrentFile } from './fileSettings.ts';
import { recurrentParameters, recurrentParams, seedDropout } from './recurrent.ts';
import { needsAxes, slideOver } from './slidingWindow.ts';
import { defineLayer, refuse, shaped } from './spec.ts';
import { configured } from './weightSettings.ts';

/** Gates side by side in its weights: input, forget, cell, output. */
const gates = 4;

const { units: _units, ...remembering } = recurrentParams;

export const convLstm2d = defineLayer({
  kind: 'ConvLSTM2D',
  version: 1,
  category: 'sequence',
  icon: 'M2 5h8v8H2zM14 5h8v8h-8zM2 9h8M6 5v8M14 9h8M18 5v8M10 17h4M6 13v4h4M14 17h4v-4',
  title: { en: 'ConvLSTM2D', 'zh-TW': '卷積長短期記憶 ConvLSTM2D' },
  summary: {
    en: 'An LSTM over pictures: reads them one after another and remembers maps of features.',
    'zh-TW': '處理圖片序列的 LSTM：逐張讀取並記住特徵圖。',
  },
  file: convolvedRecurrentFile,
  inputs: { min: 1, max: 1 },
  params: {
    filters: common.filters,
    kernelSize: common.kernelSize2,
    strides: common.strides,
    padding: common.paddingMode('same'),
    dilationRate: common.dilationRate,
    ...remembering,
  },
  describe: describeConvolution,
  outputShape({ filters, kernelSize, strides, padding, dilationRate, returnSequences }, [input = []]) {
    const [steps = 0, ...picture] = input;
    if (picture.length !== 3) return refuse(needsAxes(3, input));
    const slid = slideOver(picture, {
      param: 'kernelSize',
      size: kernelSize,
      strides,
      padding,
      dilation: dilationRate,
    });
    if (!slid.ok) return slid.refusal;
    const map = [...slid.size, filters];
    return (
      stridesWithDilation(strides, dilationRate) ??
      shaped(returnSequences ? [steps, ...map] : map, slid.arithmetic)
    );
  },
  weights({ filters, kernelSize, useBias }, [input = []]) {
    const columns = filters * gates;
    return [
      { name: 'kernel', shape: [...kernelSize, input[3] ?? 0, columns], trainable: true },
      { name: 'recurrent_kernel', shape: [...kernelSize, filters, columns], trainable: true },
      ...(useBias ? [{ name: 'bias', shape: [columns], trainable: true }] : []),
    ];
  },
  /** Steps · height · width · gates · filters · kernel · (channels + filters): input and memory are convolved. */
  macs({ filters, kernelSize: [height, width] }, [[steps = 0, , , channels = 0] = []], output) {
    const [mapHeight = 0, mapWidth = 0] = output.slice(-3);
    return steps * mapHeight * mapWidth * gates * filters * height * width * (channels + filters);
  },
  reach: () => ({ type: 'whole' }),
  mask: 'uses',
  build: (tf, { kernelSize, strides, dilationRate, ...params }, context) => [
    seedDropout(
      tf.layers.convLstm2d({
        ...configured(tf, params, context.seed),
        kernelSize: [...kernelSize],
        strides: [...strides],
        dilationRate: [...dilationRate],
        name: context.name,
      }),
      gates,
      context,
      params,
    ),
  ],
  keras: { defaults: { recurrentActivation: 'sigmoid' } },
  pytorch: {
    layout: () => 'first',
    code(
      { filters, kernelSize, strides, padding, dilationRate, activation, recurrentActivation, ...values },
      { inputs: [[, ...picture] = []], self },
    ) {
      const columns = filters * gates;
      const { useBias, returnSequences, goBackwards } = values;
      const window = { size: kernelSize, strides, padding, dilation: dilationRate };
      const kernel = convolution('nn.Conv2d', [picture[2] ?? 0, columns], window, {
        input: picture,
        useBias,
      });
      const around = { size: kernelSize, strides: [1, 1], padding: 'same' } as const;
      const recurrent = convolution('nn.Conv2d', [filters, columns], around, {
        input: picture,
        useBias: false,
      });
      const made = call(
        helperName(torchLstm),
        [
          kernel.modules[''],
          recurrent.modules[''],
          torchFunction(activation),
          torchFunction(recurrentActivation),
        ],
        {
          sequences: returnSequences ? 'True' : undefined,
          backwards: goBackwards ? 'True' : undefined,
        },
      );
      return {
        modules: { '': made },
        steps: [...kernel.before, (x = '') => call(self(), [x])],
        parameters: recurrentParameters(useBias, [3, 2, 0, 1]),
      };
    },
  },
  examples: [
    { params: { filters: 4, kernelSize: [3, 3] }, inputs: [[5, 8, 8, 2]], shape: [6, 6, 4] },
    {
      params: { filters: 2, kernelSize: [3, 3], padding: 'same', strides: [2, 2], returnSequences: true },
      inputs: [[3, 7, 6, 1]],
      shape: [3, 4, 3, 2],
    },
  ],
});
