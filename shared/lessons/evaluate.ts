import type { Document } from '../document.ts';
import type { Analysis, LayerAnalysis } from '../graph/analysis.ts';
import { sizeOf, type Shape } from '../layers/shape.ts';
import type { Expression, Operator, Quantity } from './expression.ts';

/** A network as it stands on a canvas, with all that is known of it. */
export interface LessonCanvas {
  readonly document: Document;
  readonly analysis: Analysis;
}

/** What a lesson's expressions are about. */
export interface Surroundings {
  /** The canvas of a project of the lesson; null means its first one. Undefined where there is none of that name. */
  canvas(project: string | null): LessonCanvas | undefined;
  /** The best accuracy on data that was not trained with, of a training of the lesson's network; null before there is one. */
  readonly accuracy: number | null;
}

export type LessonValue =
  | { readonly type: 'number'; readonly value: number }
  /** `axes`: whether the last numbers are height, width and channels, so that they are coloured as on the canvas. */
  | { readonly type: 'shape'; readonly shape: Shape; readonly axes: boolean }
  | { readonly type: 'text'; readonly text: string }
  /** A calculation along the first axis, as text with its result. */
  | { readonly type: 'arithmetic'; readonly text: string };

const number = (value: number): LessonValue => ({ type: 'number', value });
const text = (value: string): LessonValue => ({ type: 'text', text: value });
const shape = (value: Shape, axes = true): LessonValue => ({ type: 'shape', shape: value, axes });

/** What an expression comes to now; null while something that it asks for cannot be computed. */
export function evaluate(expression: Expression, around: Surroundings): LessonValue | null {
  switch (expression.type) {
    case 'number':
      return number(expression.value);
    case 'shape':
      return shape(expression.shape);
    case 'word':
      return text(expression.word);
    case 'quantity':
      return quantityValue(expression, around);
    case 'operation': {
      const left = evaluate(expression.left, around);
      const right = evaluate(expression.right, around);
      if (left?.type !== 'number' || right?.type !== 'number') return null;
      const value = calculate(expression.operator, left.value, right.value);
      return Number.isFinite(value) ? number(value) : null;
    }
  }
}

function calculate(operator: Operator, left: number, right: number): number {
  if (operator === '+') return left + right;
  if (operator === '-') return left - right;
  return operator === '*' ? left * right : left / right;
}

/** The layer that a quantity is about: by its id, or as the network's only output. */
export function layerOf(
  { project, layer }: Pick<Quantity, 'project' | 'layer'>,
  around: Surroundings,
): LayerAnalysis | undefined {
  const canvas = around.canvas(project);
  const id = layer === 'output' ? canvas?.analysis.outputId : layer;
  return canvas?.analysis.layers.get(id ?? '');
}

function quantityValue(quantity: Quantity, around: Surroundings): LessonValue | null {
  const canvas = around.canvas(quantity.project);
  if (canvas === undefined) return null;
  const { document, analysis } = canvas;
  switch (quantity.name) {
    case 'batch':
      return number(document.training.batchSize);
    case 'accuracy':
      return around.accuracy === null ? null : number(around.accuracy);
    case 'problems':
      return number(analysis.problems.filter(({ severity }) => severity === 'error').length);
    case 'count':
      return number(
        document.nodes.filter(({ kind }) => quantity.layer === null || kind === quantity.layer).length,
      );
    default:
  }
  if (quantity.layer === null) {
    const { params, macs } = analysis.totals;
    if (quantity.name === 'parameters') return number(params.trainable + params.nonTrainable);
    return quantity.name === 'multiplyAdds' ? number(macs) : null;
  }
  const layer = layerOf(quantity, around);
  return layer === undefined ? null : layerValue(quantity, layer, document);
}

function layerValue({ name, param }: Quantity, layer: LayerAnalysis, document: Document): LessonValue | null {
  const { outputShape: output } = layer;
  const input = layer.inputShapes[0] ?? null;
  const kernel = layer.weights[0]?.shape;
  const batch = document.training.batchSize;
  if (name === 'kind') return text(layer.kind);
  if (name === 'param') return paramValue(layer.values[param ?? '']);
  if (name === 'input') return input === null ? null : shape(input);
  if (name === 'batchInput') return input === null ? null : shape([batch, ...input]);
  if (output === null) return null;
  switch (name) {
    case 'shape':
      return shape(output);
    case 'batchShape':
      return shape([batch, ...output]);
    case 'kernel':
      return kernel === undefined ? null : shape(kernel, false);
    case 'kernelWeights':
      return kernel === undefined ? null : number(sizeOf(kernel));
    case 'field':
      return layer.receptiveField === null ? null : shape(layer.receptiveField, false);
    case 'height':
      return output.length === 3 ? number(output[0] ?? 0) : null;
    case 'width':
      return output.length === 3 ? number(output[1] ?? 0) : null;
    case 'channels':
      return number(output[output.length - 1] ?? 0);
    case 'size':
      return number(sizeOf(output));
    case 'parameters':
      return number(layer.params.trainable + layer.params.nonTrainable);
    case 'multiplyAdds':
      return number(layer.macs);
    case 'arithmetic': {
      const [line] = layer.arithmetic;
      return line === undefined ? null : { type: 'arithmetic', text: line };
    }
    default:
      return null;
  }
}

/** A param as people write it: `[2, 2]` as 2, `[3, 5]` as 3 × 5. */
function paramValue(value: unknown): LessonValue | null {
  if (typeof value === 'number') return number(value);
  if (typeof value === 'string') return text(value);
  if (!Array.isArray(value) || !value.every((side) => typeof side === 'number')) return null;
  const [first] = value;
  return first !== undefined && value.every((side) => side === first) ? number(first) : shape(value, false);
}

/** Whether two values are the same, as a lesson's goals compare them. */
export function sameValue(a: LessonValue, b: LessonValue): boolean {
  if (a.type === 'number' && b.type === 'number') return a.value === b.value;
  // A vector of ten has the shape 10, which is written as a number.
  const sides = (value: LessonValue) =>
    value.type === 'shape' ? value.shape.join('×') : value.type === 'number' ? String(value.value) : null;
  if (sides(a) !== null && sides(b) !== null) return sides(a) === sides(b);
  return (a.type === 'text' || a.type === 'arithmetic') && 'text' in b && a.text === b.text;
}
