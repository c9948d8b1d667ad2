import { numberText, reachOf, reachText, slideWindow } from '../../layers/window.ts';
import type { Place, Sides, StepperLayer, StepperWindow, Tap } from './types.ts';

export const noPadding: Sides = { top: 0, bottom: 0, left: 0, right: 0 };

/** The same number of rows and columns on every side. */
export function evenPadding(sides: number): Sides {
  return { top: sides, bottom: sides, left: sides, right: sides };
}

/**
 * What `same` puts around an input, so that ⌈W/S⌉ windows fit: the odd one comes after the input.
 * Source: TensorFlow, "Notes on padding" of `tf.nn`.
 */
export function samePadding({
  inputShape,
  size,
  strides,
  dilation,
}: Pick<StepperWindow, 'inputShape' | 'size' | 'strides' | 'dilation'>): Sides {
  const [rows, columns] = ([0, 1] as const).map((axis) => {
    const windows = Math.ceil(inputShape[axis] / strides[axis]);
    const reach = reachOf(size[axis], dilation[axis]);
    return Math.max(0, (windows - 1) * strides[axis] + reach - inputShape[axis]);
  });
  return halved(rows ?? 0, columns ?? 0);
}

/** What a transposed convolution with `same` cuts off its output: the padding of the convolution that it is the transpose of. */
export function transposedCut({ size, strides }: Pick<StepperWindow, 'size' | 'strides'>): Sides {
  return halved(Math.max(0, size[0] - strides[0]), Math.max(0, size[1] - strides[1]));
}

function halved(rows: number, columns: number): Sides {
  const [top, left] = [Math.floor(rows / 2), Math.floor(columns / 2)];
  return { top, bottom: rows - top, left, right: columns - left };
}

/** Padding before and after, along rows (0) or columns (1). */
function along({ top, bottom, left, right }: Sides, axis: 0 | 1): readonly [before: number, after: number] {
  return axis === 0 ? [top, bottom] : [left, right];
}

/** Rows and columns of the output; below 1 where the window does not fit. */
export function outputSize(window: StepperWindow): readonly [rows: number, columns: number] {
  return [axisOutput(window, 0).length, axisOutput(window, 1).length];
}

/** How the rows and the columns of the output are calculated, with their results: `(5 − 3 + 2·1)/2 + 1 = 3`. */
export function outputArithmetic(window: StepperWindow): readonly [rows: string, columns: string] {
  return [axisOutput(window, 0).arithmetic, axisOutput(window, 1).arithmetic];
}

function axisOutput(
  window: StepperWindow,
  axis: 0 | 1,
): { readonly length: number; readonly arithmetic: string } {
  const [before, after] = along(window.padding, axis);
  const [input, size, stride] = [window.inputShape[axis], window.size[axis], window.strides[axis]];
  const dilation = window.dilation[axis];
  if (window.kind === 'transposed') {
    const painted = (input - 1) * stride + reachOf(size, dilation);
    const length = window.outputSize?.[axis] ?? painted - before - after;
    const more = length - (painted - before - after);
    const steps = [
      `(${String(input)} − 1)·${String(stride)} + ${reachText(size, dilation)}`,
      ...(before + after === 0 ? [] : [`− ${String(before + after)}`]),
      ...(more === 0 ? [] : [`+ ${String(more)}`]),
    ];
    return { length, arithmetic: `${steps.join(' ')} = ${String(length)}` };
  }
  if (before === after) return slideWindow({ input, size, stride, padding: before, dilation });
  const room = input - reachOf(size, dilation) + before + after;
  const length = Math.floor(room / stride) + 1;
  const division = `(${String(input)} − ${reachText(size, dilation)} + ${String(before)} + ${String(after)})/${String(stride)}`;
  return {
    length,
    arithmetic: `${room % stride === 0 ? division : `⌊${division}⌋`} + 1 = ${numberText(length)}`,
  };
}

/** Rows and columns from the first to the last number that the window takes. */
export function windowReach({ size, dilation }: StepperWindow): readonly [rows: number, columns: number] {
  return [reachOf(size[0], dilation[0]), reachOf(size[1], dilation[1])];
}

/** The input's row and column under the window's upper left corner, which the padding may hold. Not for transposed ones. */
export function windowStart({ strides, padding }: StepperWindow, { row, column }: Place): Place {
  return { row: row * strides[0] - padding.top, column: column * strides[1] - padding.left };
}

/**
 * The numbers that a place of the output is made of, kernel row by kernel row. A transposed convolution has those of its
 * input whose painted kernels reach the place: y[o] takes x[i]·w[k] where o = i·S + k − cut.
 */
export function tapsAt(window: StepperWindow, place: Place): readonly Tap[] {
  const rows = axisTaps(window, 0, place.row);
  const columns = axisTaps(window, 1, place.column);
  const [height, width] = window.inputShape;
  return rows.flatMap(({ at: row, kernel: kernelRow }) =>
    columns.map(({ at: column, kernel: kernelColumn }) => ({
      row,
      column,
      kernelRow,
      kernelColumn,
      isInside: row >= 0 && row < height && column >= 0 && column < width,
    })),
  );
}

function axisTaps(
  window: StepperWindow,
  axis: 0 | 1,
  output: number,
): readonly { readonly at: number; readonly kernel: number }[] {
  const [size, stride, dilation] = [window.size[axis], window.strides[axis], window.dilation[axis]];
  const [before] = along(window.padding, axis);
  const taps: { at: number; kernel: number }[] = [];
  for (let kernel = 0; kernel < size; kernel += 1) {
    if (window.kind !== 'transposed') {
      taps.push({ at: output * stride - before + kernel * dilation, kernel });
      continue;
    }
    const from = output + before - kernel * dilation;
    // Nothing is painted from beyond the input: no zeros take part.
    if (from % stride === 0 && from >= 0 && from / stride < window.inputShape[axis])
      taps.push({ at: from / stride, kernel });
  }
  return taps;
}

/** The channels of the input that a filter looks at. */
export function channelsOf(window: StepperWindow, filter: number): readonly number[] {
  const channels = window.inputShape[2];
  switch (window.kind) {
    case 'pooling-max':
    case 'pooling-average':
      return [filter];
    case 'depthwise':
      return [Math.floor(filter / multiplierOf(window))];
    default:
      return Array.from({ length: channels }, (_, channel) => channel);
  }
}

/** Filters of a depthwise convolution for each channel of its input. */
function multiplierOf({ filters, inputShape }: StepperWindow): number {
  return Math.max(1, Math.round(filters / inputShape[2]));
}

/** Where a weight stands in `kernel`. */
export function kernelIndex(
  window: StepperWindow,
  { kernelRow, kernelColumn }: Pick<Tap, 'kernelRow' | 'kernelColumn'>,
  channel: number,
  filter: number,
): number {
  const place = kernelRow * window.size[1] + kernelColumn;
  const channels = window.inputShape[2];
  if (window.kind === 'transposed') return (place * window.filters + filter) * channels + channel;
  if (window.kind === 'depthwise') {
    const multiplier = multiplierOf(window);
    return (place * channels + channel) * multiplier + (filter % multiplier);
  }
  return (place * channels + channel) * window.filters + filter;
}

/** A number of the input; 0 where the padding is. */
export function inputAt(
  { input, inputShape: [rows, columns, channels] }: StepperLayer,
  place: Place,
  channel: number,
): number {
  const { row, column } = place;
  if (row < 0 || row >= rows || column < 0 || column >= columns) return 0;
  return input[(row * columns + column) * channels + channel] ?? 0;
}
