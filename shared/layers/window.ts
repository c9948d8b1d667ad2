import type { Padding } from './params.ts';

/** One axis of a sliding window. */
export interface Window {
  /** Length of the input along the axis. */
  readonly input: number;
  /** Kernel or pool size. */
  readonly size: number;
  readonly stride: number;
  readonly padding: Padding;
  readonly dilation?: number;
}

/** What an axis of a sliding window comes to. Below 1, the window does not fit. */
export interface WindowResult {
  readonly length: number;
  /** The calculation as text, with the result: `(227 − 11 + 2·0)/4 + 1 = 55`. */
  readonly arithmetic: string;
}

/** A number with the true minus sign. */
export function numberText(value: number): string {
  return value < 0 ? `−${String(-value)}` : String(value);
}

/** How far a kernel reaches along an axis: (F − 1)·D + 1. */
export function reachOf(size: number, dilation: number): number {
  return (size - 1) * dilation + 1;
}

/** The same as it is written in a calculation: the size alone where nothing is dilated. */
export function reachText(size: number, dilation: number): string {
  return dilation === 1 ? String(size) : `((${String(size)} − 1)·${String(dilation)} + 1)`;
}

/**
 * Length of the output of a sliding window along one axis: ⌊(W − F + 2P)/S⌋ + 1, and ⌈W/S⌉ for `same`;
 * a kernel with dilation D reaches (F − 1)·D + 1.
 * Source: Dumoulin and Visin, "A guide to convolution arithmetic for deep learning", relationships 5, 6 and 15;
 * the same as TensorFlow's padding rules.
 */
export function slideWindow({ input, size, stride, padding, dilation = 1 }: Window): WindowResult {
  if (padding === 'same') {
    const length = Math.ceil(input / stride);
    return { length, arithmetic: `⌈${String(input)}/${String(stride)}⌉ = ${numberText(length)}` };
  }
  const padded = padding === 'valid' ? 0 : padding;
  const reach = reachOf(size, dilation);
  const room = input - reach + 2 * padded;
  const length = Math.floor(room / stride) + 1;
  const division = `(${String(input)} − ${reachText(size, dilation)} + 2·${String(padded)})/${String(stride)}`;
  const steps = room % stride === 0 ? division : `⌊${division}⌋`;
  return { length, arithmetic: `${steps} + 1 = ${numberText(length)}` };
}
