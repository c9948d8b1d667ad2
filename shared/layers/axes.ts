import type { Shape } from './shape.ts';

export type Axis = 'depth' | 'steps' | 'height' | 'width' | 'channels';

/**
 * What an axis of a shape is: the last holds the channels (units, features); before it stand the steps of a sequence,
 * height and width of a picture, or depth, height and width of a volume.
 */
export function axisOf(index: number, rank: number): Axis {
  if (index === rank - 1) return 'channels';
  if (rank === 2) return 'steps';
  if (index === rank - 2) return 'width';
  return index === rank - 3 ? 'height' : 'depth';
}

/** A calculation and the axis whose side it gives; null where it cannot be told. */
export interface AxisArithmetic {
  readonly text: string;
  readonly axis: Axis | null;
}

/** Tells which axis each calculation is of: by its place where all but the channels are given, else by its result. */
export function arithmeticByAxis(arithmetic: readonly string[], output: Shape): readonly AxisArithmetic[] {
  if (arithmetic.length > 1 && arithmetic.length === output.length - 1) {
    return arithmetic.map((text, index) => ({ text, axis: axisOf(index, output.length) }));
  }
  return arithmetic.map((text) => {
    const index = output.findLastIndex((side) => text.endsWith(`= ${String(side)}`));
    return { text, axis: index < 0 ? null : axisOf(index, output.length) };
  });
}
