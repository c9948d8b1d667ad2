import type { activations } from './activationNames.ts';

export type ActivationName = (typeof activations)[number];

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** The Gauss error function, to 1.5·10⁻⁷. Source: Abramowitz and Stegun, 7.1.26. */
function erf(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const series =
    t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return Math.sign(x) * (1 - series * Math.exp(-x * x));
}

/** Source: Klambauer et al., "Self-Normalizing Neural Networks", 2017. */
const selu = { alpha: 1.6732632423543772, scale: 1.0507009873554805 } as const;

const curves: Readonly<Record<ActivationName, ((x: number) => number) | null>> = {
  linear: (x) => x,
  relu: (x) => Math.max(0, x),
  relu6: (x) => Math.min(6, Math.max(0, x)),
  elu: (x) => (x > 0 ? x : Math.expm1(x)),
  selu: (x) => selu.scale * (x > 0 ? x : selu.alpha * Math.expm1(x)),
  sigmoid,
  // TensorFlow.js's, which is Keras 2's: a slope of one fifth.
  hardSigmoid: (x) => Math.min(1, Math.max(0, 0.2 * x + 0.5)),
  tanh: Math.tanh,
  // One number's share depends on all the others.
  softmax: null,
  softplus: (x) => Math.log1p(Math.exp(x)),
  softsign: (x) => x / (1 + Math.abs(x)),
  swish: (x) => x * sigmoid(x),
  gelu: (x) => 0.5 * x * (1 + erf(x / Math.SQRT2)),
};

/** The function that an activation applies to every number, or null where it looks at several numbers at once. */
export function activationCurve(name: ActivationName): ((x: number) => number) | null {
  return curves[name];
}

/** Whether a word is the name of an activation. */
export function isActivation(word: unknown): word is ActivationName {
  return typeof word === 'string' && Object.hasOwn(curves, word);
}
