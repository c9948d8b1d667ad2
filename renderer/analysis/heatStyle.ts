import type { CSSProperties } from 'react';

/** Tells a block's style sheet how much it is coloured, 0 to 1. */
export function heatStyle(heat: number | null): CSSProperties {
  return heat === null ? {} : ({ '--heat': `${String(Math.round(heat * 100))}%` } as CSSProperties);
}
