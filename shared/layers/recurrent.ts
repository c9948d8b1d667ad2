import type * as tfl from '@tensorflow/tfjs-layers';

import { torchFunction } from '../codegen/activations.ts';
import type { TorchCode, TorchContext, TorchParameter } from '../codegen/forms.ts';
import { call, helperName, type Helper } from '../codegen/python.ts';
import { seedFrom } from '../compile/seed.ts';
import { activations, limits } from './commonParams.ts';
import { choice, int, real, toggle, type Language } from './params.ts';
import type { Shape } from './shape.ts';
import { needsAxes } from './slidingWindow.ts';
import { refuse, shaped, type BuildContext, type ShapeResult, type Weight } from './spec.ts';
import { biasSettings, kernelSettings, recurrentSettings } from './weightSettings.ts';

const dropped = (what: { readonly en: string; readonly 'zh-TW': string }) =>
  ({
    min: 0,
    max: 1,
    below: true,
    default: 0,
    advanced: true,
    label: { en: `${what.en} dropout`, 'zh-TW': `${what['zh-TW']}丟棄率` },
    help: {
      en: 'The part that is dropped while training, the same at every step. 0 drops nothing; too much and it remembers nothing.',
      'zh-TW': '訓練時丟棄的比例，每一步都丟相同的部分。0 不丟棄；太多則什麼都記不住。',
    },
  }) as const;

/** Parameters of all layers that go through a sequence and remember. */
export const recurrentParams = {
  units: int({
    min: 1,
    max: limits.units,
    initial: 64,
    label: { en: 'Units', 'zh-TW': '神經元數' },
    help: {
      en: 'How many numbers it remembers, and gives out. Too few forget; weights and time grow with their square.',
      'zh-TW': '能記住並輸出多少個數字。太少會忘記；權重與時間隨其平方增加。',
    },
  }),
  activation: choice({
    options: activations,
    default: 'tanh',
    label: { en: 'Activation', 'zh-TW': '激勵函數' },
    help: {
      en: 'Applied to what is remembered. tanh keeps it within −1 and 1; relu can grow without bound over many steps.',
      'zh-TW': '套用在記憶內容上。tanh 使其維持在 −1 與 1 之間；relu 可能在多步之後無限增大。',
    },
  }),
  recurrentActivation: choice({
    options: activations,
    default: 'hardSigmoid',
    initial: 'sigmoid',
    label: { en: 'Gate activation', 'zh-TW': '閘門激勵函數' },
    help: {
      en: 'Applied to the gates, which say how much is kept. sigmoid is Keras 3’s; hardSigmoid, TensorFlow.js’s own, is faster and coarser.',
      'zh-TW':
        '套用在決定保留多少的閘門上。Keras 3 用 sigmoid；TensorFlow.js 預設的 hardSigmoid 較快也較粗略。',
    },
  }),
  useBias: toggle({
    default: true,
    label: { en: 'Bias', 'zh-TW': '偏差值' },
    help: {
      en: 'Adds one learned number to each gate and unit. Without it, a sequence of zeros says nothing.',
      'zh-TW': '每個閘門與神經元再加上一個學得的數字。沒有它，全零的序列不帶任何訊息。',
    },
  }),
  unitForgetBias: toggle({
    default: true,
    advanced: true,
    label: { en: 'Begin remembering', 'zh-TW': '一開始傾向記住' },
    help: {
      en: 'Begins the forget gate’s bias at 1, so that it remembers until it learns to forget.',
      'zh-TW': '讓遺忘閘門的偏差值從 1 開始，先記住，直到學會遺忘。',
    },
  }),
  returnSequences: toggle({
    default: false,
    label: { en: 'Every step', 'zh-TW': '輸出每一步' },
    help: {
      en: 'Gives out what it remembers after every step, which the next recurrent layer needs; else only after the last.',
      'zh-TW': '輸出每一步之後的記憶，下一個循環層需要它；否則只輸出最後一步。',
    },
  }),
  goBackwards: toggle({
    default: false,
    advanced: true,
    label: { en: 'Backwards', 'zh-TW': '倒著讀' },
    help: {
      en: 'Reads the sequence from its end; what it gives out is in that order too.',
      'zh-TW': '從序列末端讀起；輸出也是這個順序。',
    },
  }),
  dropout: real(dropped({ en: 'Input', 'zh-TW': '輸入' })),
  recurrentDropout: real(dropped({ en: 'Memory', 'zh-TW': '記憶' })),
  ...kernelSettings,
  ...recurrentSettings,
  ...biasSettings,
};

