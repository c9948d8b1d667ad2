import type { Document, DocumentNode } from '../document.ts';
import type { Analysis, LayerAnalysis } from '../graph/analysis.ts';
import { frameRects, itemPosition, type Rect } from '../graph/blockFrames.ts';
import { routeWires } from '../graph/wires.ts';
import { layerBox } from '../graph/layerBox.ts';
import { visibleGraph, type BlockItem, type VisibleEdge, type VisibleItem } from '../graph/blocks.ts';
import { layerSpec } from '../layers/index.ts';
import type { Language } from '../layers/params.ts';
import { short } from '../numbers.ts';
import { finish, iconElement, shapeElement, shareBar, type Picture } from './parts.ts';
import { arrowHead, element, numeral, roundedPath, textElement, type Point } from './svg.ts';
import type { PictureTexts } from './texts.ts';
import { fitText, textWidth, wrapText } from './textWidth.ts';
import { tint, type PictureTheme } from './theme.ts';
import { volume, volumeScale, type VolumeScale } from './volume.ts';

const { width, height } = layerBox;
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
  const graph = visibleGraph(document);
  const items = new Map(graph.items.map((item) => [item.id, item]));
  const ends = graph.edges.flatMap((edge) => {
    const [source, target] = [items.get(edge.source), items.get(edge.target)];
    if (source === undefined || target === undefined) return [];
    const [from, to] = [itemPosition(source), itemPosition(target)];
    const isKnown = analysis.layers.get(edge.edges[0].source)?.outputShape != null;
    return [
      {
        source: edge.source,
        target: edge.target,
        from: { x: from.x + width, y: from.y + outputY(source, edge) },
        to: { x: to.x - 2, y: to.y + inputY(target, edge, analysis) },
        isKnown,
      },
    ];
  });
  const boxes = new Map(graph.items.map((item) => [item.id, { ...itemPosition(item), width, height }]));
  const wires = routeWires(boxes, ends, 'right').map((points, index) =>
    wire(points, ends[index]?.isKnown ?? false, theme),
  );
  const blocks = graph.items.flatMap((item) => {
    if (item.type === 'block') return [collapsedBlock(item, analysis, drawing)];
    const layer = analysis.layers.get(item.id);
    return layer === undefined ? [] : [block(item.node, layer, drawing)];
  });
  const rects = frameRects(graph);
  const frames = graph.frames.flatMap(({ id, name }) => {
    const rect = rects.get(id);
    return rect === undefined ? [] : [frame(rect, name, drawing)];
  });
  const areas = [
    ...graph.items.map((item) => ({ ...itemPosition(item), width, height })),
    ...[...rects.values()],
  ];
  const empty = areas.length === 0 ? [emptyText(theme, texts)] : [];
  return finish(
    [...frames, ...wires, ...blocks, ...empty],
    theme,
    document.name || texts.untitled,
    around(areas),
  );
}

/** The room of a picture that holds all of these, and the shapes above them. */
function around(areas: readonly Rect[]) {
  if (areas.length === 0) return { x: 0, y: 0, width: 320, height: 120 };
  const left = areas.reduce((least, { x }) => Math.min(least, x), Infinity);
  const top = areas.reduce((least, { y }) => Math.min(least, y), Infinity);
  const right = areas.reduce((most, area) => Math.max(most, area.x + area.width), -Infinity);
  const bottom = areas.reduce((most, area) => Math.max(most, area.y + area.height), -Infinity);
  return { x: left - 48, y: top - 56, width: right - left + 96, height: bottom - top + 96 };
}

/** How far below an item's top a wire arrives: as many places as wires, evenly. */
function inputY(item: VisibleItem, edge: VisibleEdge, analysis: Analysis): number {
  const [place, count] =
    item.type === 'block'
      ? [item.inputs.findIndex(({ id }) => id === edge.targetHandle), item.inputs.length]
      : [
          (analysis.topology.incoming.get(item.id) ?? []).indexOf(edge.edges[0]),
          (analysis.topology.incoming.get(item.id) ?? []).length,
        ];
  return (height * (Math.max(0, place) + 1)) / (Math.max(1, count) + 1);
}

function outputY(item: VisibleItem, edge: VisibleEdge): number {
  if (item.type === 'layer') return height / 2;
  const place = item.outputs.indexOf(edge.edges[0].source);
  return (height * (Math.max(0, place) + 1)) / (Math.max(1, item.outputs.length) + 1);
}

