import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';

import type { Region } from '../../../shared/lecture/stepping/view.ts';
import { drawPlane } from './heat.ts';

interface Props {
  readonly label: string;
  readonly plane: ArrayLike<number>;
  readonly size: readonly [rows: number, columns: number];
  readonly scale: number;
  /** What stands beside the picture as numbers. */
  readonly region?: Region;
  /** Where the window is. */
  readonly window?: Region;
  readonly onPick?: (row: number, column: number) => void;
}

/** A whole plane, a pixel for each number, with what is looked at as rectangles. */
export function PlanePicture({ label, plane, size, scale, region, window, onPick }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const scheme = useComputedColorScheme('light');
  const [rows, columns] = size;
  useEffect(() => {
    if (canvas.current !== null) drawPlane(canvas.current, plane, [rows, columns], scale);
  }, [plane, rows, columns, scale, scheme]);
  return (
    <div
      className="stepper-picture"
      style={{ aspectRatio: `${String(columns)} / ${String(rows)}` }}
      data-wide={columns > 4 * rows}
    >
      <canvas
        ref={canvas}
        width={columns}
        height={rows}
        role="img"
        aria-label={label}
        data-pickable={onPick !== undefined}
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          const at = (offset: number, length: number, count: number) =>
            Math.max(0, Math.min(count - 1, Math.floor((offset / length) * count)));
          onPick?.(
            at(event.clientY - box.top, box.height, rows),
            at(event.clientX - box.left, box.width, columns),
          );
        }}
      />
      <svg viewBox={`0 0 ${String(columns)} ${String(rows)}`} preserveAspectRatio="none" aria-hidden="true">
        {region !== undefined && <Box region={region} className="stepper-region" />}
        {window !== undefined && <Box region={window} className="stepper-window-box" />}
      </svg>
    </div>
  );
}

function Box({
  region: { rows, columns },
  className,
}: {
  readonly region: Region;
  readonly className: string;
}) {
  return (
    <rect
      className={className}
      x={columns.from}
      y={rows.from}
      width={columns.count}
      height={rows.count}
      vectorEffect="non-scaling-stroke"
    />
  );
}
