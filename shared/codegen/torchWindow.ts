import type { Padding, Size2 } from '../layers/params.ts';
import type { Shape } from '../layers/shape.ts';
import type { TorchCode, TorchParameter } from './forms.ts';
import {
  call,
  helperName,
  inline,
  literal,
  shortSize,
  tuple,
  type Expression,
  type Helper,
} from './python.ts';

/** Zeros before and behind along an axis. */
export type Sides = readonly [before: number, behind: number];

/**
 * How TensorFlow pads an axis for `same`: as much as the last window needs, the odd one behind.
 * Source: TensorFlow, "Neural Network", notes on padding convolution layers.
 */
export function samePadding(input: number, size: number, stride: number, dilation = 1): Sides {
  const reach = (size - 1) * dilation + 1;
  const total = Math.max((Math.ceil(input / stride) - 1) * stride + reach - input, 0);
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}

export interface TorchWindow {
  readonly size: readonly number[];
  readonly strides: readonly number[];
  readonly padding: Padding;
  readonly dilation?: readonly number[];
}

/** Rows and columns (or steps, or slices) that are put around an input, axis by axis. */
export function paddingOf(input: Shape, { size, strides, padding, dilation }: TorchWindow): readonly Sides[] {
  return size.map((length, axis): Sides => {
    if (padding === 'valid') return [0, 0];
    if (typeof padding === 'number') return [padding, padding];
    return samePadding(input[axis] ?? 0, length, strides[axis] ?? 1, dilation?.[axis] ?? 1);
  });
}

/** Whether both sides of every axis have the same. */
export function isEven(sides: readonly Sides[]): boolean {
  return sides.every(([before, behind]) => before === behind);
}

export function isNone(sides: readonly Sides[]): boolean {
  return sides.every(([before, behind]) => before === 0 && behind === 0);
}

/** `F.pad(x, (left, right, top, bottom))` of a tensor whose channels are first: PyTorch counts axes from the last. */
export function padded(x: Expression, sides: readonly Sides[], value?: Expression): Expression {
  const amounts = [...sides].reverse().flat();
  return call('F.pad', [x, tuple(...amounts.map(String))], { value });
}

/** A size as an argument: one number where all axes have the same; nothing where it is what PyTorch takes by itself. */
export function sizeArgument(size: readonly number[] | Size2, usual?: number): Expression | undefined {
  const short = shortSize([...size]);
  return short === usual ? undefined : literal(short);
}

/**
 * A convolution as PyTorch has it, and what goes before it: padding that is not the same on both sides of an axis is
 * put around the input first.
 *
 * @param channels in and out
 */
export function convolution(
  callee: string,
  channels: readonly [number, number],
  window: TorchWindow,
  {
    input,
    useBias,
    groups = 1,
  }: { readonly input: Shape; readonly useBias: boolean; readonly groups?: number },
) {
  const sides = paddingOf(input, window);
  const isSame = window.padding === 'same' && window.strides.every((stride) => stride === 1);
  const even = sides.map(([before]) => before);
  const padding = isSame ? '"same"' : isEven(sides) ? sizeArgument(even, 0) : undefined;
  const made = call(callee, [...channels.map(String), sizeArgument(window.size) ?? ''], {
    stride: sizeArgument(window.strides, 1),
    padding: isSame && isNone(sides) ? undefined : padding,
    dilation: window.dilation === undefined ? undefined : sizeArgument(window.dilation, 1),
    groups: groups === 1 ? undefined : String(groups),
    bias: useBias ? undefined : 'False',
  });
  const before = isSame || isEven(sides) ? [] : [(x: Expression = '') => padded(x, sides)];
  return { modules: { '': made }, before };
}

/** Where a layer's bias goes, if it has one. */
export function biasParameter(useBias: boolean, weight = 'bias'): readonly TorchParameter[] {
  return useBias ? [{ path: '.bias', weight }] : [];
}

const averageOfPixels: Helper = {
  name: 'avg_pool_same',
  code: `def avg_pool_same(pool, x, pad, kernel_size, stride):
    """Average pooling whose padding does not count, as TensorFlow has it."""
    ones = torch.ones_like(x[:1, :1])
    sums = pool(F.pad(x, pad), kernel_size, stride)
    return sums / pool(F.pad(ones, pad), kernel_size, stride)`,
};

