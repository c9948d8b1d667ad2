import type { Size2 } from '../layers/params.ts';
import { isPicture, type Shape } from '../layers/shape.ts';
import type { Reach } from '../layers/spec.ts';

/** What one output of a layer sees of the input picture, `[height, width]` each. */
export interface View {
  /** Pixels seen, not clipped at the picture's edge. */
  readonly field: Size2;
  /** Pixels between the fields of neighbouring outputs. */
  readonly jump: Size2;
  /** The whole picture. */
  readonly picture: Size2;
}

export function viewOfInput(shape: Shape): View | undefined {
  return isPicture(shape) ? { field: [1, 1], jump: [1, 1], picture: [shape[0], shape[1]] } : undefined;
}

/**
 * What a layer sees whose inputs see `views`; the largest over merged inputs. A window of size F and dilation D
 * adds (F − 1)·D·jump, a stride multiplies the jump.
 * Source: Araujo, Norris and Sim, "Computing Receptive Fields of Convolutional Neural Networks", Distill 2019.
 */
export function viewThrough(views: readonly View[], reach: Reach | undefined): View | undefined {
  const [first, ...others] = views;
  if (first === undefined) return undefined;
  const merged = others.reduce(
    (a, b): View => ({
      field: larger(a.field, b.field),
      jump: larger(a.jump, b.jump),
      picture: larger(a.picture, b.picture),
    }),
    first,
  );
  if (reach === undefined) return merged;
  if (reach.type === 'whole') return { ...merged, field: merged.picture };
  const { field, jump } = merged;
  const along = (axis: 0 | 1) => field[axis] + (reach.size[axis] - 1) * reach.dilation[axis] * jump[axis];
  return {
    ...merged,
    field: [along(0), along(1)],
    jump: [jump[0] * reach.strides[0], jump[1] * reach.strides[1]],
  };
}

function larger(a: Size2, b: Size2): Size2 {
  return [Math.max(a[0], b[0]), Math.max(a[1], b[1])];
}
