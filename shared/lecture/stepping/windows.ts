import type { ActivationName } from '../../layers/activationCurve.ts';
import type { Padding } from '../../layers/params.ts';
import type { Shape } from '../../layers/shape.ts';
import { evenPadding, noPadding, samePadding, transposedCut } from './geometry.ts';
import type { StepperKind, StepperLayer, StepperWindow } from './types.ts';

/** A window that a layer slides, and the names of the weights that it takes; null for none. */
export interface LayerStep {
  readonly window: StepperWindow;
  readonly kernel: string | null;
  readonly bias: string | null;
}

/** What a layer says of a window that it slides over a sequence `[steps, channels]` or a picture. */
interface Slide {
  readonly kind: StepperKind;
  readonly input: Shape;
  readonly filters: number;
  /** One number for each axis of the input but the channels. */
  readonly size: readonly number[];
  readonly strides: readonly number[];
  readonly dilation?: readonly number[];
  readonly padding: Padding;
  readonly activation?: ActivationName;
  /** Name of the kernel; none for pooling. */
  readonly kernel?: string;
  readonly useBias?: boolean;
}

/** A sequence is a picture of one row. */
function rowsAndColumns(numbers: readonly number[]): readonly [number, number] {
  const [first = 1, second] = numbers;
  return second === undefined ? [1, first] : [first, second];
}

/** A sequence or picture as a picture; null for what has other axes. */
function asPicture(shape: Shape): readonly [rows: number, columns: number, channels: number] | null {
  const channels = shape.at(-1) ?? 0;
  if (shape.length !== 2 && shape.length !== 3) return null;
  return [...rowsAndColumns(shape.slice(0, -1)), channels];
}

/** The step of a layer that slides one window; none over volumes. */
export function slidingStep(slide: Slide): readonly LayerStep[] {
  const inputShape = asPicture(slide.input);
  if (inputShape === null) return [];
  const [size, strides] = [rowsAndColumns(slide.size), rowsAndColumns(slide.strides)];
  const dilation = rowsAndColumns(slide.dilation ?? size.map(() => 1));
  const around = { inputShape, size, strides, dilation };
  const padding =
    slide.padding === 'valid'
      ? noPadding
      : slide.padding === 'same'
        ? samePadding(around)
        : evenPadding(slide.padding);
  return [
    {
      window: {
        ...around,
        kind: slide.kind,
        filters: slide.filters,
        padding,
        paddingIsEmpty: slide.kernel === undefined && slide.padding === 'same',
        activation: slide.activation ?? 'linear',
      },
      kernel: slide.kernel ?? null,
      bias: slide.useBias === true ? 'bias' : null,
    },
  ];
}

/** The step of a convolution, from the parameters that those of sequences and of pictures have in common. */
export function convolutionStep(
  {
    kernelSize,
    dilationRate,
    ...slide
  }: Pick<Slide, 'filters' | 'strides' | 'padding' | 'activation' | 'useBias'> & {
    readonly kernelSize: readonly number[];
    readonly dilationRate: readonly number[];
  },
  input: Shape,
): readonly LayerStep[] {
  const window = { size: kernelSize, dilation: dilationRate };
  return slidingStep({ ...slide, ...window, kind: 'convolution', input, kernel: 'kernel' });
}

/** The step of a transposed convolution over a picture; `output` is its shape. */
export function transposedStep(
  slide: Omit<Slide, 'kind' | 'dilation'> & { readonly padding: 'valid' | 'same' },
  output: Shape,
): readonly LayerStep[] {
  const [step] = slidingStep({ ...slide, kind: 'transposed', padding: 'valid' });
  const [rows = 0, columns = 0] = output;
  if (step === undefined) return [];
  const padding = slide.padding === 'same' ? transposedCut(step.window) : noPadding;
  return [{ ...step, window: { ...step.window, padding, outputSize: [rows, columns] } }];
}

/** The step of a layer that pools each whole channel. */
export function globalStep(kind: 'pooling-max' | 'pooling-average', input: Shape): readonly LayerStep[] {
  const size = input.slice(0, -1);
  const strides = size.map(() => 1);
  return slidingStep({ kind, input, filters: input.at(-1) ?? 0, size, strides, padding: 'valid' });
}

/** The longest row in which the numbers of a vector still stand. */
const longestRow = 16;

/** Rows and columns in which a vector is laid out, as near to a square as its length allows. */
export function foldedVector(length: number): readonly [rows: number, columns: number] {
  if (length <= longestRow) return [1, length];
  for (let rows = Math.floor(Math.sqrt(length)); rows > 1; rows -= 1)
    if (length % rows === 0) return [rows, length / rows];
  return [1, length];
}

/**
 * The step of a fully connected layer. On a vector it is a convolution whose window covers all of the numbers, which
 * are laid out in rows and columns; on a sequence or picture one of 1×1.
 */
export function denseStep(
  { units, activation, useBias }: { units: number; activation: ActivationName; useBias: boolean },
  input: Shape,
): readonly LayerStep[] {
  const [length = 1] = input;
  const folded = input.length === 1 ? foldedVector(length) : null;
  return slidingStep({
    kind: 'dense',
    input: folded === null ? input : [...folded, 1],
    filters: units,
    size: folded ?? [1, 1],
    strides: [1, 1],
    padding: 'valid',
    activation,
    kernel: 'kernel',
    useBias,
  });
}

/** A fully connected layer behind a Flatten, as the convolution over the picture that was flattened: its weights are the same. */
export function overPicture(step: LayerStep, shape: readonly [number, number, number]): LayerStep {
  const [rows, columns] = shape;
  return { ...step, window: { ...step.window, inputShape: shape, size: [rows, columns] } };
}

/** Weights of a layer by their names. */
export type NamedWeights = ReadonlyMap<string, ArrayLike<number>>;

/** Puts numbers into a step. */
export function withNumbers(
  { window, kernel, bias }: LayerStep,
  input: ArrayLike<number>,
  weights: NamedWeights,
): StepperLayer {
  const named = (name: string | null) => (name === null ? null : (weights.get(name) ?? null));
  return { ...window, input, kernel: named(kernel), bias: named(bias) };
}
