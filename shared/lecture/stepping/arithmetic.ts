import { activationCurve } from '../../layers/activationCurve.ts';
import { channelsOf, inputAt, kernelIndex, outputSize, tapsAt } from './geometry.ts';
import type { Cell, ChannelSum, Place, StepperLayer, StepperWindow, Tap, Term } from './types.ts';

export function isPooling({ kind }: Pick<StepperWindow, 'kind'>): boolean {
  return kind === 'pooling-max' || kind === 'pooling-average';
}

/** The numbers of one channel under the window, each with its weight; without those that take no part. */
function termsOf(
  layer: StepperLayer,
  taps: readonly Tap[],
  channel: number,
  filter: number,
): readonly Term[] {
  return taps
    .filter(({ isInside }) => isInside || !layer.paddingIsEmpty)
    .map((tap) => {
      const value = inputAt(layer, tap, channel);
      const weight =
        layer.kernel === null ? null : (layer.kernel[kernelIndex(layer, tap, channel, filter)] ?? 0);
      return { ...tap, value, weight, product: weight === null ? value : value * weight };
    });
}

/** One number of the output with every multiplication that it is made of, channel by channel. */
export function cellAt(layer: StepperLayer, place: Place, filter: number): Cell {
  const taps = tapsAt(layer, place);
  const channels = channelsOf(layer, filter).map((channel): ChannelSum => {
    const terms = termsOf(layer, taps, channel, filter);
    const products = terms.map(({ product }) => product);
    const sum = layer.kind === 'pooling-max' ? Math.max(...products) : total(products);
    return { channel, terms, sum };
  });
  const bias = layer.bias === null ? null : (layer.bias[filter] ?? 0);
  const pooled = channels[0];
  const sum =
    layer.kind === 'pooling-average' && pooled !== undefined
      ? pooled.sum / pooled.terms.length
      : total(channels.map(({ sum }) => sum));
  const before = sum + (bias ?? 0);
  return { channels, sum, bias, before, output: activated(layer, place, filter, before) };
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0);
}

/** What the activation makes of a sum; softmax looks at those of all filters at the place. */
function activated(layer: StepperLayer, place: Place, filter: number, before: number): number {
  const curve = activationCurve(layer.activation);
  if (curve !== null) return curve(before);
  const all = Array.from({ length: layer.filters }, (_, other) =>
    other === filter ? before : sumAt(layer, place, other),
  );
  return softmaxOf(all)[filter] ?? 0;
}

/** Shares of e to the power of each number, which add up to 1. */
function softmaxOf(numbers: readonly number[]): readonly number[] {
  // The largest is taken off, as TensorFlow does: large numbers would have no power.
  const most = numbers.reduce((largest, one) => Math.max(largest, one), -Infinity);
  const powers = numbers.map((one) => Math.exp(one - most));
  const sum = total(powers);
  return powers.map((power) => power / sum);
}

/** A filter's sum at a place with its bias, before the activation: `cellAt` without keeping what it is made of. */
function sumAt(layer: StepperLayer, place: Place, filter: number): number {
  const taps = tapsAt(layer, place).filter(({ isInside }) => isInside || !layer.paddingIsEmpty);
  const channels = channelsOf(layer, filter);
  const bias = layer.bias?.[filter] ?? 0;
  let sum = layer.kind === 'pooling-max' ? -Infinity : 0;
  for (const tap of taps) {
    for (const channel of channels) {
      const value = inputAt(layer, tap, channel);
      if (layer.kind === 'pooling-max') sum = Math.max(sum, value);
      else if (layer.kernel === null) sum += value;
      else sum += value * (layer.kernel[kernelIndex(layer, tap, channel, filter)] ?? 0);
    }
  }
  return (layer.kind === 'pooling-average' ? sum / taps.length : sum) + bias;
}

/** Numbers of the output at one place, one for each of some filters, in their order. */
export function outputsAt(layer: StepperLayer, place: Place, filters: readonly number[]): readonly number[] {
  const curve = activationCurve(layer.activation);
  if (curve !== null) return filters.map((filter) => curve(sumAt(layer, place, filter)));
  const all = softmaxOf(Array.from({ length: layer.filters }, (_, filter) => sumAt(layer, place, filter)));
  return filters.map((filter) => all[filter] ?? 0);
}

/** The whole output `[rows, columns, filters]`. For layers of the open network it is the trainer's to compute. */
export function wholeOutput(layer: StepperLayer): Float64Array {
  const [rows, columns] = outputSize(layer);
  const filters = Array.from({ length: layer.filters }, (_, filter) => filter);
  const output = new Float64Array(Math.max(0, rows) * Math.max(0, columns) * layer.filters);
  for (let row = 0; row < rows; row += 1)
    for (let column = 0; column < columns; column += 1)
      output.set(outputsAt(layer, { row, column }, filters), (row * columns + column) * layer.filters);
  return output;
}

/** Multiplications that the whole output takes. */
export function workOf(window: StepperWindow): number {
  const [rows, columns] = outputSize(window);
  return rows * columns * window.filters * channelsOf(window, 0).length * window.size[0] * window.size[1];
}
