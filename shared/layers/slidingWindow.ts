import type * as tfl from '@tensorflow/tfjs-layers';

import type { Padding, Size2 } from './params.ts';
import type { PictureShape, Shape } from './shape.ts';
import { isPicture, shapeText } from './shape.ts';
import { refuse, type LayerFix, type Objection, type ShapeResult, type TensorFlowLayers } from './spec.ts';
import { slideWindow } from './window.ts';

/** What a convolution or pooling layer slides over a picture, `[height, width]` each. */
export interface SlidingWindow {
  /** Name of the parameter that sets the size, for the objection. */
  readonly param: 'kernelSize' | 'poolSize';
  readonly size: Size2;
  readonly strides: Size2;
  readonly padding: Padding;
  readonly dilation?: Size2;
}

export function needsPicture(input: Shape): Objection {
  return {
    code: 'needs-picture',
    values: { received: shapeText(input) },
    expected: '[height, width, channels]',
    received: `[${input.join(', ')}]`,
    fixes: [
      { id: 'remove-source', values: {}, edit: { type: 'removeSource' } },
      { id: 'set-layer-param', values: {}, edit: { type: 'setInputShape', shape: [28, 28, 1] } },
    ],
  };
}

export type SlideResult =
  | {
      readonly ok: true;
      readonly picture: PictureShape;
      readonly size: Size2;
      readonly arithmetic: readonly string[];
    }
  | { readonly ok: false; readonly refusal: ShapeResult };

/**
 * Slides a window over a picture `[height, width, channels]`; gives the output's height and width with
 * their arithmetic, or an objection that shows the arithmetic and proposes what would fit.
 */
export function slideOver(input: Shape, window: SlidingWindow): SlideResult {
  if (!isPicture(input)) return { ok: false, refusal: refuse(needsPicture(input)) };
  const along = (axis: 0 | 1) =>
    slideWindow({
      input: input[axis],
      size: window.size[axis],
      stride: window.strides[axis],
      padding: window.padding,
      ...(window.dilation === undefined ? {} : { dilation: window.dilation[axis] }),
    });
  const height = along(0);
  const width = along(1);
  if (height.length < 1 || width.length < 1) {
    const blamed = height.length < 1 ? height : width;
    return { ok: false, refusal: refuse(doesNotFit(input, window, blamed.arithmetic)) };
  }
  return {
    ok: true,
    picture: input,
    size: [height.length, width.length],
    arithmetic: [height.arithmetic, width.arithmetic],
  };
}

function doesNotFit(input: PictureShape, window: SlidingWindow, arithmetic: string): Objection {
  const added = typeof window.padding === 'number' ? 2 * window.padding : 0;
  const largest = (axis: 0 | 1) => Math.floor((input[axis] + added - 1) / (window.dilation?.[axis] ?? 1)) + 1;
  const fitting: Size2 = [Math.min(window.size[0], largest(0)), Math.min(window.size[1], largest(1))];
  const fixes: LayerFix[] = [
    setParam('padding', 'same'),
    setParam(window.param, fitting, shapeText(fitting)),
    { id: 'remove-source', values: {}, edit: { type: 'removeSource' } },
  ];
  return {
    code: 'window-does-not-fit',
    values: {
      window: shapeText(window.size),
      input: shapeText([input[0], input[1]]),
      arithmetic,
    },
    param: window.param,
    expected: `at most ${shapeText([largest(0), largest(1)])}`,
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
