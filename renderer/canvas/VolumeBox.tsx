import type { Shape } from '../../shared/layers/shape.ts';
import type { Category } from '../../shared/layers/spec.ts';
import { volume, type VolumeScale } from '../../shared/picture/volume.ts';

interface Props {
  readonly shape: Shape;
  readonly scale: VolumeScale;
  readonly category: Category;
}

/** A layer's output as a small box, in proportion to all others on the canvas. */
export function VolumeBox({ shape, scale, category }: Props) {
  const { front, top, side, grid, width, height } = volume(shape, scale);
  return (
    <svg
      className="volume"
      width={width + 2}
      height={height + 2}
      viewBox={`-1 -1 ${String(width + 2)} ${String(height + 2)}`}
      style={{ color: `var(--category-${category})` }}
      aria-hidden="true"
    >
      <path className="volume-side" d={side} />
      <path className="volume-top" d={top} />
      <path className="volume-front" d={front} />
      {grid !== '' && <path className="volume-grid" d={grid} />}
    </svg>
  );
}
