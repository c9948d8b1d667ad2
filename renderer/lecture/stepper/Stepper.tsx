import type { StepperLayer } from '../../../shared/lecture/stepping/types.ts';

export interface StepperProps {
  readonly layer: StepperLayer;
  /** Whether numbers, stride, padding and dilation can be changed; then `onChange` is told of each other layer. */
  readonly editable?: boolean;
  readonly onChange?: (layer: StepperLayer) => void;
  /** The trainer's own output, `[rows, columns, filters]`: drawn for large layers, and compared with ours. */
  readonly trained?: ArrayLike<number> | undefined;
}

/** One window of a layer, step by step: its numbers, every multiplication, sums, bias, activation. */
export function Stepper({ layer }: StepperProps) {
  return <div className="stepper">{layer.kind}</div>;
}
