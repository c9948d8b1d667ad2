import type { TorchCode } from './forms.ts';
import { call, helperName, lambda, type Expression, type Helper } from './python.ts';

// TensorFlow.js and Keras 2 rise by a fifth; Keras 3 and PyTorch have a function of that name that rises by a sixth.
const kerasHardSigmoid: Helper = {
  name: 'hard_sigmoid',
  code: `@keras.saving.register_keras_serializable()
def hard_sigmoid(x):
    """As TensorFlow.js and Keras 2 have it: Keras 3's rises by a sixth, not a fifth."""
    return keras.ops.clip(0.2 * x + 0.5, 0.0, 1.0)`,
};
const torchHardSigmoid: Helper = {
  name: 'hard_sigmoid',
  code: `def hard_sigmoid(x):
    """As TensorFlow.js and Keras 2 have it: PyTorch's rises by a sixth, not a fifth."""
    return torch.clamp(0.2 * x + 0.5, 0.0, 1.0)`,
};

interface ActivationForm {
  /** Keras's name of it, or a function that computes it. */
  readonly keras: Expression;
  /** `dim` is that of the channels. */
  torch(x: Expression, dim: number): Expression;
}

const same = (name: string, torch: string): ActivationForm => ({
  keras: JSON.stringify(name),
  torch: (x) => call(torch, [x]),
});

/** Activations by TensorFlow.js's name. */
const forms: Readonly<Record<string, ActivationForm>> = {
  linear: { keras: '"linear"', torch: (x) => x },
  relu: same('relu', 'F.relu'),
  relu6: same('relu6', 'F.relu6'),
  elu: same('elu', 'F.elu'),
  selu: same('selu', 'F.selu'),
  sigmoid: same('sigmoid', 'torch.sigmoid'),
  hardSigmoid: {
    keras: helperName(kerasHardSigmoid),
    torch: (x) => call(helperName(torchHardSigmoid), [x]),
  },
  tanh: same('tanh', 'torch.tanh'),
  softmax: { keras: '"softmax"', torch: (x, dim) => call('F.softmax', [x], { dim: String(dim) }) },
  logSoftmax: { keras: '"log_softmax"', torch: (x, dim) => call('F.log_softmax', [x], { dim: String(dim) }) },
  softplus: same('softplus', 'F.softplus'),
  softsign: same('softsign', 'F.softsign'),
  swish: same('swish', 'F.silu'),
  mish: same('mish', 'F.mish'),
  gelu: same('gelu', 'F.gelu'),
};

function form(name: string): ActivationForm {
  const found = forms[name];
  if (found === undefined) throw new Error(`There is no code for the activation “${name}”.`);
  return found;
}

/** What Keras takes as `activation`. */
export function kerasActivation(name: string): Expression {
  return form(name).keras;
}

/** An activation around an expression in PyTorch; `dim` is PyTorch's number of the channels' axis. */
export function torchActivation(name: string, x: Expression, dim: number): Expression {
  return form(name).torch(x, dim);
}

/** The step that applies an activation in PyTorch; none where it changes nothing. */
export function activationSteps(name: string, dim: number): TorchCode['steps'] {
  return name === 'linear' ? [] : [(x = '') => torchActivation(name, x, dim)];
}

/** An activation as a function of PyTorch, for a layer that applies it at every step. */
export function torchFunction(name: string): Expression {
  const applied = torchActivation(name, 'x', 1);
  if (typeof applied === 'string' || applied.type !== 'call' || applied.args.length > 1)
    return lambda(applied);
  return applied.callee;
}
