/** Numbers that a training goes on from: a weight's, or those that an optimizer keeps. */
export interface StateTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** Everything that a training has come to. Put in again, it goes on as if it had never been taken out, bit for bit. */
export interface TrainingState {
  /** State of one kind of steps is not that of the other: their optimizers keep other numbers. */
  readonly mode: 'eager' | 'graph';
  /** Steps that were carried out: dropout's numbers and the optimizer's corrections follow from it. */
  readonly step: number;
  readonly tensors: readonly StateTensor[];
}

/** @throws Error where a state is that of other weights or of another kind of steps */
export function checkState(
  mode: TrainingState['mode'],
  expected: readonly Omit<StateTensor, 'values'>[],
  state: TrainingState,
): void {
  if (state.mode !== mode)
    throw new Error(`The steps are carried out by ${mode}, the state is of ${state.mode}.`);
  if (state.tensors.length !== expected.length) {
    throw new Error(
      `A state of ${String(expected.length)} tensors was expected, not ${String(state.tensors.length)}.`,
    );
  }
  for (const [at, { name, shape }] of expected.entries()) {
    const given = state.tensors[at];
    if (given?.shape.join() !== shape.join()) {
      throw new Error(
        `${name} is of shape ${shape.join(' × ')}, the state has ${given?.shape.join(' × ') ?? 'none'}.`,
      );
    }
  }
}

/** The numbers of a state's tensor. */
export function valuesOf({ tensors }: TrainingState, at: number): Float32Array {
  const tensor = tensors[at];
  if (tensor === undefined) throw new Error('The state lacks a tensor.');
  return tensor.values;
}
