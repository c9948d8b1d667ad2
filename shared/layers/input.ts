import { limits } from './commonParams.ts';
import { shape } from './params.ts';
import { shapeText, type Shape } from './shape.ts';
import { setParam } from './slidingWindow.ts';
import { defineLayer, shaped, type Objection } from './spec.ts';

/** What to say of a picture that is given as PyTorch has it; square, for a row of many channels is no such mistake. */
function channelsFirst(shape: Shape): Objection | undefined {
  const [channels = 0, height = 0, width = 0] = shape;
  if (shape.length !== 3 || (channels !== 1 && channels !== 3) || height !== width || height < 8)
    return undefined;
  const turned = [height, width, channels];
  return {
    code: 'channels-first',
    values: { input: shapeText(shape), turned: shapeText(turned), height: channels, channels: width },
    param: 'shape',
    expected: `[${turned.join(', ')}]`,
    received: `[${shape.join(', ')}]`,
    fixes: [setParam('shape', turned, shapeText(turned))],
  };
}

export const input = defineLayer({
  kind: 'Input',
  version: 1,
  category: 'input',
  usual: true,
  frequent: true,
  icon: 'M3 12h12M11 8l4 4-4 4M15 4h4a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2h-4',
  title: { en: 'Input', 'zh-TW': '輸入' },
  summary: {
    en: 'Where the pictures come in: height, width and channels of one example.',
    'zh-TW': '圖片進入網路的地方：一個樣本的高、寬與通道數。',
  },
  file: {
    harmless: ['shape', 'input_tensor', 'optional'],
    only: { sparse: [false, null], ragged: [false, null] },
  },
  inputs: { min: 0, max: 0 },
  follows: { shape: 'examples' },
  params: {
    shape: shape({
      max: limits.side,
      initial: [28, 28, 1],
      label: { en: 'Shape', 'zh-TW': '形狀' },
      help: {
        en: 'Height × width × channels, without the batch. MNIST digits are 28 × 28 × 1; a larger input puts them in its centre, surrounded by zeros.',
        'zh-TW': '高 × 寬 × 通道，不含批次。MNIST 數字是 28 × 28 × 1；輸入較大時，數字置中、四周補零。',
      },
    }),
  },
  describe: ({ shape }) => shapeText(shape),
  outputShape: ({ shape }) => shaped(shape, [], channelsFirst(shape)),
  weights: () => [],
  macs: () => 0,
  build: () => [],
  pytorch: { code: () => ({ steps: [] }) },
  examples: [
    { params: { shape: [28, 28, 1] }, inputs: [], shape: [28, 28, 1] },
    { params: { shape: [784] }, inputs: [], shape: [784] },
  ],
});
