import type { GrayPicture } from './grayPicture.ts';

/** A point of a stroke, in pixels of the pad from its upper left corner. */
export interface StrokePoint {
  readonly x: number;
  readonly y: number;
}

/** One line of a pen, or of the eraser, from where it was put down to where it was lifted. */
export interface Stroke {
  readonly points: readonly StrokePoint[];
  /** Width of the line, in pixels of the pad. */
  readonly width: number;
  readonly erases?: boolean;
}

/**
 * Draws strokes, one over the other, with round ends: a pixel's ink is how much of it a line covers, by its distance from
 * the line's middle.
 */
export function drawStrokes(strokes: readonly Stroke[], height: number, width: number): GrayPicture {
  const values = new Float32Array(height * width);
  for (const stroke of strokes) {
    const cover = coverOf(stroke, height, width);
    cover.forEach((covered, at) => {
      if (covered === 0) return;
      const before = values[at] ?? 0;
      values[at] = stroke.erases === true ? before * (1 - covered) : Math.max(before, covered);
    });
  }
  return { height, width, values };
}

function coverOf({ points, width: line }: Stroke, height: number, width: number): Float32Array {
  const cover = new Float32Array(height * width);
  const radius = line / 2;
  points.forEach((from, index) => {
    const to = points[index + 1] ?? from;
    // One point alone is a dot; the last point of more was drawn with the one before it.
    if (to === from && points.length > 1) return;
    const [top, bottom] = span(from.y, to.y, radius, height);
    const [left, right] = span(from.x, to.x, radius, width);
    for (let row = top; row < bottom; row += 1) {
      for (let column = left; column < right; column += 1) {
        const distance = distanceOf({ x: column + 0.5, y: row + 0.5 }, from, to);
        const covered = Math.min(1, Math.max(0, radius + 0.5 - distance));
        const at = row * width + column;
        cover[at] = Math.max(cover[at] ?? 0, covered);
      }
    }
  });
  return cover;
}

/** First pixel and the one behind the last that a line with this radius can touch. */
function span(a: number, b: number, radius: number, side: number): readonly [number, number] {
  const first = Math.floor(Math.min(a, b) - radius - 1);
  const last = Math.ceil(Math.max(a, b) + radius + 1);
  return [Math.max(0, first), Math.min(side, last)];
}

/** How far a point is from the line between two others. */
function distanceOf(point: StrokePoint, from: StrokePoint, to: StrokePoint): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : ((point.x - from.x) * dx + (point.y - from.y) * dy) / length;
  const at = Math.min(1, Math.max(0, along));
  return Math.hypot(point.x - from.x - at * dx, point.y - from.y - at * dy);
}
