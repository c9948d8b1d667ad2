import type { Analysis } from '../graph/analyze.ts';
import type { Shape } from '../layers/shape.ts';

/** The largest sides on the canvas: what every box is drawn in proportion to. */
export interface VolumeScale {
  readonly side: number;
  readonly channels: number;
}

/** Measures of the largest box, in pixels. */
export const volumeSize = { height: 40, depth: 24, channels: 76, thin: 3 } as const;

// The width of a picture recedes at 35°, foreshortened.
const recede = { x: 0.82, y: -0.57 } as const;

/** The scale that all volumes of a network share. */
export function volumeScale({ layers }: Pick<Analysis, 'layers'>): VolumeScale {
  let [side, channels] = [2, 2];
  for (const { outputShape } of layers.values()) {
    if (outputShape === null) continue;
    outputShape.forEach((length, axis) => {
      if (axis === outputShape.length - 1) channels = Math.max(channels, length);
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

/** An isometric box as three SVG paths, and the room that it takes. */
export interface Volume {
  readonly front: string;
  readonly top: string;
  readonly side: string;
  readonly width: number;
  readonly height: number;
}

/**
 * The box of a shape: height stands, channels lie from left to right, width goes back. A vector is a thin upright
 * bar, as long as its numbers are many.
 */
export function volume(shape: Shape, scale: VolumeScale): Volume {
  const channels = shape.at(-1) ?? 1;
  const flat = shape.length < 2;
  const up = flat
    ? logLength(channels, scale.channels, volumeSize.height)
    : logLength(shape[0] ?? 1, scale.side, volumeSize.height);
  const along = flat ? volumeSize.thin + 2 : logLength(channels, scale.channels, volumeSize.channels);
  const back =
    flat || shape.length < 3 ? volumeSize.thin : logLength(shape[1] ?? 1, scale.side, volumeSize.depth);
  const [dx, dy] = [back * recede.x, back * recede.y];
  const bottom = up - dy;
  const point = (x: number, y: number) => `${x.toFixed(1)} ${y.toFixed(1)}`;
  const polygon = (...points: readonly (readonly [number, number])[]) =>
    `M${points.map(([x, y]) => point(x, y)).join('L')}Z`;
  return {
    front: polygon([0, bottom], [along, bottom], [along, -dy], [0, -dy]),
    top: polygon([0, -dy], [along, -dy], [along + dx, 0], [dx, 0]),
    side: polygon([along, bottom], [along + dx, bottom + dy], [along + dx, 0], [along, -dy]),
    width: along + dx,
    height: bottom,
  };
}
