import { channelsOf, outputSize, tapsAt, windowReach, windowStart } from './geometry.ts';
import { numberText } from '../../layers/window.ts';
import type { Place, StepperWindow } from './types.ts';

/** Rows or columns in a row: the first, and how many. */
export interface Span {
  readonly from: number;
  readonly count: number;
}

/** A rectangle of a plane. */
export interface Region {
  readonly rows: Span;
  readonly columns: Span;
}

/** Which numbers stand on the screen: a part of a large layer, all of a small one. */
export interface Shown {
  /** Filters side by side, the chosen one among them. */
  readonly filters: readonly number[];
  /** Channels of the input, below each other. */
  readonly channels: readonly number[];
  /** How many groups of channels there are to look at. */
  readonly channelGroups: number;
  /** Of the kernel. */
  readonly kernel: Region;
  /** Parts that a large window is looked at in. */
  readonly parts: number;
  /** Of the input with its padding: row −1 is the padding's. */
  readonly input: Region;
  /** Whether the region is less than the whole. */
  readonly inputIsCut: boolean;
  readonly output: Region;
  readonly outputIsCut: boolean;
}

/** Side of a plane that is still shown as numbers altogether. */
const wholeSide = 11;
/** Side of the region around the window in a larger one. */
const regionSide = 7;
/** Side of a part of a window that is too large. */
const partSide = 8;
/** How far the numbers of a dilated window may lie apart on the screen. */
const mostReach = 17;
/** Columns of the kernels beside each other. */
const mostColumns = 12;
const mostTogether = 3;

/** What of a layer is looked at. */
export interface Looking {
  readonly channelGroup: number;
  readonly part: number;
  /** Rows of numbers that there is room for below each other, over some channels or filters. */
  readonly mostRows: number;
}

/** Chooses what stands on the screen for a place of the output, so that there are never more than some hundred numbers. */
export function shownAt(
  window: StepperWindow,
  place: Place,
  filter: number,
  { channelGroup, part, mostRows }: Looking,
): Shown {
  const sides = [partOf(window, 0), partOf(window, 1)] as const;
  const across = Math.ceil(window.size[1] / sides[1]);
  const parts = Math.ceil(window.size[0] / sides[0]) * across;
  const current = Math.min(part, parts - 1);
  const kernel: Region = {
    rows: spanOf(Math.floor(current / across) * sides[0], sides[0], window.size[0]),
    columns: spanOf((current % across) * sides[1], sides[1], window.size[1]),
  };
  const whole = wholeInput(window);
  const focus =
    window.kind === 'transposed' ? tappedRegion(window, place) : windowRegion(window, place, kernel);
  const input = regionAround(whole, focus, regionSide);

  const own = channelsOf(window, filter);
  const isChannelwise = own.length === 1 && window.inputShape[2] > 1;
  const together = Math.max(1, Math.min(mostTogether, Math.floor(mostRows / input.rows.count)));
  const beside = isChannelwise
    ? together
    : Math.max(1, Math.min(mostTogether, Math.floor(mostColumns / sides[1])));
  const first = Math.floor(filter / beside) * beside;
  const filters = numbersFrom(first, Math.min(beside, window.filters - first));
  const groups = Math.ceil(own.length / together);
  const group = Math.min(channelGroup, groups - 1) * together;
  const channels = isChannelwise
    ? [...new Set(filters.flatMap((one) => channelsOf(window, one)))]
    : own.slice(group, group + together);
  const [rows, columns] = outputSize(window);
  const wholeOutput = { rows: { from: 0, count: rows }, columns: { from: 0, count: columns } };
  const isTall = rows * filters.length > mostRows;
  const at = { rows: { from: place.row, count: 1 }, columns: { from: place.column, count: 1 } };
  const outputRows = Math.max(3, Math.min(regionSide, Math.floor(mostRows / filters.length)));
  const output: Region = {
    rows: spanAround(wholeOutput.rows, at.rows, outputRows, isTall ? regionSide - 2 : wholeSide),
    columns: spanAround(wholeOutput.columns, at.columns, regionSide, isTall ? regionSide : wholeSide),
  };
  return {
    filters,
    channels,
    channelGroups: isChannelwise ? 1 : groups,
    kernel,
    parts,
    input,
    inputIsCut: isCut(input, whole),
    output,
    outputIsCut: isCut(output, wholeOutput),
  };
}

function numbersFrom(first: number, count: number): readonly number[] {
  return Array.from({ length: Math.max(0, count) }, (_, index) => first + index);
}

/** How much of a window is shown at once. */
function partOf(window: StepperWindow, axis: 0 | 1): number {
  const size = window.size[axis];
  if (size <= wholeSide && windowReach(window)[axis] <= mostReach) return size;
  return Math.min(size, partSide, Math.floor((mostReach - 1) / window.dilation[axis]) + 1);
}

function spanOf(from: number, count: number, end: number): Span {
  return { from, count: Math.min(count, end - from) };
}