/** The code of a layer with so many gates side by side, which `helper` carries out. */
export function recurrentCode(
  helper: Helper,
  gates: number,
  values: RecurrentValues & {
    readonly activation: string;
    readonly recurrentActivation?: string;
    readonly goBackwards: boolean;
  },
  { inputs: [[, features = 0] = []], self }: TorchContext,
): TorchCode {
  const { units, useBias, activation, recurrentActivation, returnSequences, goBackwards } = values;
  const columns = String(units * gates);
  const kernel = call('nn.Linear', [String(features), columns], { bias: useBias ? undefined : 'False' });
  const recurrent = call('nn.Linear', [String(units), columns], { bias: 'False' });
  const functions = [activation, ...(recurrentActivation === undefined ? [] : [recurrentActivation])];
  const made = call(helperName(helper), [kernel, recurrent, ...functions.map(torchFunction)], {
    sequences: returnSequences ? 'True' : undefined,
    backwards: goBackwards ? 'True' : undefined,
  });
  return {
    modules: { '': made },
    steps: [(x = '') => call(self(), [x])],
    parameters: recurrentParameters(useBias, [1, 0]),
  };
}

/** Where the weights of a recurrent layer go; `permute` is that of its kernels. */
export function recurrentParameters(useBias: boolean, permute: readonly number[]): readonly TorchParameter[] {
  return [
    { path: '.kernel.weight', weight: 'kernel', permute },
    ...(useBias ? [{ path: '.kernel.bias', weight: 'bias' }] : []),
    { path: '.recurrent.weight', weight: 'recurrent_kernel', permute },
  ];
}

interface RecurrentValues {
  readonly units: number;
  readonly useBias: boolean;
  readonly returnSequences: boolean;
}

export function describeRecurrent({ units, returnSequences }: RecurrentValues, language: Language): string {
  const words = { en: ['units', 'every step'], 'zh-TW': ['個神經元', '輸出每一步'] }[language];
  return `${String(units)} ${words[0] ?? ''}${returnSequences ? ` · ${words[1] ?? ''}` : ''}`;
}

/** `[steps, features]` → `[units]`, or `[steps, units]` where every step is given. */
export function recurrentShape({ units, returnSequences }: RecurrentValues, input: Shape): ShapeResult {
  const [steps = 0, ...others] = input;
  if (others.length !== 1) return refuse(needsAxes(1, input));
  return shaped(returnSequences ? [steps, units] : [units]);
}

/** Weights of a layer with so many gates side by side, in TensorFlow.js's order. */
export function recurrentWeights(
  { units, useBias }: RecurrentValues,
  [, features = 0]: Shape,
  gates: number,
): readonly Weight[] {
  const kernel = { name: 'kernel', shape: [features, units * gates], trainable: true };
  const recurrent = { name: 'recurrent_kernel', shape: [units, units * gates], trainable: true };
  return useBias
    ? [kernel, recurrent, { name: 'bias', shape: [units * gates], trainable: true }]
    : [kernel, recurrent];
}

/** Steps · gates · (features · units + units · units); the gates' own products are left aside. */
export function recurrentMacs(
  { units }: RecurrentValues,
  [steps = 0, features = 0]: Shape,
  gates: number,
): number {
  return steps * gates * units * (features + units);
}

/** A recurrent layer's cell, which draws what is dropped; it is not exported. */
interface Cell {
  dropoutFunc?: (input: ReturnType<typeof tfl.input>, rate: number) => unknown;
}

/**
 * Has a layer drop what follows from its seed and the step. TensorFlow.js draws a mask for each gate, one after
 * another; each gets numbers of its own.
 */
export function seedDropout<L extends tfl.layers.Layer>(
  layer: L,
  masks: number,
  { name, seed, createRandomLayer }: BuildContext,
  rates: { readonly dropout: number; readonly recurrentDropout: number },
): L {
  const layers = (['dropout', 'recurrentDropout'] as const).map((which) =>
    Array.from({ length: rates[which] > 0 ? masks : 0 }, (_, at) =>
      createRandomLayer({
        kind: 'Dropout',
        name: `${name}.${which}_${String(at)}`,
        rate: rates[which],
        seed: seedFrom(seed, `${which} ${String(at)}`),
      }),
    ),
  );
  const drops = layers.flat();
  if (drops.length === 0) return layer;
  let drawn = 0;
  const { cell } = layer as { readonly cell?: Cell };
  if (cell !== undefined) {
    cell.dropoutFunc = (input) => {
      const next = drops[drawn % drops.length];
      drawn += 1;
      return next?.call(input as never, { training: true });
    };
  }
  return layer;
}
