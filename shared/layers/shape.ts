/** A tensor's shape without the batch axis, channels last: `[height, width, channels]` for a picture. */
export type Shape = readonly number[];

/** Height, width and channels of a picture. */
export type PictureShape = readonly [height: number, width: number, channels: number];

export function isPicture(shape: Shape): shape is PictureShape {
  return shape.length === 3;
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((side, axis) => side === b[axis]);
}

export function sizeOf(shape: Shape): number {
  return shape.reduce((product, side) => product * side, 1);
}

/** `28 × 28 × 6` */
export function shapeText(shape: Shape): string {
  return shape.join(' × ');
}

/** How many numbers a shape has, as a calculation: `7·7·64 = 3136`. */
export function productText(shape: Shape): string {
  return shape.length > 1 ? `${shape.join('·')} = ${String(sizeOf(shape))}` : String(sizeOf(shape));
}
