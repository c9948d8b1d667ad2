import type { Document } from '../document.ts';
import type { Analysis, LayerAnalysis } from '../graph/analysis.ts';
import { layerSpec } from '../layers/index.ts';
import type { Language } from '../layers/params.ts';
import { sameShape, sizeOf, type Shape } from '../layers/shape.ts';
import type { Category } from '../layers/spec.ts';
import type { PictureTexts } from './texts.ts';

/** One thing that a figure draws: the output of a layer, and of those behind it that leave its shape as it is. */
export interface Stage {
  readonly id: string;
  readonly category: Category;
  /** Null where it is not known. */
  readonly shape: Shape | null;
  /** `C1: 6@28×28`. */
  readonly label: string;
  /** What is done to its inputs to get it, in lines. */
  readonly operations: readonly string[];
  /** Ids of the stages that feed it, in order. */
  readonly sources: readonly string[];
  /** Side of the window that slides over its input, `[height, width]`; null where none does. */
  readonly window: readonly [height: number, width: number] | null;
}

/** Letters of the stages' numbers, as in LeNet-5's figure. */
const letters: Readonly<Partial<Record<Category, string>>> = { convolution: 'C', pooling: 'P', dense: 'F' };

/** The stages of a network, each behind those that feed it. What hangs on a cycle is drawn without its inputs. */
export function figureStages(
  document: Document,
  analysis: Analysis,
  texts: PictureTexts,
  language: Language,
): readonly Stage[] {
  const names = new Map(document.nodes.map(({ id, name }) => [id, name]));
  const { outgoing } = analysis.topology;
  /** The stage that shows a layer's output. */
  const stageOf = new Map<string, Stage & { readonly operations: string[] }>();
  /** Operations between a stage and a layer that it shows: they are read with what comes behind, as a Flatten is. */
  const passed = new Map<string, readonly string[]>();
  const stages: Stage[] = [];
  let count = 0;
  for (const layer of analysis.layers.values()) {
    const { id, kind, inputIds, outputShape } = layer;
    const { category } = layerSpec(kind);
    const [source = ''] = inputIds;
    const home = inputIds.length === 1 ? stageOf.get(source) : undefined;
    const isEnd = (outgoing.get(id) ?? []).length === 0;
    const isSame = isAbsorbed(layer);
    if (home !== undefined && (isSame || (isReshaped(layer) && !isEnd))) {
      stageOf.set(id, home);
      const before = passed.get(source);
      if (isSame && before === undefined) home.operations.push(plainOperation(layer));
      else passed.set(id, [...(before ?? []), plainOperation(layer)]);
      continue;
    }
    if (letters[category] !== undefined) count += 1;
    const known = inputIds.filter((input) => stageOf.has(input));
    const stage = {
      id,
      category,
      shape: outputShape,
      label: labelOf(layer, names.get(id), count, isEnd, texts),
      operations: [...known.flatMap((input) => passed.get(input) ?? []), ...operationsOf(layer, language)],
      sources: known.flatMap((input) => stageOf.get(input)?.id ?? []),
      window: windowOf(layer),
    };
    stageOf.set(id, stage);
    stages.push(stage);
  }
  return stages;
}

/** Whether a layer leaves the shape as it is, and is not one that people look for in a figure. */
function isAbsorbed(layer: LayerAnalysis): boolean {
  const { category } = layerSpec(layer.kind);
  const [input] = layer.inputShapes;
  if (['input', 'convolution', 'pooling', 'dense', 'merge'].includes(category)) return false;
  return layer.outputShape !== null && input != null && sameShape(layer.outputShape, input);
}

/** Whether a layer only writes the same numbers in another shape. */
function isReshaped(layer: LayerAnalysis): boolean {
  const [input] = layer.inputShapes;
  if (layerSpec(layer.kind).category !== 'shape' || layer.outputShape === null || input == null) return false;
  return layer.outputShape.length === 1 && sizeOf(layer.outputShape) === sizeOf(input);
}

function windowOf(layer: LayerAnalysis): Stage['window'] {
  const inputs = layer.inputShapes.filter((shape) => shape !== null);
  const reach = layer.outputShape === null ? undefined : layerSpec(layer.kind).reach?.(layer.values, inputs);
  if (reach?.type !== 'window') return null;
  const [height, width] = reach.size;
  return height > 1 || width > 1 ? [height, width] : null;
}

function operationsOf(layer: LayerAnalysis, language: Language): readonly string[] {
  if (layer.inputIds.length === 0) return [];
  const { activation } = layer.values;
  return [
    layerSpec(layer.kind).title[language],
    ...windowText(layer),
    ...(typeof activation === 'string' && activation !== 'linear' ? [activation] : []),
  ];
}

/** `5×5`; `3×3 / 2` with a stride of 2, `3×3 · ×2` where the output is twice as large. */
function windowText(layer: LayerAnalysis): readonly string[] {
  const inputs = layer.inputShapes.filter((shape) => shape !== null);
  const { category, reach: reachOf } = layerSpec(layer.kind);
  const reach = layer.outputShape === null ? undefined : reachOf?.(layer.values, inputs);
  if (reach?.type !== 'window') return [];
  const { size, strides } = reach;
  const isLarger = strides.some((stride) => stride < 1);
  const steps = strides.map((stride) => (isLarger ? Math.round(1 / stride) : stride));
  const step = [...new Set(steps)].join('×');
  const change = steps.every((one) => one === 1) ? '' : isLarger ? `×${step}` : `/ ${step}`;
  if (category !== 'convolution' && category !== 'pooling') return change === '' ? [] : [change];
  const window = size.map((side, axis) => Math.round(side / Math.min(1, strides[axis] ?? 1))).join('×');
  return [change === '' ? window : `${window}${isLarger ? ' · ' : ' '}${change}`];
}

/** What an absorbed layer does, in a word: an activation by its function. */
function plainOperation({ kind, values }: LayerAnalysis): string {
  const { activation } = values;
  return typeof activation === 'string' ? activation : kind;
}

function labelOf(
  layer: LayerAnalysis,
  name: string | undefined,
  count: number,
  isEnd: boolean,
  texts: PictureTexts,
): string {
  const { category } = layerSpec(layer.kind);
  const letter = letters[category];
  const numbered = letter === undefined ? null : `${letter}${String(count)}`;
  const own =
    name === undefined || name === ''
      ? category === 'input'
        ? texts.input
        : isEnd
          ? texts.outputLayer
          : numbered
      : name;
  const size = layer.outputShape === null ? '?' : sizeText(layer.outputShape);
  return own === null ? size : `${own}: ${size}`;
}

/** `6@28×28` as in LeNet-5's figure: channels first, and a single one not at all. */
function sizeText(shape: Shape): string {
  const channels = shape.at(-1) ?? 1;
  const sides = shape.slice(0, -1).join('×');
  if (sides === '') return String(channels);
  return channels === 1 && shape.length > 2 ? sides : `${String(channels)}@${sides}`;
}
