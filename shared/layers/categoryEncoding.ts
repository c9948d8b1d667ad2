import { call, inline } from '../codegen/python.ts';
import { limits } from './commonParams.ts';
import { choice, int } from './params.ts';
import { needsAxes, setParam } from './slidingWindow.ts';
import { defineLayer, refuse, shaped } from './spec.ts';

export const categoryEncoding = defineLayer({
  kind: 'CategoryEncoding',
  version: 1,
  category: 'sequence',
  icon: 'M3 4h4M3 12h4M3 20h4M10 4l3 8-3 8M15 3h3v3h-3zM15 10h3v4h-3zM15 18h3v3h-3zM20 10h1v4h-1z',
  title: { en: 'CategoryEncoding', 'zh-TW': '類別編碼 CategoryEncoding' },
  summary: {
    en: 'Turns numbers of categories into a row with a place for each: 1 where the category occurs, or how often.',
    'zh-TW': '把類別編號變成一列，每個類別一格：出現的填 1，或填出現次數。',
  },
  file: { only: { sparse: [false] } },
  inputs: { min: 1, max: 1 },
  params: {
    numTokens: int({
      min: 2,
      max: limits.units,
      initial: 10,
      label: { en: 'Categories', 'zh-TW': '類別數' },
      help: {
        en: 'How many categories there are, numbered from 0. Too few, and numbers beyond them are lost; too many are places that stay 0.',
        'zh-TW': '共有幾個類別，從 0 編號。太少會漏掉超過的編號；太多則有永遠是 0 的格子。',
      },
    }),
    outputMode: choice({
      options: ['multiHot', 'oneHot', 'count'],
      default: 'multiHot',
      label: { en: 'Output', 'zh-TW': '輸出方式' },
      help: {
        en: 'multiHot: 1 for each category that occurs. oneHot: for a single number. count: how often each occurs.',
        'zh-TW': 'multiHot：出現的類別填 1。oneHot：只有一個編號時使用。count：各出現幾次。',
      },
    }),
  },
  describe: ({ numTokens, outputMode }) => `${String(numTokens)} · ${outputMode}`,
  outputShape({ numTokens, outputMode }, [input = []]) {
    if (input.length !== 1) return refuse(needsAxes(0, input));
    const [count = 1] = input;
    if (outputMode === 'oneHot' && count > 1) {
      return refuse({
        code: 'one-hot-of-several',
        values: { count },
        param: 'outputMode',
        expected: '[1]',
        received: `[${String(count)}]`,
        fixes: [setParam('outputMode', 'multiHot'), setParam('outputMode', 'count')],
      });
    }
    return shaped([numTokens]);
  },
  weights: () => [],
  macs: () => 0,
  reach: () => ({ type: 'whole' }),
  build: (tf, { numTokens, outputMode }, { name, inputs: [[count = 1] = []] }) => [
    // TensorFlow.js writes this layer's shape into that of its input: a Reshape to the same shape gives it one to spoil.
    tf.layers.reshape({ targetShape: [count], name: `${name}.input` }),
    tf.layers.categoryEncoding({ numTokens, outputMode, name }),
  ],
  pytorch: {
    layout: () => 'last',
    code: ({ numTokens, outputMode }) => ({
      steps: [
        (x = '') => call('F.one_hot', [`${inline(x)}.long()`, String(numTokens)]),
        (x = '') => `${inline(x)}.${outputMode === 'count' ? 'sum' : 'amax'}(1).float()`,
      ],
    }),
  },
  examples: [
    { params: { numTokens: 10 }, inputs: [[3]], shape: [10] },
    { params: { numTokens: 5, outputMode: 'oneHot' }, inputs: [[1]], shape: [5] },
    { params: { numTokens: 4, outputMode: 'count' }, inputs: [[6]], shape: [4] },
  ],
});
