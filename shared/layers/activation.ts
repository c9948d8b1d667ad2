import { activationSteps } from '../codegen/activations.ts';
import { activations } from './commonParams.ts';
import { choice } from './params.ts';
import { defineLayer, shaped } from './spec.ts';

export const activation = defineLayer({
  kind: 'Activation',
  version: 1,
  category: 'activation',
  usual: true,
  icon: 'M3 18h9l8-12M3 21h18M12 3v18',
  title: { en: 'Activation', 'zh-TW': '激勵函數 Activation' },
  summary: {
    en: 'Bends every number by the same curve; without it, layers in a row are no more than one.',
    'zh-TW': '用同一條曲線彎折每個數字；沒有它，多層等同於一層。',
  },
  inputs: { min: 1, max: 1 },
  params: {
    activation: choice({
      options: activations,
      initial: 'relu',
      label: { en: 'Activation', 'zh-TW': '激勵函數' },
      help: {
        en: 'relu keeps what is positive; softmax turns the last layer into probabilities.',
        'zh-TW': 'relu 只留正數；softmax 把最後一層變成機率。',
      },
    }),
  },
  describe: ({ activation }) => activation,
  outputShape: (_params, [input = []]) => shaped(input),
  weights: () => [],
  mask: 'passes',
  macs: () => 0,
  asActivation: ({ activation }) => activation,
  build: (tf, params, { name }) => [tf.layers.activation({ ...params, name })],
  pytorch: {
    code: ({ activation }, { inputs: [input = []], dim }) => ({
      steps: activationSteps(activation, dim(input.length - 1)),
    }),
  },
  examples: [
    { params: { activation: 'relu' }, inputs: [[14, 14, 32]], shape: [14, 14, 32] },
    { params: { activation: 'softmax' }, inputs: [[10]], shape: [10] },
  ],
});
