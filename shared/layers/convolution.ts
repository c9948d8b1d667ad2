import { limits, sizeText, strideText } from './commonParams.ts';
import { int, type Language, type Padding } from './params.ts';
import { setParam } from './slidingWindow.ts';
import { refuse, type ShapeResult } from './spec.ts';

export const depthMultiplier = int({
  min: 1,
  max: limits.window,
  default: 1,
  label: { en: 'Depth multiplier', 'zh-TW': '深度倍數' },
  help: {
    en: 'How many filters each channel gets, and so how many channels come of each. 1 is usual; more costs weights and time in proportion.',
    'zh-TW': '每個通道用幾個濾波器，也就是各產生幾個通道。通常為 1；越多權重與時間等比增加。',
  },
});

/** What the layers that convolve say of themselves on a block. */
export interface ConvolutionWords {
  readonly filters?: number;
  readonly kernelSize: readonly number[];
  readonly strides: readonly number[];
  readonly padding: Padding;
  readonly dilationRate?: readonly number[];
  readonly activation: string;
}

/** `16 filters · 3×3 · stride 1 · same · relu` */
export function describeConvolution(
  { filters, kernelSize, strides, padding, dilationRate = [], activation }: ConvolutionWords,
  language: Language,
): string {
  const words = {
    en: { filters: 'filters', stride: 'stride', dilation: 'dilation' },
    'zh-TW': { filters: '個濾波器', stride: '步幅', dilation: '擴張' },
  }[language];
  return [
    ...(filters === undefined ? [] : [`${String(filters)} ${words.filters}`]),
    sizeText(kernelSize),
    `${words.stride} ${strideText(strides)}`,
    String(padding),
    ...(dilationRate.some((rate) => rate > 1) ? [`${words.dilation} ${strideText(dilationRate)}`] : []),
    ...(activation === 'linear' ? [] : [activation]),
  ].join(' · ');
}

/** The refusal of strides together with dilation: TensorFlow.js gives a shape for them, but does not run them. */
export function stridesWithDilation(
  strides: readonly number[],
  dilationRate: readonly number[],
): ShapeResult | undefined {
  if (strides.every((stride) => stride === 1) || dilationRate.every((rate) => rate === 1)) return undefined;
  const ones = strides.map(() => 1);
  return refuse({
    code: 'strides-with-dilation',
    values: { strides: strideText(strides), dilation: strideText(dilationRate) },
    param: 'dilationRate',
    expected: 'strides 1 or dilationRate 1',
    received: `strides ${strideText(strides)}, dilationRate ${strideText(dilationRate)}`,
    fixes: [setParam('strides', ones, '1'), setParam('dilationRate', ones, '1')],
  });
}

/** The refusal of a depthwise convolution whose strides differ: TensorFlow has no operation for it. */
export function unequalStrides(strides: readonly number[]): ShapeResult | undefined {
  const [first = 1] = strides;
  if (strides.every((stride) => stride === first)) return undefined;
  const equal = (stride: number) =>
    setParam(
      'strides',
      strides.map(() => stride),
      String(stride),
    );
  return refuse({
    code: 'unequal-strides',
    values: { strides: sizeText(strides) },
    param: 'strides',
    expected: `${String(first)}×${String(first)}`,
    received: sizeText(strides),
    fixes: [...new Set(strides)].map(equal),
  });
}
