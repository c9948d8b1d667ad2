import type { Values } from '../i18n/format.ts';
import type en from '../i18n/en.json';
import type { LayerAnalysis } from '../graph/analysis.ts';
import { sameShape, sizeOf, type Shape } from '../layers/shape.ts';
import { numberText, reachOf, slideWindow, type Window } from '../layers/window.ts';
import { layerWindow } from './layerWindow.ts';

/** What somebody did who came to a wrong answer; screens have the words, under `lessons.mistake`. */
export interface Mistake {
  readonly code: keyof typeof en.lessons.mistake;
  readonly values: Values;
}

/** A wrong way to compute, and where it leads. */
interface WrongWay {
  readonly code: Mistake['code'];
  readonly result: number;
  /** How it was computed, without its result. */
  readonly way: string;
}

/** More explanations than this help nobody. */
const mostMistakes = 2;

/** The ways in which people compute the length of a sliding window's output wrongly, the commonest first. */
function wrongLengths(window: Window): readonly WrongWay[] {
  const { input, size, stride, padding, dilation = 1 } = window;
  const pad = padding === 'valid' || padding === 'same' ? 0 : padding;
  const reach = reachOf(size, dilation);
  const [I, F, P, S] = [String(input), String(reach), String(pad), String(stride)];
  if (padding === 'same') {
    const inside = slideWindow({ ...window, padding: 'valid' });
    return [
      { code: 'same-without-padding', result: inside.length, way: wayOf(inside.arithmetic) },
      { code: 'same-rounded-down', result: Math.floor(input / stride), way: `⌊${I}/${S}⌋` },
      { code: 'forgot-stride', result: input, way: I },
      { code: 'added-one', result: Math.ceil(input / stride) + 1, way: `⌈${I}/${S}⌉ + 1` },
    ];
  }
  const room = input - reach + 2 * pad;
  const division = (top: number, text: string) =>
    top % stride === 0 || stride === 1 ? `(${text})/${S}` : `⌊(${text})/${S}⌋`;
  const full = `${I} − ${F} + 2·${P}`;
  const padded = pad > 0;
  const other = (changed: Partial<Window>) => slideWindow({ ...window, ...changed });
  const once = input - reach + pad;
  const less = input - reach - 2 * pad;
  return [
    { code: 'forgot-one', result: Math.floor(room / stride), way: division(room, full) },
    ...when(room % stride !== 0, {
      code: 'rounded-up',
      result: Math.ceil(room / stride) + 1,
      way: `⌈(${full})/${S}⌉ + 1`,
    }),
    ...when(room % stride !== 0, {
      code: 'not-rounded',
      result: room / stride + 1,
      way: `(${full})/${S} + 1`,
    }),
    ...when(padded, {
      code: 'forgot-padding',
      result: other({ padding: 0 }).length,
      way: wayOf(other({ padding: 0 }).arithmetic),
    }),
    ...when(padded, {
      code: 'padding-once',
      result: Math.floor(once / stride) + 1,
      way: `${division(once, `${I} − ${F} + ${P}`)} + 1`,
    }),
    ...when(padded, {
      code: 'padding-subtracted',
      result: Math.floor(less / stride) + 1,
      way: `${division(less, `${I} − ${F} − 2·${P}`)} + 1`,
    }),
    ...when(stride > 1, { code: 'forgot-stride', result: room + 1, way: `(${full}) + 1` }),
    ...when(dilation > 1, {
      code: 'forgot-dilation',
      result: other({ dilation: 1 }).length,
      way: wayOf(other({ dilation: 1 }).arithmetic),
    }),
    ...when(stride > 1, {
      code: 'one-before-division',
      result: Math.floor((room + 1) / stride),
      way: `⌊(${full} + 1)/${S}⌋`,
    }),
    ...when(padded, {
      code: 'forgot-one-and-padding',
      result: Math.floor((input - reach) / stride),
      way: division(input - reach, `${I} − ${F}`),
    }),
    {
      code: 'forgot-kernel',
      result: Math.floor((input + 2 * pad) / stride) + 1,
      way: `${division(input + 2 * pad, `${I} + 2·${P}`)} + 1`,
    },
    ...when(stride > 1, { code: 'only-divided', result: Math.ceil(input / stride), way: `${I}/${S}` }),
    { code: 'kept-size', result: input, way: I },
  ];
}

/** A calculation without its result. */
function wayOf(arithmetic: string): string {
  return arithmetic.replace(/ = [^=]*$/, '');
}

function when(condition: boolean, way: WrongWay): readonly WrongWay[] {
  return condition ? [way] : [];
}

const close = (a: number, b: number) => Math.abs(a - b) < 0.005;

function matching(ways: readonly WrongWay[], answer: number, right: number): readonly Mistake[] {
  const found = ways.filter(({ result }) => close(result, answer) && !close(result, right));
  return found
    .slice(0, mostMistakes)
    .map(({ code, way }) => ({ code, values: { answer: numberText(answer), way } }));
}

/**
 * What led to a wrong length of a sliding window's output along one axis: computed by making each usual mistake with
 * the window's own numbers. Empty where the answer is right.
 */
export function lengthMistakes(window: Window, answer: number): readonly Mistake[] {
  const { length, arithmetic } = slideWindow(window);
  if (answer === length) return [];
  const found = matching(wrongLengths(window), answer, length);
  if (found.length > 0) return found;
  const code = answer > length ? 'too-large' : 'too-small';
  return [{ code, values: { answer: numberText(answer), way: wayOf(arithmetic) } }];
}

