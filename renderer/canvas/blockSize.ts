import type { Position } from '../../shared/graph/edit.ts';

/** Every block's width; canvas pixels, as all measures here. */
export const blockWidth = 212;
const fullHeight = 142;
const plainHeight = 80;

/** Every block's height, with and without the picture of its output. */
export function blockHeight(pictures: boolean): number {
  return pictures ? fullHeight : plainHeight;
}

/** How far below a block's top its output leaves. */
export function outputY(pictures: boolean): number {
  return blockHeight(pictures) / 2;
}

/** How far below a block's top one of its inputs arrives: they stand evenly. */
export function inputY(index: number, count: number, pictures: boolean): number {
  return (blockHeight(pictures) * (index + 1)) / (count + 1);
}

/** The block under a point; later blocks lie above earlier ones. */
export function blockAt<T extends { readonly position: Position }>(
  point: Position,
  blocks: readonly T[],
  pictures: boolean,
): T | undefined {
  return blocks.findLast(
    ({ position: { x, y } }) =>
      point.x >= x && point.x <= x + blockWidth && point.y >= y && point.y <= y + blockHeight(pictures),
  );
}
