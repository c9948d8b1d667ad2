import type { Document } from '../document.ts';
import type { Analysis } from '../graph/analysis.ts';
import type { Language } from '../layers/params.ts';
import { figureGlyph, figureScale, type Glyph } from './figureGlyphs.ts';
import { layOutFigure, type FigureLayout } from './figureLayout.ts';
import { figureStages, type Stage } from './figureStages.ts';
import { emptyText } from './graphPicture.ts';
import { finish, type Picture } from './parts.ts';
import { arrowHead, element, numeral, roundedPath, textElement, type Point } from './svg.ts';
import type { PictureTexts } from './texts.ts';
import { textWidth } from './textWidth.ts';
import type { PictureTheme } from './theme.ts';

const margin = 24;
const labelSize = 12;
const operationSize = 10;
const operationLine = 12.5;
const labelHeight = 20;
/** Between the texts of a gap and what stands at its sides. */
const gapRoom = 18;
const laneGap = 26;
const wireLane = 18;

interface PlacedStage {
  readonly stage: Stage;
  readonly glyph: Glyph;
  /** Middle of the glyph. */
  readonly centre: Point;
}

/**
 * The network as a textbook draws it: the maps of each stage as sheets whose sides shrink, vectors as bars, arrows
 * with what is done between them; branches run beside the main way. After the figure of LeNet-5 in LeCun et al.,
 * "Gradient-Based Learning Applied to Document Recognition", 1998.
 */
export function figurePicture(
  document: Document,
  analysis: Analysis,
  theme: PictureTheme,
  texts: PictureTexts,
  language: Language,
): Picture {
  const title = document.name || texts.untitled;
  const stages = figureStages(document, analysis, texts, language);
  if (stages.length === 0)
    return finish([emptyText(theme, texts)], theme, title, { x: 0, y: 0, width: 320, height: 120 });
  const scale = figureScale(stages.map(({ shape }) => shape));
  const glyphs = new Map(stages.map((stage) => [stage.id, figureGlyph(stage, scale, theme)]));
  const layout = layOutFigure(stages);
  const columns = placeColumns(stages, glyphs, layout);
  const lanes = placeLanes(stages, glyphs, layout);
  const placed = new Map(
    stages.flatMap((stage): readonly (readonly [string, PlacedStage])[] => {
      const [glyph, cell] = [glyphs.get(stage.id), layout.cells.get(stage.id)];
      if (glyph === undefined || cell === undefined) return [];
      const centre = { x: columns.middles[cell.column] ?? 0, y: lanes.middles.get(cell.lane) ?? 0 };
      return [[stage.id, { stage, glyph, centre }]];
    }),
  );
  const wires = layout.routes.flatMap(({ source, target, lane }) => {
    const [from, to] = [placed.get(source), placed.get(target)];
    return from === undefined || to === undefined
      ? []
      : [wire(from, to, lanes.middles.get(lane) ?? from.centre.y, columns, layout, theme)];
  });
  const drawn = [...placed.values()].map((one) => drawStage(one, theme));
  const glances = layout.routes.map(({ source, target }) =>
    glance(placed.get(source), placed.get(target), layout, theme),
  );
  const operations = [...placed.values()].map((one) => drawOperations(one, columns, layout, theme));
  return finish([...wires, ...drawn, ...glances, ...operations], theme, title, {
    x: 0,
    y: 0,
    width: columns.width,
    height: lanes.height,
  });
}

