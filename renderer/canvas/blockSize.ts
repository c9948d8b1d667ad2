import { Position as Side } from '@xyflow/react';

import { layerBox } from '../../shared/graph/layerBox.ts';
import type { Position } from '../../shared/graph/edit.ts';
import type { Flow } from '../../shared/graph/flow.ts';

/** Every block's width; canvas pixels, as all measures here. */
export const blockWidth = layerBox.width;
const fullHeight = layerBox.height;
const plainHeight = 80;

/** Every block's height, with and without the picture of its output. */
export function blockHeight(pictures: boolean): number {
  return pictures ? fullHeight : plainHeight;
}

/** Where one of the handles of a side stands, from the block's upper left corner: they stand evenly. */
function handlePlace(
  type: 'source' | 'target',
  index: number,
  count: number,
  pictures: boolean,
  flow: Flow,
): Position {
  const share = (index + 1) / (count + 1);
  const height = blockHeight(pictures);
  const isInput = type === 'target';
  return flow === 'down'
    ? { x: blockWidth * share, y: isInput ? 0 : height }
    : { x: isInput ? 0 : blockWidth, y: height * share };
}

/** The side of a block that its inputs or outputs are on. */
export function handleSide(type: 'source' | 'target', flow: Flow): Side {
  if (type === 'target') return flow === 'down' ? Side.Top : Side.Left;
  return flow === 'down' ? Side.Bottom : Side.Right;
}

/** Where a handle stands along its side, as a style. */
export function handleStyle(index: number, count: number, pictures: boolean, flow: Flow) {
  const { x, y } = handlePlace('target', index, count, pictures, flow);
  return flow === 'down' ? { left: x } : { top: y };
}

/** Diameter of a handle. */
export const handleSize = 12;

/** A handle at a side of a block, so that React Flow need not measure it. */
export function handleBox(
  id: string,
  type: 'source' | 'target',
  index: number,
  count: number,
  pictures: boolean,
  flow: Flow,
) {
  const { x, y } = handlePlace(type, index, count, pictures, flow);
  return {
    id,
    type,
    position: handleSide(type, flow),
    x: x - handleSize / 2,
    y: y - handleSize / 2,
    width: handleSize,
    height: handleSize,
  };
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
