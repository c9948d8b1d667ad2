import { Position as Side } from '@xyflow/react';

import { layerBox } from '../../shared/graph/blockFrames.ts';
import type { Position } from '../../shared/graph/edit.ts';

/** Every block's width; canvas pixels, as all measures here. */
export const blockWidth = layerBox.width;
const fullHeight = layerBox.height;
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

/** Diameter of a handle. */
export const handleSize = 12;

/** A handle at the left or right side of a block, so that React Flow need not measure it. */
export function handleBox(id: string, type: 'source' | 'target', y: number) {
  const isInput = type === 'target';
  return {
    id,
    type,
    position: isInput ? Side.Left : Side.Right,
    x: (isInput ? 0 : blockWidth) - handleSize / 2,
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