interface Columns {
  readonly middles: readonly number[];
  /** Where each column's glyphs and labels begin and end. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  readonly width: number;
}

function placeColumns(
  stages: readonly Stage[],
  glyphs: ReadonlyMap<string, Glyph>,
  { cells }: FigureLayout,
): Columns {
  const widths: number[] = [];
  const gaps: number[] = [];
  for (const { id, label, operations } of stages) {
    const column = cells.get(id)?.column ?? 0;
    const own = Math.max(glyphs.get(id)?.width ?? 0, textWidth(label, labelSize, true) - 2 * gapRoom);
    widths[column] = Math.max(widths[column] ?? 0, own);
    const text = operationsWidth(operations);
    gaps[column] = Math.max(gaps[column] ?? 0, text + 2 * gapRoom, column === 0 ? 0 : 3 * gapRoom);
  }
  const [middles, starts, ends]: [number[], number[], number[]] = [[], [], []];
  let x = margin + gapRoom;
  widths.forEach((width, column) => {
    if (column > 0) x += gaps[column] ?? 0;
    starts.push(x);
    middles.push(x + width / 2);
    x += width;
    ends.push(x);
  });
  return { middles, starts, ends, width: x + margin + gapRoom };
}

function placeLanes(stages: readonly Stage[], glyphs: ReadonlyMap<string, Glyph>, layout: FigureLayout) {
  const above = new Map<number, number>();
  const below = new Map<number, number>();
  const grow = (sides: Map<number, number>, lane: number, height: number) =>
    sides.set(lane, Math.max(sides.get(lane) ?? 0, height));
  for (const { lane } of layout.routes) {
    grow(above, lane, wireLane / 2);
    grow(below, lane, wireLane / 2);
  }
  for (const { id, operations } of stages) {
    const lane = layout.cells.get(id)?.lane ?? 0;
    const half = (glyphs.get(id)?.height ?? 0) / 2;
    grow(above, lane, half + labelHeight + laneGap / 2);
    grow(below, lane, Math.max(half, operations.length * operationLine + 6) + laneGap / 2);
  }
  const middles = new Map<number, number>();
  let y = margin - laneGap / 4;
  for (const lane of [...above.keys()].sort((a, b) => a - b)) {
    y += above.get(lane) ?? 0;
    middles.set(lane, y);
    y += below.get(lane) ?? 0;
  }
  return { middles, height: y + margin - laneGap / 4 };
}

/** Out of a stage, along the wire's lane, into the next one. */
function wire(
  from: PlacedStage,
  to: PlacedStage,
  laneY: number,
  columns: Columns,
  { cells }: FigureLayout,
  theme: PictureTheme,
): string {
  const column = (one: PlacedStage) => cells.get(one.stage.id)?.column ?? 0;
  const start = { x: from.centre.x + from.glyph.width / 2 + 3, y: from.centre.y };
  const end = { x: to.centre.x - to.glyph.width / 2 - 3, y: to.centre.y };
  const line = { x: end.x - 6, y: end.y };
  const leave = (columns.ends[column(from)] ?? start.x) + gapRoom / 2;
  const arrive = (columns.starts[column(to)] ?? end.x) - gapRoom / 2 - 4;
  const points = [start];
  if (laneY !== start.y) points.push({ x: leave, y: start.y }, { x: leave, y: laneY });
  if (laneY !== end.y) points.push({ x: arrive, y: laneY }, { x: arrive, y: end.y });
  const path = element('path', {
    d: roundedPath([...points, line], 8),
    fill: 'none',
    stroke: theme.inkSoft,
    'stroke-width': 1.25,
  });
  return path + arrowHead(end, theme.inkSoft);
}

/** A window on a map, and the place that it is seen from on the next one, where both stand side by side. */
function glance(
  from: PlacedStage | undefined,
  to: PlacedStage | undefined,
  { cells }: FigureLayout,
  theme: PictureTheme,
): string {
  if (from === undefined || to === undefined) return '';
  const [here, there] = [cells.get(from.stage.id), cells.get(to.stage.id)];
  const [map, target, { window, sources }] = [from.glyph.front, to.glyph.front, to.stage];
  const { shape } = from.stage;
  if (map === null || target === null || window === null || shape === null || sources.length !== 1) return '';
  if (here?.lane !== there?.lane || (there?.column ?? 0) - (here?.column ?? 0) !== 1) return '';
  const side = (axis: 0 | 1, length: number) =>
    Math.min(length, Math.max(4, (length * window[axis]) / (shape[axis] ?? 1)));
  const [height, width] = [side(0, map.height), side(1, map.width)];
  const corner = (one: PlacedStage) => ({
    x: one.centre.x - one.glyph.width / 2,
    y: one.centre.y - one.glyph.height / 2,
  });
  const [start, end] = [corner(from), corner(to)];
  const x = start.x + map.x + (map.width - width) * 0.7;
  const y = start.y + map.y + (map.height - height) * 0.2;
  const eye = { x: end.x + target.x + target.width * 0.35, y: end.y + target.y + target.height * 0.3 };
  const thin = { stroke: theme.inkSoft, 'stroke-width': 0.6 };
  return [
    element('rect', { x, y, width, height, fill: 'none', ...thin, 'stroke-width': 1 }),
    element('line', { x1: x + width, y1: y, x2: eye.x, y2: eye.y, ...thin }),
    element('line', { x1: x + width, y1: y + height, x2: eye.x, y2: eye.y, ...thin }),
    element('circle', { cx: eye.x, cy: eye.y, r: 1.4, fill: theme.inkSoft }),
  ].join('');
}

function drawStage({ stage, glyph, centre }: PlacedStage, theme: PictureTheme): string {
  const left = { x: centre.x - glyph.width / 2, y: centre.y - glyph.height / 2 };
  const label = textElement(stage.label, {
    x: centre.x,
    y: left.y - 8,
    'text-anchor': 'middle',
    'font-size': labelSize,
    'font-weight': 600,
    fill: theme.ink,
  });
  const place = `translate(${numeral(left.x)} ${numeral(left.y)})`;
  return element('g', { transform: place }, ...glyph.parts) + label;
}

/** What is done to a stage's inputs, below the arrow into it; nothing shines through behind the words. */
function drawOperations(
  { stage: { id, operations }, centre }: PlacedStage,
  columns: Columns,
  { cells }: FigureLayout,
  theme: PictureTheme,
): string {
  if (operations.length === 0) return '';
  const column = cells.get(id)?.column ?? 0;
  const x = ((columns.ends[column - 1] ?? 0) + (columns.starts[column] ?? 0)) / 2;
  const width = operationsWidth(operations);
  const back = element('rect', {
    x: x - width / 2,
    y: centre.y + 5,
    width,
    height: operations.length * operationLine,
    fill: theme.paper ?? theme.surface,
  });
  const lines = operations.map((line, index) =>
    textElement(line, {
      x,
      y: centre.y + 14 + index * operationLine,
      'text-anchor': 'middle',
      'font-size': operationSize,
      fill: theme.inkSoft,
    }),
  );
  return back + lines.join('');
}

function operationsWidth(operations: readonly string[]): number {
  return operations.reduce((most, line) => Math.max(most, textWidth(line, operationSize)), 0);
}
