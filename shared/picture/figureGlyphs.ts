import type { Shape } from '../layers/shape.ts';
import type { Stage } from './figureStages.ts';
import { element, numeral } from './svg.ts';
import { tint, type PictureTheme } from './theme.ts';

/** What a stage is drawn as, its upper left corner at 0, 0; pixels. */
export interface Glyph {
  readonly width: number;
  readonly height: number;
  readonly parts: readonly string[];
  /** The sheet in front of all others, where it shows a map. */
  readonly front: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  } | null;
}

/** The largest side of a map and the longest vector: all others are drawn in proportion. */
export interface FigureScale {
  readonly side: number;
  readonly vector: number;
}

const largestSide = 104;
const smallestSide = 9;
const sheetStep = 4;
const mostSheets = 16;
const bar = { width: 12, shortest: 26, longest: 116 } as const;
/** A vector of so many numbers or fewer shows each of them. */
const countable = 12;

export function figureScale(shapes: readonly (Shape | null)[]): FigureScale {
  let [side, vector] = [2, 2];
  for (const shape of shapes) {
    if (shape === null) continue;
    if (shape.length < 2) vector = Math.max(vector, shape[0] ?? 1);
    else for (const length of shape.slice(0, -1)) side = Math.max(side, length);
  }
  return { side, vector };
}

/** A side of a map: it shrinks with the square root, so that small maps can be seen beside large ones. */
export function sideLength(length: number, { side }: FigureScale): number {
  return Math.max(smallestSide, largestSide * Math.sqrt(Math.min(1, length / side)));
}

/** How many sheets stand for so many channels: all of a few, some of many. */
export function sheetCount(channels: number): number {
  return channels <= 4 ? channels : Math.min(mostSheets, Math.round(1 + 1.6 * Math.log2(channels)));
}

/** Maps as sheets behind each other, a vector as a bar, a volume as a box; dashed where the shape is not known. */
export function figureGlyph(
  { shape, category }: Pick<Stage, 'shape' | 'category'>,
  scale: FigureScale,
  theme: PictureTheme,
): Glyph {
  const stroke = theme.categories[category];
  if (shape === null) {
    const dashed = { fill: theme.sunken, stroke: theme.lineStrong, 'stroke-dasharray': '4 3' };
    const parts = [element('rect', { width: 40, height: 40, ...dashed })];
    return { width: 40, height: 40, parts, front: null };
  }
  const fill = tint(theme, category, 0.16);
  if (shape.length < 2) return vectorBar(shape[0] ?? 1, scale, fill, stroke);
  const channels = shape.at(-1) ?? 1;
  const [height, width] =
    shape.length === 2
      ? [sideLength(shape[0] ?? 1, scale), smallestSide]
      : [sideLength(shape.at(-3) ?? 1, scale), sideLength(shape.at(-2) ?? 1, scale)];
  const depth = shape.length > 3 ? 0.35 * sideLength(shape.at(-4) ?? 1, scale) : 0;
  const sheets = sheetCount(channels);
  const reach = (sheets - 1) * sheetStep;
  const parts = Array.from({ length: sheets }, (_, index) =>
    sheet(index * sheetStep, depth + index * sheetStep, width, height, depth, { fill, stroke }),
  );
  const front = shape.length === 3 ? { x: reach, y: reach, width, height } : null;
  return { width: width + depth + reach, height: height + depth + reach, parts, front };
}

/** A map; one with a depth is a box whose third side recedes to the upper right. */
function sheet(
  x: number,
  y: number,
  width: number,
  height: number,
  depth: number,
  colours: { readonly fill: string; readonly stroke: string },
): string {
  const front = element('rect', { x, y, width, height, ...colours });
  if (depth === 0) return front;
  const at = (dx: number, dy: number) => `${numeral(x + dx)} ${numeral(y + dy)}`;
  const top = `M${at(0, 0)}L${at(depth, -depth)}L${at(width + depth, -depth)}L${at(width, 0)}Z`;
  const side = `M${at(width, 0)}L${at(width + depth, -depth)}L${at(width + depth, height - depth)}L${at(width, height)}Z`;
  const edges = { ...colours, 'stroke-linejoin': 'round' };
  return front + element('path', { d: top, ...edges }) + element('path', { d: side, ...edges });
}

function vectorBar(length: number, { vector }: FigureScale, fill: string, stroke: string): Glyph {
  const share = vector <= 1 ? 0 : Math.min(1, Math.log(Math.max(1, length)) / Math.log(vector));
  const { width } = bar;
  const height = bar.shortest + (bar.longest - bar.shortest) * share;
  const frame = element('rect', { width, height, rx: 2, fill, stroke });
  if (length > countable) return { width, height, parts: [frame], front: null };
  const step = height / length;
  const radius = Math.min(3.5, step / 2 - 0.5);
  const units = Array.from({ length }, (_, index) =>
    element('circle', { cx: width / 2, cy: step * (index + 0.5), r: radius, fill: 'none', stroke }),
  );
  return { width, height, parts: [frame, ...units], front: null };
}
