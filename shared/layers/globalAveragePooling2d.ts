import { inline } from '../codegen/python.ts';
import { globalStep } from '../lecture/stepping/windows.ts';
import { globalPoolingFile } from './fileSettings.ts';
import { isPicture } from './shape.ts';
import { needsPicture } from './slidingWindow.ts';
import { defineLayer, refuse, shaped } from './spec.ts';

export const globalAveragePooling2d = defineLayer({
  kind: 'GlobalAveragePooling2D',
  version: 1,
  category: 'pooling',
  usual: true,
  icon: 'M3 3h18v18H3zM8 12h8M12 8v8M8 8l8 8M16 8l-8 8',
  title: { en: 'GlobalAveragePooling2D', 'zh-TW': '全域平均池化 GlobalAveragePooling2D' },
  summary: {
    en: 'Averages each whole channel to one number: a vector as long as there are channels, without weights.',
    'zh-TW': '把每個通道整張平均成一個數字：得到與通道數等長的向量，不需權重。',
  },
  file: globalPoolingFile,
  inputs: { min: 1, max: 1 },
  params: {},
  describe: () => '',
  outputShape(_params, [input = []]) {
    if (!isPicture(input)) return refuse(needsPicture(input));
    return shaped([input[2]]);
  },
  weights: () => [],
  macs: () => 0,
  reach: () => ({ type: 'whole' }),
  steps: (_params, [input = []]) => globalStep('pooling-average', input),
  build: (tf, _params, { name }) => [tf.layers.globalAveragePooling2d({ name })],
  pytorch: {
    code: (_params, { dim }) => ({
      steps: [(x = '') => `${inline(x)}.mean((${String(dim(0))}, ${String(dim(1))}))`],
    }),
  },
  examples: [{ params: {}, inputs: [[7, 7, 512]], shape: [512] }],
});