/** The frame of an expanded block, its name at the upper left. */
function frame({ x, y, width: wide, height: tall }: Rect, name: string, { theme }: Drawing): string {
  return (
    element('rect', {
      x,
      y,
      width: wide,
      height: tall,
      rx: 10,
      fill: 'none',
      stroke: theme.lineStrong,
      'stroke-dasharray': '2 4',
    }) +
    textElement(fitText(name, wide - 24, 12, true), {
      x: x + 12,
      y: y + 20,
      'font-weight': 600,
      fill: theme.inkSoft,
    })
  );
}

/** A collapsed block: what comes out of it, its name, how many layers it has and what they cost. */
function collapsedBlock(item: BlockItem, analysis: Analysis, drawing: Drawing): string {
  const { theme, texts, totalParams } = drawing;
  const layers = item.layers.flatMap((id) => analysis.layers.get(id) ?? []);
  const params = layers.reduce((sum, one) => sum + one.params.trainable + one.params.nonTrainable, 0);
  const macs = layers.reduce((sum, one) => sum + one.macs, 0);
  const output = analysis.layers.get(item.outputs[0] ?? '');
  const { x, y } = item.block.position;
  const outline = {
    x: 0.5,
    width: width - 1,
    height: height - 1,
    rx: 8,
    fill: theme.surface,
    stroke: theme.lineStrong,
  };
  return element(
    'g',
    { transform: `translate(${numeral(x)} ${numeral(y)})` },
    // Two sheets behind say that there is more in it.
    element('rect', { ...outline, x: 6.5, y: 6.5 }),
    element('rect', { ...outline, x: 3.5, y: 3.5 }),
    element('rect', { ...outline, y: 0.5 }),
    ...(output === undefined ? [] : [shapeLine(output, drawing), picture(output, drawing)]),
    textElement(fitText(item.block.name === '' ? item.block.id : item.block.name, room, 13, true), {
      x: inner.left,
      y: 63.5,
      'font-size': 13,
      'font-weight': 600,
      fill: theme.ink,
    }),
    textElement(texts.layers(layers.length), { x: inner.left, y: 77, 'font-size': 11, fill: theme.inkSoft }),
    costLine(params, macs, theme, totalParams),
  );
}

/** What stands where there is nothing to draw, in a picture of 320 × 120. */
export function emptyText(theme: PictureTheme, texts: PictureTexts): string {
  return textElement(texts.empty, { x: 160, y: 64, 'text-anchor': 'middle', fill: theme.inkSoft });
}

function wire(points: readonly Point[], isKnown: boolean, theme: PictureTheme): string {
  const colour = isKnown ? theme.lineStrong : theme.warning;
  const end = points.at(-1) ?? { x: 0, y: 0 };
  const path = element('path', {
    // The head of the arrow covers the line's own end.
    d: roundedPath([...points.slice(0, -1), { x: end.x - 6, y: end.y }], 10),
    fill: 'none',
    stroke: colour,
    'stroke-width': 2,
    'stroke-dasharray': isKnown ? undefined : '6 4',
  });
  return path + arrowHead(end, colour);
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
  const outline = element('rect', {
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
  const parts = [outline, edge, shapeLine(layer, drawing), picture(layer, drawing)];
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
    iconElement(spec, inner.left, 51, 16, colour),
    textElement(name, { x: inner.left + 22, y: 63.5, 'font-size': 13, 'font-weight': 600, fill: theme.ink }),
    textElement(id, {
      x: width - inner.right,
      y: 63.5,
      'text-anchor': 'end',
      'font-size': idSize,
      fill: theme.inkSoft,
    }),
  );
  const description =
    spec.describe(layer.values, language) || (spec.title[language] === spec.kind ? '' : spec.title[language]);
  wrapText(description, room, 11, 2).forEach((line, index) =>
    parts.push(
      textElement(line, { x: inner.left, y: 77 + index * 12.5, 'font-size': 11, fill: theme.inkSoft }),
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
  return volumeElement(outputShape, scale, { x: width / 2, y: 25 }, theme, category);
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
    ...(box.grid === ''
      ? []
      : [element('path', { d: box.grid, fill: 'none', stroke: theme.categories[category] })]),
  );
}

function cost({ params, macs }: LayerAnalysis, { theme, totalParams }: Drawing): string {
  return costLine(params.trainable + params.nonTrainable, macs, theme, totalParams);
}

function costLine(count: number, macs: number, theme: PictureTheme, totalParams: number): string {
  const text = `${count === 0 ? '–' : short(count)}${macs > 0 ? ` · ${short(macs)}` : ''}`;
  const start = inner.left + textWidth(text, 11) + 10;
  return (
    textElement(text, { x: inner.left, y: 105, 'font-size': 11, fill: theme.inkSoft }) +
    shareBar(
      theme,
      { x: start, y: 100, width: Math.max(10, width - inner.right - start), height: 3 },
      totalParams === 0 ? 0 : count / totalParams,
    )
  );
}
