import { activations } from './activationNames.ts';
import { choice, int, padding, size1, size2, size3, toggle } from './params.ts';
import {
  betaSettings,
  biasSettings,
  depthwiseSettings,
  gammaSettings,
  kernelSettings,
  pointwiseSettings,
  recurrentSettings,
} from './weightSettings.ts';

export { activations };

/** Limits that keep a mistyped number from asking for all of the memory. */
export const limits = { window: 1024, units: 65_536, side: 16_384, value: 1_000_000 } as const;

const filters = {
  min: 1,
  max: limits.units,
  initial: 16,
  label: { en: 'Filters', 'zh-TW': '濾波器數' },
  help: {
    en: 'How many patterns are looked for, and so how many channels come out. Too few miss patterns; too many cost time and learn by heart.',
    'zh-TW': '要找多少種圖樣，也就是輸出的通道數。太少會漏掉圖樣；太多費時且容易死背。',
  },
} as const;

const kernelSize = {
  min: 1,
  max: limits.window,
  label: { en: 'Kernel size', 'zh-TW': '卷積核大小' },
} as const;

const strides = {
  min: 1,
  max: limits.window,
  label: { en: 'Strides', 'zh-TW': '步幅' },
} as const;

const dilationRate = {
  min: 1,
  max: limits.window,
  label: { en: 'Dilation', 'zh-TW': '擴張率' },
  help: {
    en: 'Distance between the points of the kernel. More sees further with the same weights, but misses what lies between.',
    'zh-TW': '卷積核各點之間的距離。越大看得越遠而權重不變，但會漏掉中間的內容。',
  },
} as const;

/** Parameters that several layers share, so that all say the same of them. */
export const common = {
  filters: int(filters),
  kernelSize1: size1({
    ...kernelSize,
    initial: [3],
    help: {
      en: 'How many steps the window takes in. 3 to 7 is usual; a longer one sees more at once and has more weights.',
      'zh-TW': '窗口涵蓋多少步。常用 3 到 7；越長一次看得越多，權重也越多。',
    },
  }),
  kernelSize2: size2({
    ...kernelSize,
    initial: [3, 3],
    help: {
      en: 'Height and width of the window. 3 × 3 is usual; 1 × 1 only mixes channels; a large one sees more and has more weights.',
      'zh-TW': '窗口的高與寬。常用 3 × 3；1 × 1 只混合通道；越大看得越廣，權重也越多。',
    },
  }),
  kernelSize3: size3({
    ...kernelSize,
    initial: [3, 3, 3],
    help: {
      en: 'Depth, height and width of the window. 3 × 3 × 3 is usual; weights grow with all three.',
      'zh-TW': '窗口的深、高與寬。常用 3 × 3 × 3；權重隨三邊一起增加。',
    },
  }),
  strides1: size1({
    ...strides,
    default: [1],
    help: {
      en: 'How many steps the window moves each time. 2 halves the sequence; more than the window skips steps.',
      'zh-TW': '窗口每次移動多少步。2 會讓序列減半；大於窗口時會跳過一些步。',
    },
  }),
  strides3: size3({
    ...strides,
    default: [1, 1, 1],
    help: {
      en: 'How far the window moves each time, in depth, height and width. 2 halves all three; larger than the window skips some.',
      'zh-TW': '窗口每次在深、高、寬各移動多遠。2 會讓三邊減半；大於窗口時會跳過一些。',
    },
  }),
  dilationRate1: size1({ ...dilationRate, default: [1] }),
  dilationRate3: size3({ ...dilationRate, default: [1, 1, 1] }),
  /** For layers whose input no layer of TensorFlow.js pads by a number. */
  paddingMode: (initial: 'valid' | 'same') =>
    choice({
      options: ['valid', 'same'],
      default: 'valid',
      initial,
      label: { en: 'Padding', 'zh-TW': '填補' },
      help: {
        en: 'valid: none, so the output is smaller by what the window reaches over the edge. same: zeros at the edges, as many as keep the size at stride 1.',
        'zh-TW': 'valid：不填補，輸出會小於輸入。same：在邊緣補零，步幅為 1 時維持大小。',
      },
    }),
  activation: (initial: (typeof activations)[number]) =>
    choice({
      options: activations,
      default: 'linear',
      initial,
      label: { en: 'Activation', 'zh-TW': '激勵函數' },
      help: {
        en: 'Applied to every output. Without one, stacked layers are no more than a single one; relu is the usual choice between layers, softmax at the end.',
        'zh-TW': '套用在每個輸出上。沒有它，疊起來的層等同於一層；層與層之間常用 relu，最後一層用 softmax。',
      },
    }),
  useBias: toggle({
    default: true,
    label: { en: 'Bias', 'zh-TW': '偏差值' },
    help: {
      en: 'Adds one learned number to each output channel. Not needed right before batch normalisation.',
      'zh-TW': '每個輸出通道再加上一個學得的數字。後面緊接批次正規化時不需要。',
    },
  }),
  strides: size2({
    ...strides,
    default: [1, 1],
    help: {
      en: 'How far the window moves each time. 2 halves height and width; larger than the window skips pixels.',
      'zh-TW': '窗口每次移動多遠。2 會讓高與寬減半；大於窗口時會跳過像素。',
    },
  }),
  dilationRate: size2({ ...dilationRate, default: [1, 1] }),
  padding: (initial: 'valid' | 'same') =>
    padding({
      max: limits.window,
      default: 'valid',
      initial,
      label: { en: 'Padding', 'zh-TW': '填補' },
      help: {
        en: 'valid: none. same: as much as keeps height and width at stride 1. A number: so many rows and columns of zeros on each side (for pooling the zeros take part).',
        'zh-TW':
          'valid：不填補。same：步幅為 1 時維持高寬。數字：每一側補上這麼多列與行的零（池化時零也會參與）。',
      },
    }),
  axis: int({
    min: -4,
    max: 3,
    default: -1,
    label: { en: 'Axis', 'zh-TW': '軸' },
    help: {
      en: 'Counted with the batch as axis 0, as TensorFlow does; −1 is the last one, the channels.',
      'zh-TW': '與 TensorFlow 相同，批次為第 0 軸；−1 是最後一軸，即通道。',
    },
  }),
  ...kernelSettings,
  ...recurrentSettings,
  ...depthwiseSettings,
  ...pointwiseSettings,
  ...biasSettings,
  ...gammaSettings,
  ...betaSettings,
};

/** `5×5`: a size as short as can be read. */
export function sizeText(size: readonly number[]): string {
  return size.map(String).join('×');
}

/** `2`, or `2×1` where the axes differ. */
export function strideText(strides: readonly number[]): string {
  const [first] = strides;
  return first !== undefined && strides.every((stride) => stride === first)
    ? String(first)
    : sizeText(strides);
}
