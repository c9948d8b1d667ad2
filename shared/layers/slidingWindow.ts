import type * as tfl from '@tensorflow/tfjs-layers';

import type { Padding } from './params.ts';
import { shapeText, type Shape } from './shape.ts';
import {
  refuse,
  type LayerFix,
  type Limit,
  type Objection,
  type ShapeResult,
  type TensorFlowLayers,
} from './spec.ts';
import { slideWindow } from './window.ts';

/** What a convolution or pooling layer slides: one number for each axis of a sequence, picture or volume. */
export interface SlidingWindow {
  /** Name of the parameter that sets the size, for the objection. */
  readonly param: 'kernelSize' | 'poolSize';
  readonly size: readonly number[];
  readonly strides: readonly number[];
  readonly padding: Padding;
  readonly dilation?: readonly number[];
}

const forms = [
  { code: 'needs-vector', expected: '[units]', example: [10] },
  { code: 'needs-sequence', expected: '[steps, features]', example: [28, 28] },
  { code: 'needs-picture', expected: '[height, width, channels]', example: [28, 28, 1] },
  { code: 'needs-volume', expected: '[depth, height, width, channels]', example: [8, 28, 28, 1] },
] as const;

/** The objection of a layer that takes a vector, a sequence, a picture or a volume: 0 to 3 axes beside the channels. */
export function needsAxes(axes: 0 | 1 | 2 | 3, input: Shape): Objection {
  const { code, expected, example } = forms[axes];
  return {
    code,
    values: { received: shapeText(input) },
    expected,
    received: `[${input.join(', ')}]`,
    fixes: [
      { id: 'remove-source', values: {}, edit: { type: 'removeSource' } },
      // A recurrent layer before it that tells the last step alone.
      ...(input.length === axes ? [tellEveryStep] : []),
      { id: 'replace-kind', values: {}, edit: { type: 'useSibling', axes: input.length - 1 } },
      ...reshaped(axes, input),
      { id: 'set-layer-param', values: {}, edit: { type: 'setInputShape', shape: example } },
      { id: 'remove-layer', values: {}, edit: { type: 'removeSelf' } },
    ],
  };
}

const tellEveryStep: LayerFix = {
  id: 'set-layer-param',
  values: { param: 'returnSequences', value: 'true' },
  edit: { type: 'setSourceParam', port: 0, param: 'returnSequences', value: true },
};

export function needsPicture(input: Shape): Objection {
  return needsAxes(2, input);
}

/** What reshapes an input without moving a number; a picture's rows become the steps of a sequence. */
function reshaped(axes: number, input: Shape): readonly LayerFix[] {
  const { length } = input;
  if (axes === 0 && length > 1) return [insertBefore('Flatten', {})];
  const [first = 1, ...others] = input;
  const sequence = [first, others.reduce((product, side) => product * side, 1)];
  if (axes === 1) return [insertBefore('Reshape', { targetShape: sequence })];
  // An axis that was the channels becomes one to slide over.
  if (axes > 1 && length === axes) return [insertBefore('Reshape', { targetShape: [...input, 1] })];
  return [];
}

function insertBefore(kind: string, params: Readonly<Record<string, unknown>>): LayerFix {
  return { id: 'insert-before', values: { kind }, edit: { type: 'insertBefore', kind, params } };
}

export type SlideResult =
  | {
      readonly ok: true;
      /** Length along each axis. */
      readonly size: readonly number[];
      readonly channels: number;
      readonly arithmetic: readonly string[];
    }
  | { readonly ok: false; readonly refusal: ShapeResult };

/**
 * Slides a window over a sequence, picture or volume `[…axes, channels]`; gives the output's length along each axis
 * with its arithmetic, or an objection that shows the arithmetic and proposes what would fit.
 */
