import type * as tfc from '@tensorflow/tfjs-core';

import { call, realLiteral, type Call } from '../codegen/python.ts';
import type { ParamValues } from '../graph/edits.ts';
import { real, toggle, type Params, type Translated, type ValuesOf } from '../layers/params.ts';

/** The part of TensorFlow.js that makes optimizers. */
export interface TensorFlowTrain {
  readonly train: typeof tfc.train;
}

/** An operation of TensorFlow that takes a weight a step further. Its first inputs are the weight and its slots. */
export interface UpdateOperation {
  readonly op: string;
  /** What it keeps for each weight, in the weight's shape and all zeros at first. */
  readonly slots: readonly string[];
  /** Its further inputs, in its own order: the gradient, and numbers. */
  readonly inputs: readonly string[];
  readonly attributes: Readonly<Record<string, boolean>>;
  /** The numbers among its inputs. Steps count from 1. */
  numbers(learningRate: number, step: number): Readonly<Record<string, number>>;
}

/** The name of the gradient among an operation's inputs. */
export const gradientInput = 'gradient';

/** The names of the numbers among an operation's inputs, in its order. */
export const numberInputs = ({ inputs }: UpdateOperation): readonly string[] =>
  inputs.filter((input) => input !== gradientInput);

/** Everything that Convas knows about one optimizer. */
export interface OptimizerSpec<P extends Params = Params> {
  /** As the project file names it. */
  readonly kind: string;
  readonly title: Translated;
  readonly summary: Translated;
  readonly params: P;
  build(tf: TensorFlowTrain, params: ValuesOf<P>): tfc.Optimizer;
  /** What of `build`'s optimizer is set anew at each step, which counts from 1. */
  atStep?(params: ValuesOf<P>, step: number): Readonly<Record<string, number>>;
  /** TensorFlow's own operation for it: the arithmetic of what `build` gives, in one pass over a weight. */
  update(params: ValuesOf<P>): UpdateOperation;
  /**
   * Times that a training holds the weights at its peak, measured on TensorFlow 2.21 with 37 million of them. That is
   * at its end, when the written model is read again; until then gradients and what the optimizer keeps make it three
   * less.
   */
  readonly peakCopies: number;
  /** The optimizer of Keras 3 that is the same. */
  keras(params: ValuesOf<P>): Call;
  /** PyTorch's, of `model.parameters()`. */
  pytorch(params: ValuesOf<P>): Call;
}

function defineOptimizer<const P extends Params>(spec: OptimizerSpec<P>): OptimizerSpec<P> {
  return spec;
}

/** A number as an argument, where it is not what the library takes by itself. */
const unless = (usual: number, value: number) => (value === usual ? undefined : realLiteral(value));
const parameters = 'model.parameters()';

const learningRate = (rate: number) =>
  real({
    min: 0,
    // TensorFlow computes in float32, which ends here.
    max: 3e38,
    default: rate,
    label: { en: 'Learning rate', 'zh-TW': '學習率' },
    help: {
      en: 'How far each step goes. Too small and nothing seems to happen; too large and the loss jumps or becomes NaN.',
      'zh-TW': '每一步走多遠。太小看不出進展；太大則損失跳動甚至變成 NaN。',
    },
  });
const momentum = (value: number) =>
  real({
    min: 0,
    max: 1,
    below: true,
    default: value,
    label: { en: 'Momentum', 'zh-TW': '動量' },
    help: {
      en: 'How much of the last step goes on; 0.9 is usual. Too much overshoots.',
      'zh-TW': '保留多少上一步的方向；常用 0.9。太大會衝過頭。',
    },
  });
const epsilon = real({
  min: 0,
  max: 1,
  default: 1e-7,
  label: { en: 'Epsilon', 'zh-TW': '極小值 ε' },
  help: { en: 'Keeps a division from being one by zero.', 'zh-TW': '避免除以零。' },
});
const rate = (en: string, zhTW: string, value: number, helpEn: string, helpZhTW: string) =>
  real({
    min: 0,
    max: 1,
    below: true,
    default: value,
    label: { en, 'zh-TW': zhTW },
    help: { en: helpEn, 'zh-TW': helpZhTW },
  });

