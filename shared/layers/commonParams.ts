import { choice, int, padding, size2, toggle } from './params.ts';
import {
  betaSettings,
  biasSettings,
  depthwiseSettings,
  gammaSettings,
  kernelSettings,
  pointwiseSettings,
  recurrentSettings,
} from './weightSettings.ts';

/** Limits that keep a mistyped number from asking for all of the memory. */
export const limits = { window: 1024, units: 65_536, side: 16_384 } as const;

/** TensorFlow.js's names. */
export const activations = [
  'linear',
  'relu',
  'relu6',
  'elu',
  'selu',
  'sigmoid',
  'hardSigmoid',
  'tanh',
  'softmax',
  'softplus',
  'softsign',
  'swish',
  'gelu',
] as const;

/** Parameters that several layers share, so that all say the same of them. */
export const common = {
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
    min: 1,
    max: limits.window,
    default: [1, 1],
    label: { en: 'Strides', 'zh-TW': '步幅' },
    help: {
      en: 'How far the window moves each time. 2 halves height and width; larger than the window skips pixels.',
      'zh-TW': '窗口每次移動多遠。2 會讓高與寬減半；大於窗口時會跳過像素。',
    },
  }),
  dilationRate: size2({
    min: 1,
    max: limits.window,
    default: [1, 1],
    label: { en: 'Dilation', 'zh-TW': '擴張率' },
    help: {
      en: 'Distance between the points of the kernel. More sees further with the same weights, but misses what lies between.',
      'zh-TW': '卷積核各點之間的距離。越大看得越遠而權重不變，但會漏掉中間的內容。',
    },
  }),
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

/** `stride 1` or `stride 2×1`, `5×5`: a size as short as can be read. */
export function sizeText([height, width]: readonly [number, number]): string {
  return `${String(height)}×${String(width)}`;
}

export function strideText([height, width]: readonly [number, number]): string {
  return height === width ? String(height) : sizeText([height, width]);
}
