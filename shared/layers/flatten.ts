import { inline } from '../codegen/python.ts';
import { sizeOf } from './shape.ts';
import { defineLayer, shaped } from './spec.ts';

export const flatten = defineLayer({
  kind: 'Flatten',
  version: 1,
  category: 'shape',
  usual: true,
  frequent: true,
  icon: 'M4 4h6v6H4zM7 10v4M4 14h16v6H4zM8 14v6M12 14v6M16 14v6',
  title: { en: 'Flatten', 'zh-TW': '展平 Flatten' },
  summary: {
    en: 'Lays all numbers of the picture out in one row, for the Dense layers that follow.',
    'zh-TW': '把圖片的所有數字排成一列，交給後面的全連接層。',
  },
  inputs: { min: 1, max: 1 },
  params: {},
  describe: () => '',
  outputShape(_params, [input = []]) {
    const size = sizeOf(input);
    return shaped([size], input.length > 1 ? [`${input.join('·')} = ${String(size)}`] : []);
  },
  weights: () => [],
  macs: () => 0,
  // TensorFlow.js refuses to flatten what is flat already, though Keras does not.
  build: (tf, _params, { name, inputs: [input = []] }) => [
    input.length > 1 ? tf.layers.flatten({ name }) : tf.layers.activation({ activation: 'linear', name }),
  ],
  pytorch: {
    // Dense weights count the channels of a pixel one after another; of a single pixel there is but one order.
    layout: (_params, { inputs: [input = []] }) =>
      input.slice(0, -1).every((side) => side === 1) ? undefined : 'last',
    code: () => ({ steps: [(x = '') => `${inline(x)}.flatten(1)`] }),
  },
  examples: [
    { params: {}, inputs: [[5, 5, 16]], shape: [400] },
    { params: {}, inputs: [[10]], shape: [10] },
  ],
});