const sgd = defineOptimizer({
  kind: 'sgd',
  title: { en: 'SGD', 'zh-TW': 'SGD 隨機梯度下降' },
  summary: {
    en: 'Steps straight down the gradient of each batch.',
    'zh-TW': '沿每個批次的梯度直接往下走。',
  },
  params: { learningRate: learningRate(0.01) },
  build: (tf, { learningRate }) => tf.train.sgd(learningRate),
  update: () => ({
    op: 'ResourceApplyGradientDescent',
    slots: [],
    inputs: ['learningRate', gradientInput],
    attributes: {},
    numbers: (learningRate) => ({ learningRate }),
  }),
  peakCopies: 7,
  keras: ({ learningRate }) => call('keras.optimizers.SGD', [], { learning_rate: realLiteral(learningRate) }),
  pytorch: ({ learningRate }) => call('torch.optim.SGD', [parameters], { lr: realLiteral(learningRate) }),
});

const momentumSgd = defineOptimizer({
  kind: 'momentum',
  title: { en: 'SGD with momentum', 'zh-TW': '動量 SGD' },
  summary: { en: 'SGD that keeps rolling the way it went.', 'zh-TW': '會延續先前方向的 SGD。' },
  params: {
    learningRate: learningRate(0.01),
    momentum: momentum(0.9),
    useNesterov: toggle({
      default: false,
      label: { en: 'Nesterov', 'zh-TW': 'Nesterov' },
      help: {
        en: 'Looks one step ahead before it takes the gradient.',
        'zh-TW': '先往前看一步再取梯度。',
      },
    }),
  },
  build: (tf, { learningRate, momentum, useNesterov }) =>
    tf.train.momentum(learningRate, momentum, useNesterov),
  update: ({ momentum, useNesterov }) => ({
    op: 'ResourceApplyMomentum',
    slots: ['momentum'],
    inputs: ['learningRate', gradientInput, 'momentum'],
    attributes: { use_nesterov: useNesterov },
    numbers: (learningRate) => ({ learningRate, momentum }),
  }),
  peakCopies: 8,
  keras: ({ learningRate, momentum, useNesterov }) =>
    call('keras.optimizers.SGD', [], {
      learning_rate: realLiteral(learningRate),
      momentum: realLiteral(momentum),
      nesterov: useNesterov ? 'True' : undefined,
    }),
  pytorch: ({ learningRate, momentum, useNesterov }) =>
    call('torch.optim.SGD', [parameters], {
      lr: realLiteral(learningRate),
      momentum: realLiteral(momentum),
      // PyTorch refuses it without momentum, where it would change nothing.
      nesterov: useNesterov && momentum > 0 ? 'True' : undefined,
    }),
});

const rmsprop = defineOptimizer({
  kind: 'rmsprop',
  title: { en: 'RMSprop', 'zh-TW': 'RMSprop' },
  summary: {
    en: 'Divides each step by the recent size of its gradient.',
    'zh-TW': '以近期梯度大小調整每個權重的步伐。',
  },
  params: {
    learningRate: learningRate(0.001),
    decay: rate(
      'Decay',
      '衰減',
      0.9,
      'How long past gradients are remembered; nearer 1 is longer.',
      '記住過去梯度多久；越接近 1 越久。',
    ),
    momentum: momentum(0),
    epsilon,
    centered: toggle({
      default: false,
      label: { en: 'Centered', 'zh-TW': '置中' },
      help: {
        en: 'Takes the mean of the gradient off before its size is measured.',
        'zh-TW': '衡量大小前先扣除梯度的平均。',
      },
    }),
  },
  build: (tf, { learningRate, decay, momentum, epsilon, centered }) =>
    // Centred, TensorFlow.js takes epsilon off where it is to be added: a weight without a gradient becomes NaN.
    tf.train.rmsprop(learningRate, decay, momentum, centered ? -epsilon : epsilon, centered),
  update: ({ decay, momentum, epsilon, centered }) => ({
    op: centered ? 'ResourceApplyCenteredRMSProp' : 'ResourceApplyRMSProp',
    slots: [...(centered ? ['mean'] : []), 'meanSquare', 'momentum'],
    inputs: ['learningRate', 'decay', 'momentum', 'epsilon', gradientInput],
    attributes: {},
    numbers: (learningRate) => ({ learningRate, decay, momentum, epsilon }),
  }),
  peakCopies: 10,
  keras: ({ learningRate, decay, momentum, epsilon, centered }) =>
    call('keras.optimizers.RMSprop', [], {
      learning_rate: realLiteral(learningRate),
      rho: unless(0.9, decay),
      momentum: unless(0, momentum),
      epsilon: unless(1e-7, epsilon),
      centered: centered ? 'True' : undefined,
    }),
  pytorch: ({ learningRate, decay, momentum, epsilon, centered }) =>
    call('torch.optim.RMSprop', [parameters], {
      lr: realLiteral(learningRate),
      alpha: unless(0.99, decay),
      eps: unless(1e-8, epsilon),
      momentum: unless(0, momentum),
      centered: centered ? 'True' : undefined,
    }),
});

