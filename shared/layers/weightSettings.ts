import type * as tfl from '@tensorflow/tfjs-layers';

import { seedFrom } from '../compile/seed.ts';
import type { ParamValues } from '../graph/edits.ts';
import { createInitializer, initializerParam, type Initializer } from './initializers.ts';
import {
  kindOf,
  list,
  optional,
  real,
  type KindValue,
  type Param,
  type Params,
  type Translated,
} from './params.ts';
import type { TensorFlowLayers } from './tensorFlowLayers.ts';

type Regularizer = ReturnType<typeof tfl.regularizers.l1>;
type Constraint = ReturnType<typeof tfl.constraints.nonNeg>;

const factor = (label: Translated) =>
  real({
    min: 0,
    max: 1e6,
    default: 0.01,
    label,
    help: {
      en: 'How much it weighs in the loss. Too large and the layer learns nothing but small weights; 0 does nothing.',
      'zh-TW': '在損失中佔多重。太大會讓這層只學到很小的權重；0 沒有作用。',
    },
  });
const l1 = factor({ en: 'Factor of |w|', 'zh-TW': '|w| 的係數' });
const l2 = factor({ en: 'Factor of w²', 'zh-TW': 'w² 的係數' });

const regularizers: ReadonlyMap<string, Params> = new Map<string, Params>([
  ['l2', { l2 }],
  ['l1', { l1 }],
  ['l1l2', { l1, l2 }],
]);

const norm = (standard: number, label: Translated) =>
  real({
    min: 0,
    max: 1e6,
    default: standard,
    label,
    help: {
      en: 'A bound of the length of each unit’s weights.',
      'zh-TW': '每個神經元權重長度的界限。',
    },
  });
const axis = list({
  min: 0,
  max: 4,
  maxLength: 5,
  default: [0],
  label: { en: 'Axes', 'zh-TW': '軸' },
  help: {
    en: 'The axes of the weights that a length is taken over: 0 for the inputs of a dense layer; 0, 1, 2 for a filter of a convolution.',
    'zh-TW': '沿權重的哪些軸計算長度：全連接層的輸入為 0；卷積的濾波器為 0、1、2。',
  },
});

const constraints: ReadonlyMap<string, Params> = new Map<string, Params>([
  ['maxNorm', { maxValue: norm(2, { en: 'Longest', 'zh-TW': '最長' }), axis }],
  [
    'minMaxNorm',
    {
      minValue: norm(0, { en: 'Shortest', 'zh-TW': '最短' }),
      maxValue: norm(1, { en: 'Longest', 'zh-TW': '最長' }),
      rate: real({
        min: 0,
        max: 1,
        default: 1,
        label: { en: 'Rate', 'zh-TW': '速率' },
        help: {
          en: 'How much of the way to the bounds is gone after each step; 1 is all of it.',
          'zh-TW': '每一步之後向界限移動的比例；1 表示一次到位。',
        },
      }),
      axis,
    },
  ],
  ['unitNorm', { axis }],
  ['nonNeg', {}],
]);

/** A param for what a layer's weights add to the loss, or null for nothing. */
export function regularizerParam(label: Translated): Param<KindValue | null> {
  return optional(
    kindOf({
      kinds: () => regularizers,
      initial: { kind: 'l2', l2: 0.01 },
      advanced: true,
      label,
      help: {
        en: 'Adds these weights’ size to the loss, so that the network learns by heart less: l2 keeps all small, l1 brings many to zero.',
        'zh-TW': '把這些權重的大小加進損失，讓網路較不會死背：l2 讓權重都小，l1 讓許多權重變成零。',
      },
    }),
  );
}

/** A param for what weights are brought back to after each step, or null for nothing. */
export function constraintParam(label: Translated): Param<KindValue | null> {
  return optional(
    kindOf({
      kinds: () => constraints,
      initial: { kind: 'maxNorm', maxValue: 2, axis: [0] },
      advanced: true,
      label,
      help: {
        en: 'Brings these weights back within bounds after each training step. Bounds that are too tight keep the layer from learning.',
        'zh-TW': '每個訓練步驟之後把這些權重拉回界限內。界限太緊會讓這層學不起來。',
      },
    }),
  );
}

type Setting = `${string}Initializer` | `${string}Regularizer` | `${string}Constraint`;
type KeysOf<P, Ending extends string> = Extract<keyof P, `${string}${Ending}`>;
/** Params with TensorFlow.js's objects for how weights begin, what they add to the loss and what bounds them. */
export type Configured<P> = Omit<P, Extract<keyof P, Setting>> &
  Record<KeysOf<P, 'Initializer'>, Initializer> &
  Partial<Record<KeysOf<P, 'Regularizer'>, Regularizer>> &
  Partial<Record<KeysOf<P, 'Constraint'>, Constraint>>;

