import type { Shape } from './shape.ts';

export type Axis = 'height' | 'width' | 'channels';

/** What an axis of a shape is: the last holds the channels (or units), what stands before are height and width. */
export function axisOf(index: number, rank: number): Axis {
  if (index === rank - 1) return 'channels';
  return index === 0 ? 'height' : 'width';
}

/** A calculation and the axis whose side it gives; null where it cannot be told. */
export interface AxisArithmetic {
  readonly text: string;
  readonly axis: Axis | null;
}

/** Tells which axis each calculation is of: by its place where height and width are given, else by its result. */
export function arithmeticByAxis(arithmetic: readonly string[], output: Shape): readonly AxisArithmetic[] {
  if (arithmetic.length === 2 && output.length === 3) {
    return arithmetic.map((text, index) => ({ text, axis: axisOf(index, 3) }));
  }
  return arithmetic.map((text) => {
    const index = output.findLastIndex((side) => text.endsWith(`= ${String(side)}`));
    return { text, axis: index < 0 ? null : axisOf(index, output.length) };
  });
}
