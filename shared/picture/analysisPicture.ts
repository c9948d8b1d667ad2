import type { Document } from '../document.ts';
import type { Analysis, LayerAnalysis } from '../graph/analysis.ts';
import { layerSpec } from '../layers/index.ts';
import { emptyText } from './graphPicture.ts';
import { countText, finish, iconElement, shapeElement, shapeWidth, shareBar, type Picture } from './parts.ts';
import { element, textElement } from './svg.ts';
import type { PictureTexts } from './texts.ts';
import { fitText, textWidth } from './textWidth.ts';
import type { PictureTheme } from './theme.ts';

const rowHeight = 24;
const headHeight = 34;
const bar = { width: 90, height: 6, gap: 10 } as const;
const gap = 28;
const margin = 24;

/** A number of each layer, drawn with its share of the whole. */
interface Measure {
  readonly title: string;
  readonly total: number;
  valueOf(layer: LayerAnalysis): number;
}

/** The layers as a table: shapes, parameters and multiply-adds with their share as bars, receptive fields, totals. */
export function analysisPicture(
  document: Document,
  analysis: Analysis,
  theme: PictureTheme,
  texts: PictureTexts,
): Picture {
  const title = document.name || texts.untitled;
  const layers = [...analysis.layers.values()];
  if (layers.length === 0)
    return finish([emptyText(theme, texts)], theme, title, { x: 0, y: 0, width: 320, height: 120 });
  const names = new Map(document.nodes.map(({ id, name }) => [id, name]));
  const { params, macs, complete } = analysis.totals;
  const measures: readonly Measure[] = [
    {
      title: texts.parameters,
      total: params.trainable + params.nonTrainable,
      valueOf: (layer) => layer.params.trainable + layer.params.nonTrainable,
    },
    { title: texts.macs, total: macs, valueOf: (layer) => layer.macs },
  ];
  const label = ({ id, kind }: LayerAnalysis) => {
    const name = names.get(id);
    return fitText(name === undefined || name === '' ? kind : name, 240, 12, true);
  };
  const unknown = ({ waitingFor }: LayerAnalysis) =>
    fitText(waitingFor === null ? texts.noShape : texts.waitingFor(waitingFor), 220, 12);
  const totalText = (value: number) => (complete ? countText(value) : texts.atLeast(countText(value)));
  const widest = (lengths: readonly number[]) => lengths.reduce((a, b) => Math.max(a, b), 0);
  const layerWidth = widest([
    textWidth(texts.layer, 12, true),
    ...layers.map((layer) => 24 + textWidth(label(layer), 12, true) + 8 + textWidth(layer.id, 10.5)),
  ]);
  const shapeColumn = widest([
    textWidth(texts.output, 12, true),
    ...layers.map((layer) =>
      layer.outputShape === null ? textWidth(unknown(layer), 12) : shapeWidth(layer.outputShape, 12),
    ),
  ]);
  const numberWidths = measures.map(({ title: head, total, valueOf }) =>
    widest([
      textWidth(head, 12, true) - bar.width - bar.gap,
      textWidth(totalText(total), 12, true),
      ...layers.map((layer) => textWidth(countText(valueOf(layer)), 12)),
    ]),
  );
  const fieldText = ({ receptiveField }: LayerAnalysis) => receptiveField?.join(' × ') ?? '–';
  const fieldWidth = widest([
    textWidth(texts.field, 12, true),
    ...layers.map((layer) => textWidth(fieldText(layer), 12)),
  ]);
  const starts = { layer: margin, shape: margin + layerWidth + gap };
  let x = starts.shape + shapeColumn + gap;
  const placed = measures.map((measure, index) => {
    const numberEnd = x + (numberWidths[index] ?? 0);
    x = numberEnd + bar.gap + bar.width + gap;
    return { ...measure, numberEnd };
  });
  const fieldEnd = x + fieldWidth;
  const width = fieldEnd + margin;
  const top = margin + 18;
  const bold = { 'font-weight': 600, fill: theme.ink };

  const head = [
    textElement(title, { x: margin, y: margin + 4, 'font-size': 15, ...bold }),
    textElement(texts.layer, { x: starts.layer, y: top + 22, ...bold }),
    textElement(texts.output, { x: starts.shape, y: top + 22, ...bold }),
    ...placed.map((measure) =>
      textElement(measure.title, {
        x: measure.numberEnd + bar.gap + bar.width,
        y: top + 22,
        'text-anchor': 'end',
        ...bold,
      }),
    ),
    textElement(texts.field, { x: fieldEnd, y: top + 22, 'text-anchor': 'end', ...bold }),
    rule(margin, width - margin, top + headHeight, theme.lineStrong),
  ];
  const rows = layers.flatMap((layer, index) => {
    const y = top + headHeight + index * rowHeight;
    const baseline = y + 16.5;
    const spec = layerSpec(layer.kind);
    const name = label(layer);
    return [
      iconElement(spec, starts.layer, y + 4, 16, theme.categories[spec.category]),
      textElement(name, { x: starts.layer + 24, y: baseline, ...bold }),
      textElement(layer.id, {
        x: starts.layer + 32 + textWidth(name, 12, true),
        y: baseline,
        'font-size': 10.5,
        fill: theme.inkSoft,
      }),
      layer.outputShape === null
        ? textElement(unknown(layer), { x: starts.shape, y: baseline, fill: theme.inkSoft })
        : shapeElement(layer.outputShape, theme, { x: starts.shape, y: baseline }),
      ...placed.flatMap(({ valueOf, total, numberEnd }) => [
        textElement(countText(valueOf(layer)), {
          x: numberEnd,
          y: baseline,
          'text-anchor': 'end',
          fill: theme.ink,
        }),
        shareBar(
          theme,
          { x: numberEnd + bar.gap, y: y + 9, width: bar.width, height: bar.height },
          total === 0 ? 0 : valueOf(layer) / total,
        ),
      ]),
      textElement(fieldText(layer), { x: fieldEnd, y: baseline, 'text-anchor': 'end', fill: theme.ink }),
      ...(index === 0 ? [] : [rule(margin, width - margin, y, theme.line, 0.5)]),
    ];
  });
  const end = top + headHeight + layers.length * rowHeight;
  const foot = [
    rule(margin, width - margin, end, theme.lineStrong),
    textElement(texts.total, { x: starts.layer, y: end + 20, ...bold }),
    ...placed.map(({ total, numberEnd }) =>
      textElement(totalText(total), { x: numberEnd, y: end + 20, 'text-anchor': 'end', ...bold }),
    ),
  ];
  return finish([...head, ...rows, ...foot], theme, title, {
    x: 0,
    y: 0,
    width,
    height: end + 30 + margin / 2,
  });
}

function rule(from: number, to: number, y: number, colour: string, thickness = 1): string {
  return element('line', { x1: from, y1: y, x2: to, y2: y, stroke: colour, 'stroke-width': thickness });
}
