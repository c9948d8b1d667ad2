import { getViewportForBounds } from '@xyflow/react';

import type { Position } from '../../shared/graph/edit.ts';
import type { Flow } from '../../shared/graph/flow.ts';
import { blockWidth } from './blockSize.ts';

/** Room around a network that is fitted into view: shapes stand above the blocks, and buttons at the lower edge. */
const room = { top: '48px', right: '40px', bottom: '68px', left: '40px' } as const;

export function fitOptions(duration: number) {
  return {
    padding: room,
    maxZoom: 1,
    duration,
  } as const;
}

/** The smallest zoom: a strip of a thousand layers is still seen as a whole. */
export const farthest = 0.02;

export interface ViewportPlace {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

/** Below this zoom a block's lines cannot be read. */
export const readableZoom = 0.8;

/**
 * Shows a network from its beginning, large enough to be read: a long chain starts at the left edge and goes on
 * beyond the right one. `null` where all of it fits and can be read.
 */
export function readableStart(
  positions: readonly Position[],
  height: number,
  canvas: { readonly width: number; readonly height: number },
  flow: Flow = 'right',
): ViewportPlace | null {
  if (positions.length === 0) return null;
  const [left, right] = [
    Math.min(...positions.map(({ x }) => x)),
    Math.max(...positions.map(({ x }) => x)) + blockWidth,
  ];
  const [top, bottom] = [
    Math.min(...positions.map(({ y }) => y)),
    Math.max(...positions.map(({ y }) => y)) + height,
  ];
  const fitted = Math.min((canvas.width - 80) / (right - left), (canvas.height - 96) / (bottom - top));
  if (fitted >= readableZoom) return null;
  if (flow === 'down') {
    const centre = ((left + right) / 2) * readableZoom;
    return { x: canvas.width / 2 - centre, y: 60 - top * readableZoom, zoom: readableZoom };
  }
  const first = positions.reduce((a, b) => (b.x < a.x ? b : a));
  const tall = (bottom - top) * readableZoom > canvas.height - 96;
  const middle = tall ? first.y + height / 2 : (top + bottom) / 2;
  return { x: 40 - left * readableZoom, y: canvas.height / 2 - middle * readableZoom, zoom: readableZoom };
}

/** The view of all blocks with room around them, no larger than life. */
export function fittedView(
  positions: readonly Position[],
  height: number,
  canvas: { readonly width: number; readonly height: number },
): ViewportPlace {
  const [xs, ys] = [positions.map(({ x }) => x), positions.map(({ y }) => y)];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  const bounds = { x, y, width: Math.max(...xs) + blockWidth - x, height: Math.max(...ys) + height - y };
  return getViewportForBounds(bounds, canvas.width, canvas.height, farthest, 1, room);
}

/** Whether a block is wholly in view. */
export function inView(
  position: Position,
  height: number,
  viewport: ViewportPlace,
  canvas: { readonly width: number; readonly height: number },
): boolean {
  const [x, y] = [position.x * viewport.zoom + viewport.x, position.y * viewport.zoom + viewport.y];
  const margin = 24;
  return (
    x >= 0 &&
    y >= margin &&
    x + blockWidth * viewport.zoom <= canvas.width &&
    y + height * viewport.zoom <= canvas.height - margin
  );
}

/** Whether every block is wholly on the canvas. */
export function isAllInView(
  blocks: readonly { readonly position: Position; readonly width?: number; readonly height?: number }[],
  { x, y, zoom }: ViewportPlace,
  canvas: { readonly width: number; readonly height: number },
): boolean {
  return blocks.every(({ position, width = 0, height = 0 }) => {
    const [left, top] = [position.x * zoom + x, position.y * zoom + y];
    return (
      left >= 0 && top >= 0 && left + width * zoom <= canvas.width && top + height * zoom <= canvas.height
    );
  });
}
