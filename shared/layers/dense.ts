import { torchActivation } from '../codegen/activations.ts';
import { call } from '../codegen/python.ts';
import { denseStep } from '../lecture/stepping/windows.ts';
import { common, limits } from './commonParams.ts';
import { kernelFile } from './fileSettings.ts';
import { int } from './params.ts';
import { isPicture, productText, shapeText, sizeOf } from './shape.ts';
import { defineLayer, shaped, type LayerFix } from './spec.ts';
import { biasSettings, configured, kernelSettings } from './weightSettings.ts';

/** A recurrent layer before it may give its last step alone. */
const tellLastStep: LayerFix = {
  id: 'set-layer-param',
  values: { param: 'returnSequences', value: 'false' },
  edit: { type: 'setSourceParam', port: 0, param: 'returnSequences', value: false },
};

const insertBefore = (kind: string): LayerFix => ({
  id: 'insert-before',
  values: { kind },
  edit: { type: 'insertBefore', kind, params: {} },
});

export const dense = defineLayer({
  kind: 'Dense',
  version: 1,
  category: 'dense',
  usual: true,
  frequent: true,
  icon: 'M5 5v.01M5 12v.01M5 19v.01M19 8v.01M19 16v.01M5 5l14 3M5 5l14 11M5 12l14-4M5 12l14 4M5 19l14-11M5 19l14-3',
  title: { en: 'Dense', 'zh-TW': '全連接層 Dense' },
  summary: {
    en: 'Connects every input with every unit: weighs all that was found and decides.',
    'zh-TW': '每個輸入都連到每個神經元：衡量所有找到的特徵並做出判斷。',
  },
  file: kernelFile,
  inputs: { min: 1, max: 1 },
  follows: { units: 'classes', activation: 'probabilities' },
  params: {
    units: int({
      min: 1,
      max: limits.units,
      initial: 128,
      label: { en: 'Units', 'zh-TW': '神經元數' },
      help: {
        en: 'How many numbers come out; in the last layer one for each class. Weights grow with inputs × units.',
        'zh-TW': '輸出多少個數字；最後一層每個類別一個。權重數為輸入 × 神經元。',
      },
    }),
    activation: common.activation('relu'),
    useBias: common.useBias,
    ...kernelSettings,
    ...biasSettings,
  },
  describe({ units, activation }, language) {
    const word = { en: 'units', 'zh-TW': '個神經元' }[language];
    return `${String(units)} ${word}${activation === 'linear' ? '' : ` · ${activation}`}`;
  },
  outputShape({ units }, [input = []]) {
    const shape = [...input.slice(0, -1), units];
    if (input.length <= 1) return shaped(shape);
    const sequence = input.length === 2;
    const means = sequence ? ['GlobalAveragePooling1D'] : isPicture(input) ? ['GlobalAveragePooling2D'] : [];
    return shaped(shape, [], {
      code: sequence ? 'dense-on-sequence' : 'dense-on-picture',
      values: {
        input: shapeText(input),
        output: shapeText(shape),
        units,
        flat: productText(input),
        ...(sequence ? { steps: input[0] ?? 0 } : {}),
      },
      expected: `[${String(sizeOf(input))}]`,
      received: `[${input.join(', ')}]`,
      fixes: [...(sequence ? [tellLastStep] : []), ...['Flatten', ...means].map(insertBefore)],
    });
  },
  weights({ units, useBias }, [input = []]) {
    const kernel = { name: 'kernel', shape: [input.at(-1) ?? 0, units], trainable: true };
    return useBias ? [kernel, { name: 'bias', shape: [units], trainable: true }] : [kernel];
  },
  mask: 'passes',
  macs: ({ units }, [input = []]) => sizeOf(input) * units,
  // On a picture it sees one pixel at a time, like a 1×1 convolution.
  reach: (_params, [input = []]) =>
    input.length > 1
      ? { type: 'window', size: [1, 1], strides: [1, 1], dilation: [1, 1] }
      : { type: 'whole' },
  steps: (params, [input = []]) => denseStep(params, input),
  build: (tf, params, { name, seed }) => [tf.layers.dense({ ...configured(tf, params, seed), name })],
  pytorch: {
    layout: () => 'last',
    code({ units, activation, useBias }, { inputs: [input = []], self, dim }) {
      const made = call('nn.Linear', [String(input.at(-1) ?? 0), String(units)], {
        bias: useBias ? undefined : 'False',
      });
      return {
        modules: { '': made },
        steps: [(x = '') => torchActivation(activation, call(self(), [x]), dim(input.length - 1))],
        parameters: [
          { path: '.weight', weight: 'kernel', permute: [1, 0] },
          ...(useBias ? [{ path: '.bias', weight: 'bias' }] : []),
        ],
      };
    },
  },
  examples: [
    { params: { units: 84 }, inputs: [[120]], shape: [84] },
    { params: { units: 10, activation: 'softmax', useBias: false }, inputs: [[84]], shape: [10] },
    { params: { units: 10 }, inputs: [[7, 7, 64]], shape: [7, 7, 10] },
  ],
});