/** The input with its padding; what a transposed convolution cuts off its output is none. */
export function wholeInput({ kind, inputShape: [rows, columns], padding }: StepperWindow): Region {
  if (kind === 'transposed') return { rows: { from: 0, count: rows }, columns: { from: 0, count: columns } };
  const { top, bottom, left, right } = padding;
  return {
    rows: { from: -top, count: top + rows + bottom },
    columns: { from: -left, count: left + columns + right },
  };
}

/** Where a part of the kernel lies on the input. */
export function windowRegion(window: StepperWindow, place: Place, kernel: Region): Region {
  const { row, column } = windowStart(window, place);
  const over = (start: number, { from, count }: Span, dilation: number): Span => ({
    from: start + from * dilation,
    count: (count - 1) * dilation + 1,
  });
  return {
    rows: over(row, kernel.rows, window.dilation[0]),
    columns: over(column, kernel.columns, window.dilation[1]),
  };
}

/** The numbers of the input that a place of a transposed convolution's output takes. */
function tappedRegion(window: StepperWindow, place: Place): Region {
  const taps = tapsAt(window, place);
  const span = (numbers: readonly number[], otherwise: number): Span => {
    const from = numbers.length === 0 ? otherwise : Math.min(...numbers);
    return { from, count: numbers.length === 0 ? 1 : Math.max(...numbers) - from + 1 };
  };
  return {
    rows: span(
      taps.map(({ row }) => row),
      Math.floor(place.row / window.strides[0]),
    ),
    columns: span(
      taps.map(({ column }) => column),
      Math.floor(place.column / window.strides[1]),
    ),
  };
}

function regionAround(whole: Region, focus: Region, side: number): Region {
  return {
    rows: spanAround(whole.rows, focus.rows, side, wholeSide),
    columns: spanAround(whole.columns, focus.columns, side, wholeSide),
  };
}

/** The whole where it is small, else what is in focus with as much around it as there is room for. */
function spanAround(whole: Span, focus: Span, side: number, most: number): Span {
  if (whole.count <= most) return whole;
  const count = Math.min(whole.count, Math.max(side, focus.count));
  const from = focus.from - Math.floor((count - focus.count) / 2);
  return { from: Math.max(whole.from, Math.min(from, whole.from + whole.count - count)), count };
}

function isCut(region: Region, whole: Region): boolean {
  return region.rows.count < whole.rows.count || region.columns.count < whole.columns.count;
}

/** A number as short as a cell has room for: whole ones as they are, others to two decimals. */
export function cellText(value: number): string {
  if (Number.isNaN(value)) return '?';
  const size = Math.abs(value);
  if (size === Infinity) return value < 0 ? '−∞' : '∞';
  const text =
    Number.isInteger(value) && size < 1e5
      ? String(size)
      : size < 1000
        ? size.toFixed(2)
        : size.toExponential(1);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** A number with so many significant digits, for calculations: small ones do not become 0. */
export function exactText(value: number, digits = 3): string {
  const size = Math.abs(value);
  if (!Number.isFinite(value) || Number.isInteger(value) || size >= 100 || size < 1e-6)
    return cellText(value);
  return numberText(Number(value.toPrecision(digits)));
}

/** A number that is written behind a sign: negative ones stand in brackets. */
export function factorText(value: number, digits?: number): string {
  const text = exactText(value, digits);
  return text.startsWith('−') ? `(${text})` : text;
}

const mostSamples = 50_000;

/** The largest size of some numbers, at least 1e-9: what the strongest colour stands for. Of very many, some are looked at. */
export function scaleOf(numbers: ArrayLike<number>): number {
  // An odd step meets all channels, whose number is mostly even.
  const step = numbers.length <= mostSamples ? 1 : 2 * Math.ceil(numbers.length / mostSamples / 2) + 1;
  let most = 1e-9;
  for (let at = 0; at < numbers.length; at += step) most = Math.max(most, Math.abs(numbers[at] ?? 0));
  return most;
}

/** One channel of numbers `[rows, columns, channels]`. */
export function planeOf(
  numbers: ArrayLike<number>,
  [rows, columns, channels]: readonly [number, number, number],
  channel: number,
): Float32Array {
  const plane = new Float32Array(rows * columns);
  for (let at = 0; at < plane.length; at += 1) plane[at] = numbers[at * channels + channel] ?? 0;
  return plane;
}

/** The place so many steps on, row by row; it stops at both ends. */
export function stepFrom(layer: StepperWindow, { row, column }: Place, by: number): Place {
  const [rows, columns] = outputSize(layer);
  const at = Math.max(0, Math.min(rows * columns - 1, row * columns + column + by));
  return { row: Math.floor(at / columns), column: at % columns };
}

/** A place moved within the output. */
export function movedBy(layer: StepperWindow, place: Place, rows: number, columns: number): Place {
  const [height, width] = outputSize(layer);
  return {
    row: Math.max(0, Math.min(height - 1, place.row + rows)),
    column: Math.max(0, Math.min(width - 1, place.column + columns)),
  };
}

/** What stands for the whole of a small layer where no trainer gave it. */
export const mostWork = 200_000;

/** Whether two numbers are the same but for what 32-bit floats leave out. */
export function isSame(ours: number, theirs: number): boolean {
  return Math.abs(ours - theirs) <= 1e-4 * Math.max(1, Math.abs(theirs));
}