const adam = defineOptimizer({
  kind: 'adam',
  title: { en: 'Adam', 'zh-TW': 'Adam' },
  summary: {
    en: 'Momentum and RMSprop together: the usual first choice.',
    'zh-TW': '結合動量與 RMSprop：通常的首選。',
  },
  params: {
    learningRate: learningRate(0.001),
    beta1: rate('Beta 1', 'β₁', 0.9, 'How long the direction is remembered.', '記住方向多久。'),
    beta2: rate('Beta 2', 'β₂', 0.999, 'How long the size is remembered.', '記住大小多久。'),
    epsilon,
  },
  build: (tf, { learningRate, beta1, beta2, epsilon }) => tf.train.adam(learningRate, beta1, beta2, epsilon),
  update: ({ beta1, beta2, epsilon }) => ({
    op: 'ResourceApplyAdam',
    slots: ['firstMoment', 'secondMoment'],
    inputs: ['beta1Power', 'beta2Power', 'learningRate', 'beta1', 'beta2', 'epsilon', gradientInput],
    attributes: {},
    numbers: (learningRate, step) => ({
      ...{ beta1Power: beta1 ** step, beta2Power: beta2 ** step },
      ...{ learningRate, beta1, beta2, epsilon },
    }),
  }),
  // Keras and TensorFlow add epsilon to the second moment before it is corrected, TensorFlow.js after it: with gradients
  // as small as that, its first steps would be other ones.
  atStep: ({ beta2, epsilon }, step) => ({ epsilon: epsilon / Math.sqrt(1 - beta2 ** step) }),
  peakCopies: 10,
  keras: ({ learningRate, beta1, beta2, epsilon }) =>
    call('keras.optimizers.Adam', [], {
      learning_rate: realLiteral(learningRate),
      beta_1: unless(0.9, beta1),
      beta_2: unless(0.999, beta2),
      epsilon: unless(1e-7, epsilon),
    }),
  pytorch: ({ learningRate, beta1, beta2, epsilon }) =>
    call('torch.optim.Adam', [parameters], {
      lr: realLiteral(learningRate),
      betas: beta1 === 0.9 && beta2 === 0.999 ? undefined : `(${realLiteral(beta1)}, ${realLiteral(beta2)})`,
      eps: unless(1e-8, epsilon),
    }),
});

const all: readonly OptimizerSpec[] = [adam, momentumSgd, rmsprop, sgd];

/** Optimizers by kind, in the order in which they are offered. */
export const optimizers: ReadonlyMap<string, OptimizerSpec> = new Map(all.map((spec) => [spec.kind, spec]));

/** An optimizer as the project file holds it: its kind and its parameters beside it. */
export type OptimizerConfig = { readonly kind: string } & ParamValues;

export function optimizerSpec(kind: string): OptimizerSpec {
  const spec = optimizers.get(kind);
  if (spec === undefined) throw new Error(`There is no optimizer “${kind}”.`);
  return spec;
}