/**
 * A layer's params as TensorFlow.js's constructors take them: initializers, regularizers and constraints are made, what
 * is none is left out. A kernel's random numbers follow from `seed`, those of other weights from it and their name.
 */
export function configured<P extends ParamValues>(
  tf: TensorFlowLayers,
  params: P,
  seed: number,
): Configured<P> {
  const config: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(params)) {
    const given = value as KindValue | null;
    const made = name.endsWith('Initializer')
      ? createInitializer(tf, given ?? { kind: 'zeros' }, seedOf(name, seed))
      : name.endsWith('Regularizer')
        ? given === null
          ? undefined
          : createRegularizer(tf, given)
        : name.endsWith('Constraint')
          ? given === null
            ? undefined
            : createConstraint(tf, given)
          : value;
    if (made !== undefined) config[name] = made;
  }
  return config as Configured<P>;
}

/** Whether a param says how weights begin, what they add to the loss or what bounds them. */
export function isSetting(name: string): boolean {
  return /(Initializer|Regularizer|Constraint)$/.test(name);
}

function seedOf(param: string, seed: number): number {
  return param === 'kernelInitializer' || param === 'depthwiseInitializer' ? seed : seedFrom(seed, param);
}

function createRegularizer({ regularizers: tf }: TensorFlowLayers, { l1, l2 }: KindValue): Regularizer {
  return tf.l1l2({ l1: Number(l1 ?? 0), l2: Number(l2 ?? 0) });
}

function createConstraint(
  { constraints: tf }: TensorFlowLayers,
  { kind, minValue, maxValue, rate, axis }: KindValue,
): Constraint {
  const axes = Array.isArray(axis) ? [...new Set(axis as readonly number[])] : [0];
  const [first = 0] = axes;
  // Its types know one axis, its arithmetic any number of them.
  const along = <C extends Constraint>(made: C): C =>
    axes.length === 1 ? made : Object.assign(made, { axis: [...axes] });
  switch (kind) {
    case 'maxNorm':
      return along(tf.maxNorm({ maxValue: Number(maxValue), axis: first }));
    case 'minMaxNorm':
      return along(
        tf.minMaxNorm({
          minValue: Number(minValue),
          maxValue: Number(maxValue),
          rate: Number(rate),
          axis: first,
        }),
      );
    case 'unitNorm':
      return along(tf.unitNorm({ axis: first }));
    default:
      return tf.nonNeg();
  }
}

type SettingsOf<Prefix extends string> = Readonly<
  Record<`${Prefix}Initializer`, Param<KindValue>> &
    Record<`${Prefix}Regularizer` | `${Prefix}Constraint`, Param<KindValue | null>>
>;

/**
 * How one weight of a layer begins, what it adds to the loss and what bounds it: `kernelInitializer`,
 * `kernelRegularizer`, `kernelConstraint`.
 *
 * @param standard the initializer that Keras takes where nothing is said
 * @param weight the weight's name in a label
 */
export function settingsOf<const Prefix extends string>(
  prefix: Prefix,
  standard: string,
  weight: Translated,
): SettingsOf<Prefix> {
  const label = (en: string, chinese: string) => ({
    en: `${weight.en} ${en}`,
    'zh-TW': `${weight['zh-TW']}${chinese}`,
  });
  return {
    [`${prefix}Initializer`]: initializerParam(standard, label('initializer', '起始值')),
    [`${prefix}Regularizer`]: regularizerParam(label('regularizer', '正則化')),
    [`${prefix}Constraint`]: constraintParam(label('constraint', '限制')),
  } as SettingsOf<Prefix>;
}

// A kernel's default is Keras's glorotUniform; TensorFlow.js alone has glorotNormal.
export const kernelSettings = settingsOf('kernel', 'glorotUniform', { en: 'Kernel', 'zh-TW': '卷積核' });
export const biasSettings = settingsOf('bias', 'zeros', { en: 'Bias', 'zh-TW': '偏差值' });
export const recurrentSettings = settingsOf('recurrent', 'orthogonal', {
  en: 'Recurrent',
  'zh-TW': '循環權重',
});
export const gammaSettings = settingsOf('gamma', 'ones', { en: 'Scale', 'zh-TW': '縮放 γ ' });
export const betaSettings = settingsOf('beta', 'zeros', { en: 'Shift', 'zh-TW': '平移 β ' });
export const depthwiseSettings = settingsOf('depthwise', 'glorotUniform', {
  en: 'Depthwise kernel',
  'zh-TW': '逐通道卷積核',
});
export const pointwiseSettings = settingsOf('pointwise', 'glorotUniform', {
  en: 'Pointwise kernel',
  'zh-TW': '逐點卷積核',
});
