import { needsAxes } from './slidingWindow.ts';
import type { Shape } from './shape.ts';
import { refuse, shaped, type ShapeResult } from './spec.ts';

/** What a transposed convolution goes by, for each axis. */
export interface TransposedWindow {
  readonly filters: number;
  readonly kernelSize: readonly number[];
  readonly strides: readonly number[];
  readonly padding: 'valid' | 'same';
}

/**
 * Shape that a transposed convolution gives: W·S with `same`; (W − 1)·S + F with `valid`, where the kernel is at least as
 * large as the stride, else W·S, the last positions then being zeros. It is the shape of which the convolution with the
 * same kernel, stride and padding would give the input.
 * Source: Dumoulin and Visin, "A guide to convolution arithmetic for deep learning", relationship 13; TensorFlow's
 * `deconv_output_length`.
 */
export function transposedShape(
  { filters, kernelSize, strides, padding }: TransposedWindow,
  input: Shape,
): ShapeResult {
  const axes = kernelSize.length;
  if (input.length !== axes + 1) return refuse(needsAxes(axes as 2 | 3, input));
  const along = kernelSize.map((size, axis) => {
    const [length = 0, stride = 1] = [input[axis], strides[axis]];
    if (padding === 'same') {
      const result = length * stride;
      return { result, text: `${String(length)}·${String(stride)} = ${String(result)}` };
    }
    const result = (length - 1) * stride + Math.max(size, stride);
    const reach = size < stride ? `max(${String(size)}, ${String(stride)})` : String(size);
    return {
      result,
      text: `(${String(length)} − 1)·${String(stride)} + ${reach} = ${String(result)}`,
    };
  });
  return shaped(
    [...along.map(({ result }) => result), filters],
    along.map(({ text }) => text),
  );
}
