import { call } from '../codegen/python.ts';
import { axisIndex, noSuchAxis, onLastAxis, reachOver } from './axis.ts';
import { common } from './commonParams.ts';
import { defineLayer, refuse, shaped } from './spec.ts';

export const softmax = defineLayer({
  kind: 'Softmax',
  version: 1,
  category: 'activation',
  icon: 'M3 21h18M5 21v-3M9 21v-6M13 21V4M17 21v-9',
  title: { en: 'Softmax', 'zh-TW': '歸一化指數 Softmax' },
  summary: {
    en: 'Turns numbers into probabilities along an axis: all positive, together 1.',
    'zh-TW': '沿著一個軸把數字變成機率：全部為正，總和為 1。',
  },
  inputs: { min: 1, max: 1 },
  params: { axis: { ...common.axis, default: 1, initial: -1 } },
  describe({ axis }, language) {
    return axis === -1 ? '' : `${{ en: 'axis', 'zh-TW': '軸' }[language]} ${String(axis)}`;
  },
  outputShape: ({ axis }, [input = []]) =>
    axisIndex(axis, input) === undefined ? refuse(noSuchAxis(axis, input)) : shaped(input),
  weights: () => [],
  macs: () => 0,
  reach: ({ axis }, [input = []]) => reachOver([axis], input),
  asActivation: ({ axis }) => (axis === -1 ? 'softmax' : null),
  build: (tf, { axis }, { name, inputs: [input = []] }) =>
    onLastAxis(tf, { name, input, axis }, () => [tf.layers.softmax({ axis: -1, name })]),
  keras: { defaults: { axis: -1 } },
  pytorch: {
    code: ({ axis }, { inputs: [input = []], dim }) => ({
      steps: [(x = '') => call('F.softmax', [x], { dim: String(dim(axisIndex(axis, input) ?? 0)) })],
    }),
  },
  examples: [
    { params: { axis: -1 }, inputs: [[10]], shape: [10] },
    { params: {}, inputs: [[7, 5, 4]], shape: [7, 5, 4] },
    { params: { axis: 2 }, inputs: [[7, 5, 4, 3]], shape: [7, 5, 4, 3] },
  ],
});
