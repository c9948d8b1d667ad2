import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useId, useMemo, useRef } from 'react';

import { paintLater } from '../interpretation/paintLater.ts';
import { drawMaps, mapGap, mapGridOf } from './drawMaps.ts';
import type { FeatureMap, Mark } from './maps.ts';

interface Props {
  /** The same array as long as the same maps are shown. */
  readonly maps: readonly FeatureMap[];
  /** In the order of the maps; those behind the last one have none. */
  readonly marks: readonly (Mark | null)[];
  /** Which numbers are black and white. */
  readonly range: readonly [least: number, most: number];
  /** Width there is, and side of a map, in CSS pixels. */
  readonly room: number;
  readonly side: number;
  readonly label: string;
  readonly onClick?: () => void;
}

/** Maps side by side, in as many rows as they need. */
export function MapsCanvas({ maps, marks, range, room, side, label, onClick }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const scheme = useComputedColorScheme();
  const grid = useMemo(() => mapGridOf(maps, room, side), [maps, room, side]);
  const width = Math.min(maps.length, grid.columns) * (grid.width + mapGap) - mapGap;
  const height = Math.ceil(maps.length / grid.columns) * (grid.height + mapGap) - mapGap;
  const place = useId();
  useEffect(() => {
    if (room <= 0) return;
    paintLater(place, () => {
      const context = canvas.current?.getContext('2d');
      if (context == null) return;
      const style = getComputedStyle(context.canvas);
      const colour = (name: string) => style.getPropertyValue(name);
      context.canvas.width = Math.round(width * devicePixelRatio);
      context.canvas.height = Math.round(height * devicePixelRatio);
      context.scale(devicePixelRatio, devicePixelRatio);
      const colours = {
        frame: colour('--line'),
        dead: colour('--error'),
        saturated: colour('--warning-mark'),
      };
      drawMaps(context, maps, grid, marks, range, colours);
    });
  }, [place, maps, grid, marks, range, room, scheme, width, height]);
  return <canvas ref={canvas} role="img" aria-label={label} style={{ width, height }} onClick={onClick} />;
}