/** The steps of a pooling over the axes of a window: `F.max_pool2d(x, 3, stride=2)`. */
export function torchPooling(kind: 'max' | 'avg', input: Shape, window: TorchWindow): TorchCode['steps'] {
  const sides = paddingOf(input, window);
  const callee = `F.${kind}_pool${String(window.size.length)}d`;
  const size = sizeArgument(window.size) ?? '';
  const stride = sameSize(window.size, window.strides) ? undefined : sizeArgument(window.strides);
  const pool = (x: Expression) => call(callee, [x, size], { stride });
  if (isNone(sides)) return [(x = '') => pool(x)];
  // A number of rows and columns are zeros, which take part.
  if (window.padding !== 'same') return [(x = '') => padded(x, sides), (x = '') => pool(x)];
  // PyTorch refuses a mean over a volume that is smaller than the window, padding or not.
  if (isEven(sides) && !(kind === 'avg' && window.size.length === 3)) {
    const padding = sizeArgument(sides.map(([before]) => before));
    const more = { stride, padding, count_include_pad: kind === 'avg' ? 'False' : undefined };
    return [(x = '') => call(callee, [x, size], more)];
  }
  if (kind === 'max') {
    return [(x = '') => padded(x, sides, '-float("inf")'), (x = '') => pool(x)];
  }
  const pad = tuple(...[...sides].reverse().flat().map(String));
  return [
    (x = '') => call(helperName(averageOfPixels), [callee, x, pad, size, sizeArgument(window.strides) ?? '']),
  ];
}

function sameSize(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((side, axis) => side === b[axis]);
}

/** `x.mean((2, 3))`: one number of all positions, channel by channel. */
export function globalPooling(
  kind: 'mean' | 'amax',
  x: Expression,
  axes: number,
  dim: (axis: number) => number,
): Expression {
  const dims = Array.from({ length: axes }, (_, axis) => String(dim(axis)));
  return `${inline(x)}.${kind}(${dims.length === 1 ? (dims[0] ?? '') : `(${dims.join(', ')})`})`;
}

/**
 * A transposed convolution as PyTorch has it, and what goes after it: PyTorch gives all that is painted, TensorFlow
 * leaves out half of what stands out for `same`, the odd one behind, and fills up to the stride.
 *
 * @param channels in and out
 */
export function transposedConvolution(
  callee: string,
  channels: readonly [number, number],
  { size, strides, padding }: TorchWindow,
  useBias: boolean,
) {
  const missing = size.map((length, axis) => Math.max((strides[axis] ?? 1) - length, 0));
  const sides = size.map((length, axis): Sides => {
    const total = padding === 'same' ? Math.max(length - (strides[axis] ?? 1), 0) : 0;
    return [Math.floor(total / 2), Math.ceil(total / 2)];
  });
  const even = isEven(sides) ? sides.map(([before]) => before) : sides.map(() => 0);
  const made = call(callee, [...channels.map(String), sizeArgument(size) ?? ''], {
    stride: sizeArgument(strides, 1),
    padding: sizeArgument(even, 0),
    output_padding: sizeArgument(missing, 0),
    bias: useBias ? undefined : 'False',
  });
  const cut = sides.map(([before, behind]): Sides => [-before, -behind]);
  const after = isEven(sides) ? [] : [(x: Expression = '') => padded(x, cut)];
  return { modules: { '': made }, after };
}

/**
 * A kernel for each channel: TensorFlow counts a channel's filters last, PyTorch all channels' filters in a row.
 *
 * @param channels in and out
 */
export function depthwiseParameter(
  path: string,
  size: readonly number[],
  [input, output]: readonly [number, number],
): TorchParameter {
  const axes = size.length;
  const spatial = size.map((_, axis) => axis);
  const shape = [output, 1, ...size];
  return {
    path,
    weight: 'depthwise_kernel',
    permute: [axes, axes + 1, ...spatial],
    shape: input > 0 ? shape : [],
  };
}

/** `x[:, :, 1:-1, 2:]` of a tensor whose channels are first. */
export function cropped(x: Expression, sides: readonly Sides[], input: Shape): Expression {
  const slices = sides.map(([before, behind], axis) => {
    const end = behind === 0 ? '' : String((input[axis] ?? 0) - behind);
    return before === 0 && end === '' ? ':' : `${before === 0 ? '' : String(before)}:${end}`;
  });
  return `${inline(x)}[:, :, ${slices.join(', ')}]`;
}
