import type { Shape } from '../layers/shape.ts';
import type { Layout } from './forms.ts';
import { call, inline, type Expression } from './python.ts';

/** Pictures and volumes are channels first, as PyTorch's convolutions take them; sequences as its recurrent layers do. */
export function inputLayout(shape: Shape): Layout {
  return shape.length > 2 ? 'first' : 'last';
}

/** Whether both layouts are the same tensor. */
export function isFlat(shape: Shape): boolean {
  return shape.length < 2;
}

/** A shape as PyTorch has it in a layout. */
export function torchShape(shape: Shape, layout: Layout): Shape {
  return layout === 'last' || isFlat(shape) ? shape : [shape.at(-1) ?? 0, ...shape.slice(0, -1)];
}

/** PyTorch's number of an axis of a shape without the batch. */
export function dimOf(axis: number, shape: Shape, layout: Layout): number {
  if (layout === 'last' || isFlat(shape)) return axis + 1;
  return axis === shape.length - 1 ? 1 : axis + 2;
}

/** A tensor brought from the other layout into this one. */
export function turned(x: Expression, shape: Shape, to: Layout): Expression {
  const axes = Array.from({ length: shape.length - 1 }, (_, axis) => axis + 1);
  const order = to === 'first' ? [0, shape.length, ...axes] : [0, ...axes.map((axis) => axis + 1), 1];
  return call(`${inline(x)}.permute`, order.map(String));
}
