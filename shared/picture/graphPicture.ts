import type { Document, DocumentNode } from '../document.ts';
import type { Analysis, LayerAnalysis } from '../graph/analysis.ts';
import { layerSpec } from '../layers/index.ts';
import type { Language } from '../layers/params.ts';
import { short } from '../numbers.ts';
import { finish, iconElement, shapeElement, shareBar, type Picture } from './parts.ts';
import { arrowHead, element, numeral, roundedPath, textElement, type Point } from './svg.ts';
import type { PictureTexts } from './texts.ts';
import { fitText, textWidth, wrapText } from './textWidth.ts';
import { tint, type PictureTheme } from './theme.ts';
import { volume, volumeScale, type VolumeScale } from './volume.ts';

const [width, height] = [212, 142];
const inner = { left: 13, right: 10 } as const;
const room = width - inner.left - inner.right;

interface Drawing {
  readonly theme: PictureTheme;
  readonly texts: PictureTexts;
  readonly language: Language;
  readonly scale: VolumeScale;
  readonly totalParams: number;
}

/** The network as it is drawn on the canvas: blocks where the document has them, with shapes, volumes and costs. */
export function graphPicture(
  document: Document,
  analysis: Analysis,
  theme: PictureTheme,
  texts: PictureTexts,
  language: Language,
): Picture {
  const { trainable, nonTrainable } = analysis.totals.params;
  const drawing = {
    theme,
    texts,
    language,
    scale: volumeScale(analysis),
    totalParams: trainable + nonTrainable,
  };
  const places = new Map(document.nodes.map(({ id, position }) => [id, position]));
  const wires = document.edges.flatMap((edge) => {
    const [from, to] = [places.get(edge.source), places.get(edge.target)];
    const incoming = analysis.topology.incoming.get(edge.target) ?? [];
    if (from === undefined || to === undefined) return [];
    const port = Math.max(0, incoming.indexOf(edge));
    const end = { x: to.x, y: to.y + (height * (port + 1)) / (incoming.length + 1) };
    const isKnown = analysis.layers.get(edge.source)?.outputShape != null;
    return [wire({ x: from.x + width, y: from.y + height / 2 }, end, isKnown, theme)];
  });
  const blocks = document.nodes.flatMap((node) => {
    const layer = analysis.layers.get(node.id);
    return layer === undefined ? [] : [block(node, layer, drawing)];
  });
  const [xs, ys] = [[...places.values()].map(({ x }) => x), [...places.values()].map(({ y }) => y)];
  const [left, top] = [xs.reduce(smaller, Infinity), ys.reduce(smaller, Infinity)];
  const bounds = Number.isFinite(left)
    ? {
        x: left - 48,
        y: top - 56,
        width: xs.reduce(larger, -Infinity) - left + width + 96,
        height: ys.reduce(larger, -Infinity) - top + height + 96,
      }
    : { x: 0, y: 0, width: 320, height: 120 };
  const empty = places.size === 0 ? [emptyText(theme, texts)] : [];
  return finish([...wires, ...blocks, ...empty], theme, document.name || texts.untitled, bounds);
}

const smaller = (a: number, b: number) => Math.min(a, b);
const larger = (a: number, b: number) => Math.max(a, b);

/** What stands where there is nothing to draw, in a picture of 320 × 120. */
export function emptyText(theme: PictureTheme, texts: PictureTexts): string {
  return textElement(texts.empty, { x: 160, y: 64, 'text-anchor': 'middle', fill: theme.inkSoft });
}

function wire(from: Point, to: Point, isKnown: boolean, theme: PictureTheme): string {
  const colour = isKnown ? theme.lineStrong : theme.warning;
  const end = { x: to.x - 2, y: to.y };
  const line = { x: end.x - 6, y: end.y };
  const out = 24;
  const points =
    to.x - from.x >= 2 * out
      ? corners(from, line, (from.x + to.x) / 2)
      : [
          from,
          { x: from.x + out, y: from.y },
          { x: from.x + out, y: (from.y + to.y) / 2 },
          { x: to.x - out, y: (from.y + to.y) / 2 },
          { x: to.x - out, y: to.y },
          line,
        ];
  const path = element('path', {
    d: roundedPath(points, 10),
    fill: 'none',
    stroke: colour,
    'stroke-width': 2,
    'stroke-dasharray': isKnown ? undefined : '6 4',
  });
  return path + arrowHead(end, colour);
}

function corners(from: Point, to: Point, turn: number): readonly Point[] {
  return from.y === to.y ? [from, to] : [from, { x: turn, y: from.y }, { x: turn, y: to.y }, to];
}

