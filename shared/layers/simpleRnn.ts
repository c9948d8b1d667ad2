import { torchSimpleRnn } from '../codegen/torchRecurrent.ts';
import {
  describeRecurrent,
  recurrentCode,
  recurrentMacs,
  recurrentParams,
  recurrentShape,
  recurrentWeights,
  seedDropout,
} from './recurrent.ts';
import { recurrentFile } from './fileSettings.ts';
import { defineLayer } from './spec.ts';
import { configured } from './weightSettings.ts';

/** Gates side by side in its weights: it has none, but for the one that all have. */
const gates = 1;

const {
  unitForgetBias: _unitForgetBias,
  recurrentActivation: _recurrentActivation,
  ...params
} = recurrentParams;

export const simpleRnn = defineLayer({
  kind: 'SimpleRNN',
  version: 1,
  category: 'sequence',
  icon: 'M3 12h4M17 12h4M7 7h10v10H7zM15 7c0-4-6-4-6 0',
  title: { en: 'SimpleRNN', 'zh-TW': '簡單循環層 SimpleRNN' },
  summary: {
    en: 'Reads a sequence step by step and mixes each step into what it remembers; it soon forgets.',
    'zh-TW': '一步一步讀取序列並混入記憶；很快就會忘記。',
  },
  file: recurrentFile,
  inputs: { min: 1, max: 1 },
  params,
  describe: describeRecurrent,
  outputShape: (params, [input = []]) => recurrentShape(params, input),
  weights: (params, [input = []]) => recurrentWeights(params, input, gates),
  /** See `recurrentMacs`. */
  macs: (params, [input = []]) => recurrentMacs(params, input, gates),
  reach: () => ({ type: 'whole' }),
  mask: 'uses',
  build: (tf, params, context) => [
    seedDropout(
      tf.layers.simpleRNN({ ...configured(tf, params, context.seed), name: context.name }),
      gates,
      context,
      params,
    ),
  ],
  pytorch: {
    layout: () => 'last',
    code: (params, context) => recurrentCode(torchSimpleRnn, gates, params, context),
  },
  examples: [
    { params: { units: 8 }, inputs: [[10, 4]], shape: [8] },
    { params: { units: 3, returnSequences: true, useBias: false }, inputs: [[6, 5]], shape: [6, 3] },
  ],
});
