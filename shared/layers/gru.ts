import { torchGru } from '../codegen/torchRecurrent.ts';
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

/** Gates side by side in its weights: update, reset, new. */
const gates = 3;

const { unitForgetBias: _unitForgetBias, ...params } = recurrentParams;

export const gru = defineLayer({
  kind: 'GRU',
  version: 1,
  category: 'sequence',
  usual: true,
  icon: 'M3 12h4M17 12h4M7 7h10v10H7zM7 12h10M12 3v4',
  title: { en: 'GRU', 'zh-TW': '閘門循環單元 GRU' },
  summary: {
    en: 'Reads a sequence step by step and remembers; lighter than LSTM, with fewer gates.',
    'zh-TW': '一步一步讀取序列並記住內容；比 LSTM 輕，閘門較少。',
  },
  file: { ...recurrentFile, only: { ...recurrentFile.only, reset_after: [false, null] } },
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
      tf.layers.gru({ ...configured(tf, params, context.seed), name: context.name }),
      gates,
      context,
      params,
    ),
  ],
  keras: { defaults: { recurrentActivation: 'sigmoid' }, more: { reset_after: 'False' } },
  pytorch: {
    layout: () => 'last',
    code: (params, context) => recurrentCode(torchGru, gates, params, context),
  },
  examples: [
    { params: { units: 8 }, inputs: [[10, 4]], shape: [8] },
    { params: { units: 3, returnSequences: true, useBias: false }, inputs: [[6, 5]], shape: [6, 3] },
  ],
});