/** The numbers of an answer such as `55×55×96`, `55, 55, 96` or `(55 55 96)`; null where there is anything else. */
export function readShape(answer: string): Shape | null {
  const clean = answer.replaceAll(/(\d)[\u202f\u00a0'](?=\d{3})/g, '$1').replaceAll(/[()[\]]/g, ' ');
  const parts = clean.trim().split(/\s*[×xX*,;，、\s]\s*/);
  return parts.every((part) => /^\d{1,9}$/.test(part)) ? parts.map(Number) : null;
}

/** What is wrong with an answer for the shape of a layer's output; empty where it is right, with its batch or without. */
export function shapeMistakes(layer: LayerAnalysis, answer: Shape, batch: number): readonly Mistake[] {
  const { outputShape: output } = layer;
  if (output === null) return [{ code: 'not-computed', values: {} }];
  if (sameShape(output, answer) || sameShape([batch, ...output], answer)) return [];
  const input = layer.inputShapes[0] ?? [];
  const given = answer.length === output.length + 1 && answer[0] === batch ? answer.slice(1) : answer;
  const values = { answer: answer.join(' × ') };
  if (given.length !== output.length)
    return [
      sizeOf(given) === sizeOf(output)
        ? { code: 'shape-flattened', values }
        : { code: 'shape-axes', values: { ...values, axes: output.length } },
    ];
  const [height = 0, width = 0, channels = 0] = output;
  if (output.length === 3 && sameShape(given, [channels, height, width]))
    return [{ code: 'channels-first', values }];
  const windows = layerWindow(layer);
  const sides = windows?.flatMap((window, axis) => {
    const side = given[axis] ?? 0;
    return side === output[axis] ? [] : lengthMistakes(window, side);
  });
  const [side] = sides ?? [];
  const last = given[given.length - 1] ?? 0;
  const depth = channelMistake(layer, last, input);
  const found = [...(side === undefined ? [] : [side]), ...(depth === undefined ? [] : [depth])];
  return found.length > 0 ? found : [{ code: 'shape-other', values }];
}

/** What is wrong with the number of channels, or of units. */
function channelMistake(layer: LayerAnalysis, answer: number, input: Shape): Mistake | undefined {
  const right = layer.outputShape?.at(-1) ?? 0;
  if (answer === right) return undefined;
  const channels = input.at(-1) ?? 0;
  const values = { answer, channels, filters: right };
  if (layer.weights.length === 0)
    return input.length === layer.outputShape?.length
      ? { code: 'pooling-channels', values }
      : { code: 'channels-other', values };
  if (answer === channels) return { code: 'kept-channels', values };
  if (answer === channels * right) return { code: 'multiplied-channels', values };
  return { code: 'channels-other', values };
}

/** What can be counted of a layer. */
export type Counted = 'parameters' | 'multiplyAdds';

/** What led to a wrong count of a layer's parameters or multiply-adds; empty where the answer is right. */
export function countMistakes(layer: LayerAnalysis, counted: Counted, answer: number): readonly Mistake[] {
  const { outputShape: output, params, macs } = layer;
  if (output === null) return [{ code: 'not-computed', values: {} }];
  const parameters = params.trainable + params.nonTrainable;
  const right = counted === 'parameters' ? parameters : macs;
  if (answer === right) return [];
  const kernel = layer.weights[0]?.shape ?? [];
  const bias = sizeOf(layer.weights[1]?.shape ?? [0]);
  const filters = kernel.at(-1) ?? 1;
  const channels = kernel.length === 4 ? (kernel[2] ?? 1) : 1;
  const weights = sizeOf(kernel);
  const places = sizeOf(output) / filters;
  const text = kernel.join('·');
  const input = layer.inputShapes[0] ?? [];
  const inputPlaces = input.length === 3 ? (input[0] ?? 0) * (input[1] ?? 0) : 1;
  const [height = 1, width = 1] = kernel;
  const window = `${String(height)}·${String(width)}`;
  const ways: readonly WrongWay[] =
    counted === 'parameters'
      ? [
          { code: 'forgot-bias', result: weights, way: text },
          ...when(channels > 1, {
            code: 'forgot-channels',
            result: weights / channels + bias,
            way: `${window}·${String(filters)} + ${String(bias)}`,
          }),
          ...when(channels > 1, {
            code: 'forgot-channels',
            result: weights / channels,
            way: `${window}·${String(filters)}`,
          }),
          { code: 'one-filter', result: weights / filters + 1, way: `${text.replace(/·\d+$/, '')} + 1` },
          { code: 'one-filter', result: weights / filters, way: text.replace(/·\d+$/, '') },
          { code: 'one-bias', result: weights + 1, way: `${text} + 1` },
          { code: 'counted-multiply-adds', result: macs, way: `${text}·${String(places)}` },
          { code: 'counted-outputs', result: sizeOf(output), way: output.join('·') },
        ]
      : [
          { code: 'one-place', result: weights, way: text },
          { code: 'one-place', result: parameters, way: `${text} + ${String(bias)}` },
          ...when(channels > 1, {
            code: 'forgot-channels',
            result: macs / channels,
            way: `${window}·${String(filters)}·${String(places)}`,
          }),
          {
            code: 'one-filter',
            result: macs / filters,
            way: `${text.replace(/·\d+$/, '')}·${String(places)}`,
          },
          ...when(inputPlaces !== places, {
            code: 'input-places',
            result: weights * inputPlaces,
            way: `${text}·${String(inputPlaces)}`,
          }),
          {
            code: 'counted-bias',
            result: macs + sizeOf(output),
            way: `${String(macs)} + ${output.join('·')}`,
          },
          { code: 'counted-outputs', result: sizeOf(output), way: output.join('·') },
        ];
  const found = matching(ways, answer, right);
  if (found.length > 0) return found.slice(0, 1);
  const code = counted === 'parameters' ? 'count-parameters' : 'count-multiply-adds';
  return [{ code, values: { answer: numberText(answer) } }];
}
