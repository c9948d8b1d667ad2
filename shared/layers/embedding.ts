import { call, inline } from '../codegen/python.ts';
import { int, maxAxes, toggle } from './params.ts';
import { shapeText } from './shape.ts';
import { defineLayer, refuse, shaped } from './spec.ts';
import { configured, settingsOf } from './weightSettings.ts';

export const embedding = defineLayer({
  kind: 'Embedding',
  version: 1,
  category: 'sequence',
  usual: true,
  icon: 'M3 5h6v14H3zM3 10h6M3 14h6M15 8h6v8h-6zM9 12h6M15 12h6M18 8v8',
  title: { en: 'Embedding', 'zh-TW': '嵌入層 Embedding' },
  summary: {
    en: 'Looks up a learned row of numbers for each word or symbol, which is given by its number.',
    'zh-TW': '為每個以編號表示的字詞或符號查出一列學得的數字。',
  },
  file: {
    // Length of the input, which the Input has; weights that were loaded already.
    harmless: ['input_length', 'weights'],
    only: { lora_rank: [null], sparse: [false] },
    noted: { lora_alpha: [null], quantization_config: [null] },
  },
  inputs: { min: 1, max: 1 },
  params: {
    inputDim: int({
      min: 1,
      max: 1_000_000,
      initial: 1000,
      label: { en: 'Words', 'zh-TW': '字詞數' },
      help: {
        en: 'How many words there are: inputs are whole numbers from 0 to one less. Weights grow with it; too few and a larger number finds nothing.',
        'zh-TW': '字詞的數量：輸入為 0 到此數減一的整數。權重隨之增加；太少則較大的編號查不到。',
      },
    }),
    outputDim: int({
      min: 1,
      max: 65_536,
      initial: 32,
      label: { en: 'Numbers each', 'zh-TW': '每個字詞的數字數' },
      help: {
        en: 'How many numbers stand for a word. Too few cannot tell words apart; too many learn by heart.',
        'zh-TW': '用多少個數字代表一個字詞。太少分不清字詞；太多會死背。',
      },
    }),
    maskZero: toggle({
      default: false,
      label: { en: '0 is no word', 'zh-TW': '0 不是字詞' },
      help: {
        en: 'Lets the recurrent layers after it leave out the word 0, which sequences are filled up with.',
        'zh-TW': '讓後面的循環層略過編號 0，也就是補齊長度用的編號。',
      },
    }),
    ...settingsOf('embeddings', 'randomUniform', { en: 'Table', 'zh-TW': '表格' }),
  },
  describe({ inputDim, outputDim }, language) {
    const word = { en: 'words', 'zh-TW': '個字詞' }[language];
    return `${String(inputDim)} ${word} · ${String(outputDim)}`;
  },
  outputShape({ outputDim }, [input = []]) {
    if (input.length < maxAxes) return shaped([...input, outputDim]);
    return refuse({
      code: 'too-many-axes',
      values: { received: shapeText(input), limit: maxAxes - 1 },
      expected: `at most ${String(maxAxes - 1)} axes`,
      received: String(input.length),
      fixes: [
        {
          id: 'insert-before',
          values: { kind: 'Flatten' },
          edit: { type: 'insertBefore', kind: 'Flatten', params: {} },
        },
      ],
    });
  },
  weights: ({ inputDim, outputDim }) => [
    { name: 'embeddings', shape: [inputDim, outputDim], trainable: true },
  ],
  /** It looks up and does not multiply. */
  macs: () => 0,
  makesMask: ({ maskZero }) => maskZero,
  build: (tf, params, { name, seed }) => [tf.layers.embedding({ ...configured(tf, params, seed), name })],
  pytorch: {
    layout: () => 'last',
    code: ({ inputDim, outputDim }, { self }) => ({
      modules: { '': call('nn.Embedding', [String(inputDim), String(outputDim)]) },
      steps: [(x = '') => call(self(), [`${inline(x)}.long()`])],
      parameters: [{ path: '.weight', weight: 'embeddings' }],
    }),
  },
  examples: [
    { params: { inputDim: 1000, outputDim: 16 }, inputs: [[20]], shape: [20, 16] },
    { params: { inputDim: 10, outputDim: 4, maskZero: true }, inputs: [[5, 3]], shape: [5, 3, 4] },
  ],
});