export function slideOver(input: Shape, window: SlidingWindow): SlideResult {
  const axes = window.size.length;
  if (input.length !== axes + 1) return { ok: false, refusal: refuse(needsAxes(axes as 1 | 2 | 3, input)) };
  const results = window.size.map((size, axis) =>
    slideWindow({
      input: input[axis] ?? 0,
      size,
      stride: window.strides[axis] ?? 1,
      padding: window.padding,
      dilation: window.dilation?.[axis] ?? 1,
    }),
  );
  const blamed = results.find(({ length }) => length < 1);
  if (blamed !== undefined)
    return { ok: false, refusal: refuse(doesNotFit(input, window, blamed.arithmetic)) };
  return {
    ok: true,
    size: results.map(({ length }) => length),
    channels: input.at(-1) ?? 0,
    arithmetic: results.map(({ arithmetic }) => arithmetic),
  };
}

/** The largest window on each axis: what comes in with its padding, in steps of the dilation. */
function largestWindow(input: Shape, { size, padding, dilation }: SlidingWindow): readonly number[] {
  const added = typeof padding === 'number' ? 2 * padding : 0;
  return size.map((_, axis) => Math.floor(((input[axis] ?? 0) + added - 1) / (dilation?.[axis] ?? 1)) + 1);
}

/** How large the window can be for what comes in, with the calculation; as large as one likes where `same` pads it. */
export function windowLimit(input: Shape, window: SlidingWindow): Limit | undefined {
  const { param, size, padding, dilation } = window;
  if (padding === 'same' || input.length !== size.length + 1) return undefined;
  const most = largestWindow(input, window);
  const padded = typeof padding === 'number' ? padding : 0;
  const arithmetic = most.map((side, axis) => {
    const step = dilation?.[axis] ?? 1;
    const room = `${String(input[axis] ?? 0)} + 2·${String(padded)}`;
    return step === 1 ? `${room} = ${String(side)}` : `⌊(${room} − 1)/${String(step)}⌋ + 1 = ${String(side)}`;
  });
  return {
    param,
    most,
    arithmetic: [...new Set(arithmetic)].join(', '),
    exceeded: size.some((side, axis) => side > (most[axis] ?? 0)),
  };
}

function doesNotFit(input: Shape, window: SlidingWindow, arithmetic: string): Objection {
  const largest = largestWindow(input, window);
  const fitting = window.size.map((size, axis) => Math.min(size, largest[axis] ?? size));
  const fixes: LayerFix[] = [
    setParam('padding', 'same'),
    setParam(window.param, fitting, shapeText(fitting)),
    { id: 'remove-source', values: {}, edit: { type: 'removeSource' } },
    { id: 'remove-layer', values: {}, edit: { type: 'removeSelf' } },
  ];
  return {
    code: 'window-does-not-fit',
    values: {
      window: shapeText(window.size),
      input: shapeText(input.slice(0, -1)),
      arithmetic,
    },
    param: window.param,
    expected: `at most ${shapeText(largest)}`,
    received: shapeText(window.size),
    fixes,
  };
}

/** The mending "set this parameter to that value". */
export function setParam(param: string, value: unknown, text = String(value)): LayerFix {
  return {
    id: 'set-param',
    values: { param, value: text },
    edit: { type: 'setParams', params: { [param]: value } },
  };
}

/**
 * Padding by a number is no padding that TensorFlow.js knows: zeros are put around the picture first,
 * and the window slides without padding.
 */
export function withZeroPadding(
  tf: TensorFlowLayers,
  padding: Padding,
  name: string,
  build: (padding: 'valid' | 'same') => tfl.layers.Layer,
): readonly tfl.layers.Layer[] {
  if (typeof padding !== 'number') return [build(padding)];
  if (padding === 0) return [build('valid')];
  const zeros = tf.layers.zeroPadding2d({
    padding: [
      [padding, padding],
      [padding, padding],
    ],
    // No id of a layer holds a dot: no layer of the drawing can have this name.
    name: `${name}.padding`,
  });
  return [zeros, build('valid')];
}
