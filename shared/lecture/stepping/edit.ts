import { evenPadding } from './geometry.ts';
import type { StepperLayer } from './types.ts';

/** What can be changed in a layer that is looked at by itself. */
export type Change =
  | { readonly type: 'input' | 'kernel' | 'bias'; readonly at: number; readonly value: number }
  /** The same along rows and columns, and on all sides. */
  | {
      readonly type: 'strides' | 'dilation' | 'padding' | 'inputSide' | 'kernelSide';
      readonly value: number;
    }
  | { readonly type: 'activation'; readonly value: StepperLayer['activation'] };

/** The layer after a change; the one before stays as it is. */
export function changed(layer: StepperLayer, change: Change): StepperLayer {
  switch (change.type) {
    case 'input':
    case 'kernel':
    case 'bias':
      return { ...layer, [change.type]: replaced(layer[change.type] ?? [], change.at, change.value) };
    case 'strides':
    case 'dilation':
      return { ...layer, [change.type]: [change.value, change.value] };
    case 'padding':
      return { ...layer, padding: evenPadding(change.value) };
    case 'activation':
      return { ...layer, activation: change.value };
    case 'inputSide': {
      const [rows, columns, channels] = layer.inputShape;
      return {
        ...layer,
        inputShape: [change.value, change.value, channels],
        input: resized(layer.input, [rows, columns], change.value, channels),
      };
    }
    case 'kernelSide': {
      const each = (layer.kernel?.length ?? 0) / (layer.size[0] * layer.size[1]);
      const kernel = layer.kernel === null ? null : resized(layer.kernel, layer.size, change.value, each);
      return { ...layer, size: [change.value, change.value], kernel };
    }
  }
}

function replaced(numbers: ArrayLike<number>, at: number, value: number): readonly number[] {
  return Array.from(numbers).with(at, value);
}

/** Another number of rows and columns: what is cut off is lost, what is new is 0. */
function resized(
  numbers: ArrayLike<number>,
  [rows, columns]: readonly [number, number],
  side: number,
  each: number,
): readonly number[] {
  return Array.from({ length: side * side * each }, (_, at) => {
    const [row, column] = [Math.floor(at / each / side), Math.floor(at / each) % side];
    return row < rows && column < columns ? (numbers[(row * columns + column) * each + (at % each)] ?? 0) : 0;
  });
}
