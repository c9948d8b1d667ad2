import { layerSpec } from '../layers/index.ts';
import { isPicture, type PictureShape } from '../layers/shape.ts';
import type { Reach } from '../layers/spec.ts';
import type { Analysis, LayerAnalysis } from './analysis.ts';

/** First and last pixel along an axis, both included. The first may lie before the picture, the last behind it. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

/** Rows and columns of a map that are looked at. */
type Region = readonly [rows: Span, columns: Span];

/** What is looked at of a layer's output: all of it, one place in its middle, or a region of a map. */
type Wanted = 'all' | 'middle' | Region;

/** What one output of a layer sees of one Input. */
export interface FieldOfView {
  readonly inputId: string;
  /** The Input's shape, `[height, width, channels]`. */
  readonly picture: PictureShape;
  /** As far as the windows reach, beyond the picture's edge too. */
  readonly reached: Region;
  /** Those of the pixels that are within the picture. */
  readonly seen: Region;
}

/**
 * The pixels that one place of a layer's output sees, the one in the middle of its map where none is named (row
 * ⌊(height − 1)/2⌋, column likewise), for each Input with a picture that it hangs on. Goes back from the layer: output i of a window sees the inputs i·stride − before
 * to i·stride − before + (size − 1)·dilation. Where ways meet, a field is the smallest rectangle around all of them.
 * Source: Araujo, Norris and Sim, "Computing Receptive Fields of Convolutional Neural Networks", Distill 2019.
 */
export function fieldsOfView(
  analysis: Analysis,
  id: string,
  place?: readonly [row: number, column: number],
): readonly FieldOfView[] {
  const asked: Wanted = place === undefined ? 'middle' : [only(place[0]), only(place[1])];
  const wanted = new Map<string, Wanted>([[id, asked]]);
  const fields: FieldOfView[] = [];
  for (const at of [...analysis.layers.keys()].reverse()) {
    const want = wanted.get(at);
    const layer = analysis.layers.get(at);
    if (want === undefined || layer?.outputShape == null) continue;
    const region = regionOf(layer.outputShape, want);
    if (layer.inputIds.length === 0) {
      if (isPicture(layer.outputShape) && region !== null) {
        const picture = layer.outputShape;
        fields.push({ inputId: at, picture, reached: region, seen: within(region, picture) });
      }
      continue;
    }
    layer.inputIds.forEach((source, port) => {
      const next = wantedOfInput(layer, port, want);
      const before = wanted.get(source);
      wanted.set(source, before === undefined ? next : both(analysis.layers.get(source), before, next));
    });
  }
  return fields.reverse();
}

const only = (index: number): Span => ({ first: index, last: index });

/** What a layer looks at of one of its inputs, to compute what is wanted of it. */
function wantedOfInput(layer: LayerAnalysis, port: number, want: Wanted): Wanted {
  const input = layer.inputShapes[port] ?? null;
  const { outputShape } = layer;
  const reach = reachOf(layer);
  if (input === null || outputShape === null || (reach?.type === 'whole' && reach.axes === undefined))
    return 'all';
  if (!isPicture(input)) return want === 'middle' ? 'middle' : 'all';
  // A map that becomes a list of numbers: where each came from is not kept.
  if (!isPicture(outputShape)) return want === 'middle' ? 'middle' : 'all';
  const region = regionOf(outputShape, want);
  if (region === null) return 'all';
  if (reach === undefined) {
    const isInPlace = input[0] === outputShape[0] && input[1] === outputShape[1];
    return isInPlace ? region : 'all';
  }
  if (reach.type === 'whole') {
    const every = (axis: 0 | 1) =>
      reach.axes?.[axis] === false ? region[axis] : { first: 0, last: input[axis] - 1 };
    return [every(0), every(1)];
  }
  const along = (axis: 0 | 1): Span => {
    const stride = reach.strides[axis];
    if (stride < 1) return enlargedSpan(region[axis], input[axis], outputShape[axis], reach, axis);
    const span = (reach.size[axis] - 1) * reach.dilation[axis];
    const beyond = (outputShape[axis] - 1) * stride + span + 1 - input[axis];
    const before = reach.before?.[axis] ?? Math.floor(Math.max(0, beyond) / 2);
    const { first, last } = region[axis];
    return { first: first * stride - before, last: last * stride - before + span };
  };
  return [along(0), along(1)];
}

/**
 * What outputs of a layer that enlarges hang on: with s outputs for each input and a window of k, input i reaches the
 * outputs i·s − before to i·s − before + k − 1.
 */
function enlargedSpan(
  { first, last }: Span,
  input: number,
  output: number,
  reach: Extract<Reach, { readonly type: 'window' }>,
  axis: 0 | 1,
): Span {
  const times = Math.round(1 / reach.strides[axis]);
  const window = Math.round(reach.size[axis] * times);
  const cut = (input - 1) * times + window - output;
  const before = reach.before?.[axis] ?? Math.floor(Math.max(0, cut) / 2);
  const ends = [Math.ceil((first + before - window + 1) / times), Math.floor((last + before) / times)];
  // An output between the windows hangs on none; it is told as if on its neighbours.
  return { first: Math.min(...ends), last: Math.max(...ends) };
}

