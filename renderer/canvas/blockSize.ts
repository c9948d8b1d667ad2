import type { Position } from '../../shared/graph/edit.ts';
import type { Flow } from '../../shared/graph/flow.ts';

/** Every block's width; canvas pixels, as all measures here. */
export const blockWidth = 212;
const fullHeight = 142;
const plainHeight = 80;

/** Every block's height, with and without the picture of its output. */
export function blockHeight(pictures: boolean): number {
  return pictures ? fullHeight : plainHeight;
}

/** Where a block's output leaves, from its upper left corner. */
export function outputPlace(pictures: boolean, flow: Flow): Position {
  const height = blockHeight(pictures);
  return flow === 'down' ? { x: blockWidth / 2, y: height } : { x: blockWidth, y: height / 2 };
}

/** Where one of a block's inputs arrives, from its upper left corner: they stand evenly. */
export function inputPlace(index: number, count: number, pictures: boolean, flow: Flow): Position {
  const share = (index + 1) / (count + 1);
  return flow === 'down' ? { x: blockWidth * share, y: 0 } : { x: 0, y: blockHeight(pictures) * share };
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
