import type { DocumentNode } from '../../shared/document.ts';
import type { Tensor } from '../interpretation/tensor.ts';

/** One picture of a layer's output. */
export interface FeatureMap {
  readonly height: number;
  readonly width: number;
  /** `[height, width]`; NaN where a row of units ends early. */
  readonly values: Float32Array;
}

/** A row of units is broken after so many. */
const unitsInRow = 64;
/** From here on a sigmoid or hyperbolic tangent hardly changes any more. */
const edge = 0.99;
/** Which share of a map's numbers makes it saturated. */
const nearlyAll = 0.95;

/** `[height, width, channels]` is a map for each channel; steps with channels, and units, are one map. */
export function mapsOf({ shape, values }: Tensor): readonly FeatureMap[] {
  const [first = 1, second = 1, channels] = shape;
  if (channels !== undefined)
    return Array.from({ length: channels }, (_, channel) => ({
      height: first,
      width: second,
      values: everyNth(values, channel, channels),
    }));
  if (shape.length === 2) return [{ height: first, width: second, values }];
  const width = Math.min(first, unitsInRow);
  const height = Math.ceil(first / width);
  const filled = Float32Array.from({ length: height * width }, (_, at) => values[at] ?? Number.NaN);
  return [{ height, width, values: filled }];
}

/** Every so many-th number from the first on. By a loop: while a hand draws there is no time for more. */
function everyNth(values: Float32Array, first: number, step: number): Float32Array {
  const found = new Float32Array(Math.ceil((values.length - first) / step));
  for (let at = 0; at < found.length; at += 1) found[at] = values[first + at * step] ?? 0;
  return found;
}

/** Weights of a convolution's filters, `[rows, columns, channels in, filters]`. */
export interface Kernel {
  readonly shape: readonly [number, number, number, number];
  readonly values: Float32Array;
}

/** What each filter weighs of one channel of its input. */
export function filtersOf(
  { shape: [rows, columns, channels, count], values }: Kernel,
  channel: number,
): readonly FeatureMap[] {
  return Array.from({ length: count }, (_, filter) => ({
    height: rows,
    width: columns,
    values: Float32Array.from(
      { length: rows * columns },
      (_one, at) => values[(at * channels + channel) * count + filter] ?? 0,
    ),
  }));
}

export type Mark = 'dead' | 'saturated';

/**
 * A map behind a ReLU that is zero everywhere, or one behind a sigmoid or hyperbolic tangent that is at the function's end
 * nearly everywhere: neither lets much of a gradient through. Units count one by one. In the order of the channels or units.
 */
export function marksOf({ shape, values }: Tensor, activation: string | null): readonly (Mark | null)[] {
  const channels = shape.at(-1) ?? 1;
  const isRelu = activation?.startsWith('relu') === true;
  const isAtEnd = ends.get(activation ?? '');
  if (!isRelu && isAtEnd === undefined) return Array.from({ length: channels }, () => null);
  return Array.from({ length: channels }, (_, channel) => {
    const numbers = everyNth(values, channel, channels);
    if (isRelu && numbers.every((value) => value === 0)) return 'dead';
    if (isAtEnd === undefined) return null;
    return numbers.filter(isAtEnd).length >= nearlyAll * numbers.length ? 'saturated' : null;
  });
}

const ends: ReadonlyMap<string, (value: number) => boolean> = new Map([
  ['tanh', (value) => Math.abs(value) > edge],
  ['sigmoid', (value) => value > edge || value < 1 - edge],
]);

/** What a layer's numbers went through last; null where that is nothing. */
export function activationOf({ kind, params }: DocumentNode): string | null {
  if (kind === 'ReLU') return 'relu';
  const { activation } = params;
  return typeof activation === 'string' ? activation : null;
}
