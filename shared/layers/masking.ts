import { real } from './params.ts';
import { needsAxes } from './slidingWindow.ts';
import { defineLayer, refuse, shaped } from './spec.ts';

export const masking = defineLayer({
  kind: 'Masking',
  version: 1,
  category: 'sequence',
  icon: 'M3 6h4v12H3zM10 6h4v12h-4zM17 6h4v12h-4zM10 6l4 12M14 6l-4 12',
  title: { en: 'Masking', 'zh-TW': '遮罩層 Masking' },
  summary: {
    en: 'Lets the recurrent layers after it leave out steps that hold one number alone, as sequences are filled up with.',
    'zh-TW': '讓後面的循環層略過全為某一數字的步，也就是補齊長度用的步。',
  },
  inputs: { min: 1, max: 1 },
  params: {
    maskValue: real({
      min: -1e6,
      max: 1e6,
      default: 0,
      label: { en: 'Value', 'zh-TW': '值' },
      help: {
        en: 'The number that says that there is no step. One that data holds too leaves out real steps.',
        'zh-TW': '代表沒有這一步的數字。若資料中也有這個數字，真正的步也會被略過。',
      },
    }),
  },
  describe: ({ maskValue }) => String(maskValue),
  outputShape: (_params, [input = []]) => (input.length < 2 ? refuse(needsAxes(1, input)) : shaped(input)),
  weights: () => [],
  macs: () => 0,
  mask: 'passes',
  makesMask: () => true,
  build: (tf, { maskValue }, { name }) => [tf.layers.masking({ maskValue, name })],
  keras: { positional: ['maskValue'] },
  examples: [
    { params: {}, inputs: [[10, 4]], shape: [10, 4] },
    { params: { maskValue: -1 }, inputs: [[3, 2]], shape: [3, 2] },
  ],
});