function reachOf(layer: LayerAnalysis): Reach | undefined {
  const inputs = layer.inputShapes.filter((shape) => shape !== null);
  return layerSpec(layer.kind).reach?.(layer.values, inputs);
}

/** Rows and columns; null of what has none. */
function regionOf(shape: readonly number[], want: Wanted): Region | null {
  if (!isPicture(shape)) return null;
  if (typeof want !== 'string') return want;
  const along = (side: number): Span => {
    const middle = Math.floor((side - 1) / 2);
    return want === 'all' ? { first: 0, last: side - 1 } : { first: middle, last: middle };
  };
  return [along(shape[0]), along(shape[1])];
}

function both(layer: LayerAnalysis | undefined, a: Wanted, b: Wanted): Wanted {
  const [one, other] = [regionOf(layer?.outputShape ?? [], a), regionOf(layer?.outputShape ?? [], b)];
  if (one === null || other === null) return a === 'middle' && b === 'middle' ? 'middle' : 'all';
  const along = (axis: 0 | 1): Span => ({
    first: Math.min(one[axis].first, other[axis].first),
    last: Math.max(one[axis].last, other[axis].last),
  });
  return [along(0), along(1)];
}

function within(region: Region, picture: PictureShape): Region {
  const along = (axis: 0 | 1): Span => ({
    first: Math.min(Math.max(region[axis].first, 0), picture[axis] - 1),
    last: Math.max(Math.min(region[axis].last, picture[axis] - 1), 0),
  });
  return [along(0), along(1)];
}

/** How many pixels lie between the ends of a span, both counted. */
export function spanLength({ first, last }: Span): number {
  return last - first + 1;
}

/** How the receptive field came to its size at one layer of a way from the input, along one axis. */
export interface FieldStep {
  readonly id: string;
  readonly kind: string;
  /** Field and jump (pixels between neighbouring outputs) before the layer, and after it. */
  readonly before: number;
  readonly after: number;
  readonly jump: number;
  readonly jumpAfter: number;
  /** The window that makes it grow, dilation counted in; null where the layer sees all of its input. */
  readonly window: number | null;
}

interface Way {
  readonly field: number;
  readonly jump: number;
  readonly step: FieldStep | null;
  readonly from: Way | null;
}

const maxWays = 16;

/**
 * The way from an Input to a layer on which its field becomes largest, layer by layer; those that leave it as it is are
 * left out. Pixels along one axis: 0 for height, 1 for width.
 */
export function fieldSteps(analysis: Analysis, id: string, axis: 0 | 1 = 0): readonly FieldStep[] {
  const ways = new Map<string, readonly Way[]>();
  const ancestors = ancestorsOf(analysis, id);
  for (const layer of analysis.layers.values()) {
    if (!ancestors.has(layer.id) || layer.outputShape === null) continue;
    if (layer.inputIds.length === 0) {
      if (isPicture(layer.outputShape)) ways.set(layer.id, [{ field: 1, jump: 1, step: null, from: null }]);
      continue;
    }
    const incoming = layer.inputIds.flatMap((source) => ways.get(source) ?? []);
    if (incoming.length > 0) ways.set(layer.id, worthKeeping(through(layer, incoming, axis)));
    if (layer.id === id) break;
  }
  const steps: FieldStep[] = [];
  let at = ways.get(id)?.[0] ?? null;
  for (; at !== null; at = at.from) if (at.step !== null) steps.push(at.step);
  return steps.reverse();
}

function through(layer: LayerAnalysis, incoming: readonly Way[], axis: 0 | 1): readonly Way[] {
  const reach = reachOf(layer);
  const { id, kind } = layer;
  if (reach === undefined) return incoming;
  return incoming.map((from): Way => {
    const { field, jump } = from;
    if (reach.type === 'whole') {
      if (reach.axes?.[axis] === false) return from;
      const side = layer.receptiveField?.[axis] ?? field;
      const step = { id, kind, before: field, after: side, jump, jumpAfter: jump, window: null };
      return field === side ? from : { field: side, jump, step, from };
    }
    const window = Math.max(1, (reach.size[axis] - 1) * reach.dilation[axis] + 1);
    const jumpAfter = Math.min(jump * reach.strides[axis], Number.MAX_SAFE_INTEGER);
    const after = Math.min(field + (window - 1) * jump, Number.MAX_SAFE_INTEGER);
    if (after === field && jumpAfter === jump) return from;
    const step = { id, kind, before: field, after, jump, jumpAfter, window };
    return { field: after, jump: jumpAfter, step, from };
  });
}

/** Largest field first, without ways that another beats in field and in jump. */
function worthKeeping(ways: readonly Way[]): readonly Way[] {
  const kept: Way[] = [];
  for (const way of ways.toSorted((a, b) => b.field - a.field || b.jump - a.jump)) {
    const last = kept.at(-1);
    if (last === undefined || way.jump > last.jump) kept.push(way);
  }
  return kept.slice(0, maxWays);
}

function ancestorsOf(analysis: Analysis, id: string): ReadonlySet<string> {
  const found = new Set([id]);
  // A set gives what is added while it is walked.
  for (const at of found) for (const source of analysis.layers.get(at)?.inputIds ?? []) found.add(source);
  return found;
}