function block(node: DocumentNode, layer: LayerAnalysis, drawing: Drawing): string {
  const { theme, language } = drawing;
  const spec = layerSpec(node.kind);
  const colour = theme.categories[spec.category];
  const severity = layer.problems.some((one) => one.severity === 'error')
    ? 'error'
    : layer.problems.length > 0
      ? 'warning'
      : null;
  const isWaiting = layer.outputShape === null && severity === null;
  const border = severity === null ? (isWaiting ? theme.lineStrong : theme.line) : theme[severity];
  const frame = element('rect', {
    x: 0.5,
    y: 0.5,
    width: width - 1,
    height: height - 1,
    rx: 8,
    fill: isWaiting ? theme.sunken : theme.surface,
    stroke: border,
    'stroke-width': severity === null ? 1 : 2,
    'stroke-dasharray': isWaiting ? '5 4' : undefined,
  });
  const edge = element('path', {
    d: `M5 0.5H8Q0.5 0.5 0.5 8V${String(height - 8)}Q0.5 ${String(height - 0.5)} 8 ${String(height - 0.5)}H5Q4 ${String(height - 1)} 4 ${String(height - 6)}V6Q4 1 5 0.5Z`,
    fill: colour,
  });
  const parts = [frame, edge, shapeLine(layer, drawing), picture(layer, drawing)];
  const idSize = 10.5;
  const name = fitText(
    node.name === undefined || node.name === '' ? spec.kind : node.name,
    room - 24,
    13,
    true,
  );
  const left = room - 24 - textWidth(name, 13, true) - 8;
  const id = left < 24 ? '' : fitText(node.id, left, idSize);
  parts.push(
    iconElement(spec, inner.left, 79, 16, colour),
    textElement(name, { x: inner.left + 22, y: 91.5, 'font-size': 13, 'font-weight': 600, fill: theme.ink }),
    textElement(id, {
      x: width - inner.right,
      y: 91.5,
      'text-anchor': 'end',
      'font-size': idSize,
      fill: theme.inkSoft,
    }),
  );
  const description =
    spec.describe(layer.values, language) || (spec.title[language] === spec.kind ? '' : spec.title[language]);
  wrapText(description, room, 11, 2).forEach((line, index) =>
    parts.push(
      textElement(line, { x: inner.left, y: 106 + index * 13, 'font-size': 11, fill: theme.inkSoft }),
    ),
  );
  parts.push(cost(layer, drawing));
  return element(
    'g',
    { transform: `translate(${numeral(node.position.x)} ${numeral(node.position.y)})` },
    ...parts,
  );
}

function shapeLine(layer: LayerAnalysis, { theme, texts }: Drawing): string {
  const place = { x: width / 2, y: -7, 'text-anchor': 'middle' };
  if (layer.outputShape !== null)
    return shapeElement(layer.outputShape, theme, { ...place, 'font-size': 14, 'font-weight': 600 });
  const text = layer.waitingFor === null ? texts.noShape : texts.waitingFor(layer.waitingFor);
  return textElement(fitText(text, width, 12), { ...place, 'font-size': 12, fill: theme.inkSoft });
}

function picture({ outputShape, kind }: LayerAnalysis, { theme, scale }: Drawing): string {
  if (outputShape === null) return '';
  const { category } = layerSpec(kind);
  return volumeElement(outputShape, scale, { x: width / 2, y: 40 }, theme, category);
}

/** The box of a shape, around a place. */
export function volumeElement(
  shape: readonly number[],
  scale: VolumeScale,
  centre: Point,
  theme: PictureTheme,
  category: Parameters<typeof tint>[1],
): string {
  const box = volume(shape, scale);
  const face = (d: string, share: number) =>
    element('path', {
      d,
      fill: tint(theme, category, share),
      stroke: theme.categories[category],
      'stroke-linejoin': 'round',
    });
  const [x, y] = [centre.x - box.width / 2, centre.y - box.height / 2];
  return element(
    'g',
    { transform: `translate(${x.toFixed(2)} ${y.toFixed(2)})` },
    face(box.side, 0.38),
    face(box.top, 0.1),
    face(box.front, 0.22),
  );
}

function cost({ params, macs }: LayerAnalysis, { theme, totalParams }: Drawing): string {
  const count = params.trainable + params.nonTrainable;
  const text = `${count === 0 ? '–' : short(count)}${macs > 0 ? ` · ${short(macs)}` : ''}`;
  const start = inner.left + textWidth(text, 11) + 10;
  return (
    textElement(text, { x: inner.left, y: 134, 'font-size': 11, fill: theme.inkSoft }) +
    shareBar(
      theme,
      { x: start, y: 129, width: Math.max(10, width - inner.right - start), height: 3 },
      totalParams === 0 ? 0 : count / totalParams,
    )
  );
}
