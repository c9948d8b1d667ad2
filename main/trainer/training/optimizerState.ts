import type * as tfc from '@tensorflow/tfjs-core';

import type { TensorFlow } from '../tensorflow.ts';

/** What an optimizer of TensorFlow.js keeps for one weight. */
interface Slot {
  readonly variable: tfc.Variable;
}

function isVariable(value: unknown): value is tfc.Variable {
  return typeof value === 'object' && value !== null && 'assign' in value && 'dataId' in value;
}

function isSlot(value: unknown): value is Slot {
  return typeof value === 'object' && value !== null && 'variable' in value && isVariable(value.variable);
}

/** All numbers that an optimizer keeps from step to step, wherever it keeps them, in an order that stays. */
export function optimizerVariables(optimizer: tfc.Optimizer): readonly tfc.Variable[] {
  return Object.values(optimizer).flatMap((value: unknown): tfc.Variable[] => {
    if (isVariable(value)) return [value];
    return Array.isArray(value) ? value.flatMap((one: unknown) => (isSlot(one) ? [one.variable] : [])) : [];
  });
}

/** Does something, and gives variables the values again that they had before. */
export function withoutChanges<T>(tf: TensorFlow, variables: readonly tfc.Variable[], work: () => T): T {
  // An assignment gives a variable other numbers and leaves the old ones as they are: nothing is copied.
  const before = variables.map((variable) => tf.keep(tf.clone(variable)));
  try {
    return work();
  } finally {
    for (const [at, variable] of variables.entries()) {
      const value = before[at];
      if (value !== undefined) {
        variable.assign(value);
        value.dispose();
      }
    }
  }
}

/** Sets what an optimizer goes by from its next step on. */
export function setLearningRate(optimizer: tfc.Optimizer, learningRate: number): void {
  const settable = optimizer as { learningRate?: number; setLearningRate?: (rate: number) => void };
  if (settable.learningRate === learningRate) return;
  // SGD and momentum keep it as a tensor too.
  if (settable.setLearningRate === undefined) settable.learningRate = learningRate;
  else settable.setLearningRate(learningRate);
}
