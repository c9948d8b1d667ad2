import { axisOf } from '../layers/axes.ts';
import type { Shape } from '../layers/shape.ts';
import type { LayerSpec } from '../layers/spec.ts';
import { grouped } from '../numbers.ts';
import { element, escapeXml, type Attributes } from './svg.ts';
import { fontFamily, textWidth } from './textWidth.ts';
import type { PictureTheme } from './theme.ts';

/** A drawn picture; width and height in pixels. */
export interface Picture {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

const times = ' × ';

/** `28 × 28 × 6` as text with each axis in its own colour. */
export function shapeElement(shape: Shape, theme: PictureTheme, attributes: Attributes): string {
  const sides = shape.map((side, index) => {
    const colour = theme.axes[axisOf(index, shape.length)];
    const before = index === 0 ? '' : element('tspan', { fill: theme.inkSoft, 'font-weight': 400 }, times);
    return before + element('tspan', { fill: colour }, String(side));
  });
  return element('text', attributes, ...sides);
}

export function shapeWidth(shape: Shape, size: number, isBold = false): number {
  return textWidth(shape.join(times), size, isBold);
}

/** A layer's icon, its upper left corner at a place. */
export function iconElement(spec: LayerSpec, x: number, y: number, size: number, colour: string): string {
  return element('path', {
    d: spec.icon,
    transform: `translate(${String(x)} ${String(y)}) scale(${String(size / 24)})`,
    fill: 'none',
    stroke: colour,
    'stroke-width': 2,
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
  });
}

/** A bar that shows a share of a whole, 0 to 1. */
export function shareBar(
  theme: PictureTheme,
  place: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  share: number,
): string {
  const bar = { x: place.x, y: place.y, height: place.height, rx: place.height / 2 };
  const frame = theme.paper === null ? { stroke: theme.line, 'stroke-width': 0.5 } : {};
  return (
    element('rect', { ...bar, width: place.width, fill: theme.sunken, ...frame }) +
    (share > 0
      ? element('rect', { ...bar, width: Math.max(1, place.width * share), fill: theme.inkSoft })
      : '')
  );
}

/** A number, as it is or `at least` it. */
export function countText(value: number): string {
  return value === 0 ? '–' : grouped(value);
}

/** The whole picture: its parts on the theme's paper, with a title for those who do not see it. */
export function finish(
  parts: readonly string[],
  theme: PictureTheme,
  title: string,
  bounds: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): Picture {
  const { x, y } = bounds;
  const [width, height] = [Math.ceil(bounds.width), Math.ceil(bounds.height)];
  const paper = theme.paper === null ? [] : [element('rect', { x, y, width, height, fill: theme.paper })];
  const svg = element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height,
      viewBox: [x, y, width, height].map((side) => String(Number(side.toFixed(2)))).join(' '),
      role: 'img',
      'font-family': fontFamily,
      'font-size': 12,
    },
    element('title', {}, escapeXml(title)),
    ...paper,
    ...parts,
  );
  return { svg: `${svg}\n`, width, height };
}
