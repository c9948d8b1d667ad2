import { describe, expect, it } from 'vitest';

import { canDraw, dataUrl } from './toPng.ts';

describe('a picture as PNG', () => {
  it('is drawn where a browser has so many pixels', () => {
    expect(canDraw({ width: 2000, height: 400 }, 4)).toBe(true);
    expect(canDraw({ width: 9000, height: 400 }, 2)).toBe(false);
    expect(canDraw({ width: 8000, height: 8000 }, 2)).toBe(false);
  });

  it('comes from an address that keeps every sign of the SVG', () => {
    const svg = '<svg><text>50 % & #1 卷積</text></svg>';
    expect(decodeURIComponent(dataUrl(svg).replace(/^[^,]*,/, ''))).toBe(svg);
  });
});
