import { torchLstm } from '../codegen/torchRecurrent.ts';
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

/** Gates side by side in its weights: input, forget, cell, output. */
const gates = 4;

const params = recurrentParams;

export const lstm = defineLayer({
  kind: 'LSTM',
  version: 1,
  category: 'sequence',
  usual: true,
  icon: 'M3 12h4M17 12h4M7 7h10v10H7zM12 7v10M7 12h10M12 3v4',
  title: { en: 'LSTM', 'zh-TW': '長短期記憶 LSTM' },
  summary: {
    en: 'Reads a sequence step by step and remembers over many steps what its gates keep.',
    'zh-TW': '一步一步讀取序列，以閘門記住很多步之前的內容。',
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
      tf.layers.lstm({ ...configured(tf, params, context.seed), name: context.name }),
      gates,
      context,
      params,
    ),
  ],
  keras: { defaults: { recurrentActivation: 'sigmoid' } },
  pytorch: {
    layout: () => 'last',
    code: (params, context) => recurrentCode(torchLstm, gates, params, context),
  },
  examples: [
    { params: { units: 8 }, inputs: [[10, 4]], shape: [8] },
    { params: { units: 3, returnSequences: true, useBias: false }, inputs: [[6, 5]], shape: [6, 3] },
  ],
});
