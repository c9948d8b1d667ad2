import type { Analysis } from '../graph/analyze.ts';
import type { Shape } from '../layers/shape.ts';

/** The largest sides on the canvas: what every box is drawn in proportion to. */
export interface VolumeScale {
  readonly side: number;
  readonly channels: number;
}

/** Measures of the largest box, in pixels. */
export const volumeSize = { height: 24, depth: 18, channels: 72, thin: 3 } as const;

// The width of a picture recedes at 35°, foreshortened.
const recede = { x: 0.82, y: -0.57 } as const;

/** The scale that all volumes of a network share. */
export function volumeScale({ layers }: Pick<Analysis, 'layers'>): VolumeScale {
  return scaleOf(
    [...layers.values()].flatMap(({ outputShape }) => (outputShape === null ? [] : [outputShape])),
  );
}

/** The scale on which all of some shapes can be compared. */
export function scaleOf(shapes: readonly Shape[]): VolumeScale {
  let [side, channels] = [2, 2];
  for (const shape of shapes) {
    shape.forEach((length, axis) => {
      if (axis === shape.length - 1) channels = Math.max(channels, length);
      else side = Math.max(side, length);
    });
  }
  return { side, channels };
}

/** A length on a logarithmic scale: `thin` pixels for 1, `most` for the largest. */
export function logLength(value: number, largest: number, most: number): number {
  if (value <= 1 || largest <= 1) return volumeSize.thin;
  const share = Math.min(1, Math.log(value) / Math.log(largest));
  return volumeSize.thin + (most - volumeSize.thin) * share;
}

/** An isometric box as SVG paths, and the room that it takes. */
export interface Volume {
  readonly front: string;
  readonly top: string;
  readonly side: string;
  /** Lines that tell a sequence, row under row, and a volume, slice behind slice, from a picture; may be empty. */
  readonly grid: string;
  readonly width: number;
  readonly height: number;
}

/** As many rows or slices are drawn as can be told apart, however many there are. */
const mostLines = 4;

/**
 * The box of a shape: height stands, channels lie from left to right, width goes back. A vector is a thin upright
 * bar, as long as its numbers are many; a sequence is a sheet of rows, one for each step; a volume `[depth, height,
 * width, channels]` is cut into slices, one behind the other. `most` says how many pixels the most channels
 * and the largest width take.
 */
export function volume(
  shape: Shape,
  scale: VolumeScale,
  most: { readonly channels: number; readonly depth: number } = volumeSize,
): Volume {
  const channels = shape.at(-1) ?? 1;
  const flat = shape.length < 2;
  const up = flat
    ? logLength(channels, scale.channels, volumeSize.height)
    : logLength((shape.length > 2 ? shape.at(-3) : shape[0]) ?? 1, scale.side, volumeSize.height);
  const along = flat ? volumeSize.thin + 2 : logLength(channels, scale.channels, most.channels);
  const back =
    flat || shape.length < 3 ? volumeSize.thin : logLength(shape.at(-2) ?? 1, scale.side, most.depth);
  const [dx, dy] = [back * recede.x, back * recede.y];
  const bottom = up - dy;
  const point = (x: number, y: number) => `${x.toFixed(1)} ${y.toFixed(1)}`;
  const polygon = (...points: readonly (readonly [number, number])[]) =>
    `M${points.map(([x, y]) => point(x, y)).join('L')}Z`;
  const lines = (count: number, line: (share: number) => string) =>
    Array.from({ length: Math.min(count, mostLines) - 1 }, (_, at) =>
      line((at + 1) / Math.min(count, mostLines)),
    ).join('');
  const rows = (share: number) => {
    const y = bottom - share * up;
    return `M${point(0, y)}L${point(along, y)}`;
  };
  const slices = (share: number) => {
    const [x, y] = [dx * share, dy * share];
    return `M${point(x, y - dy)}L${point(along + x, y - dy)}L${point(along + x, bottom + y)}`;
  };
  const grid =
    shape.length === 2
      ? lines(shape[0] ?? 1, rows)
      : shape.length > 3
        ? lines(
            shape.slice(0, -3).reduce((product, side) => product * side, 1),
            slices,
          )
        : '';
  return {
    grid,
    front: polygon([0, bottom], [along, bottom], [along, -dy], [0, -dy]),
    top: polygon([0, -dy], [along, -dy], [along + dx, 0], [dx, 0]),
    side: polygon([along, bottom], [along + dx, bottom + dy], [along + dx, 0], [along, -dy]),
    width: along + dx,
    height: bottom,
  };
}
