import type * as tfl from '@tensorflow/tfjs-layers';

import type { Shape } from './shape.ts';
import type { Objection, Reach, TensorFlowLayers } from './spec.ts';
import { numberText } from './window.ts';

/**
 * Turns TensorFlow's axis (the batch is 0; negative ones count from the end) into an index of a shape
 * without the batch; `undefined` where there is no such axis, or it is the batch.
 */
export function axisIndex(axis: number, shape: Shape): number | undefined {
  const withBatch = axis < 0 ? axis + shape.length + 1 : axis;
  return withBatch >= 1 && withBatch <= shape.length ? withBatch - 1 : undefined;
}

/** What a layer that computes over these axes sees of a picture: all rows, all columns, both, or just where it stands. */
export function reachOver(axes: readonly number[], input: Shape): Reach | undefined {
  const over = axes.map((axis) => axisIndex(axis, input));
  const [height, width] = [over.includes(0), over.includes(1)];
  return input.length === 3 && (height || width) ? { type: 'whole', axes: [height, width] } : undefined;
}

/** `value` is what the parameter is mended to. */
export function noSuchAxis(
  axis: number,
  shape: Shape,
  param = 'axis',
  value: number | readonly number[] | null = -1,
): Objection {
  const text = value === null ? '–' : [value].flat().map(numberText).join(', ');
  return {
    code: 'no-such-axis',
    values: { axis, axes: shape.length, input: shape.join(' × ') },
    param,
    expected: `−1, or 1 to ${String(shape.length)}`,
    received: String(axis),
    // Which of them fits depends on the layer; what is given fits most of them.
    fixes: [value, ...(typeof value === 'number' ? shape.slice(1).map((_side, index) => index + 1) : [])].map(
      (mended) => ({
        id: 'set-param',
        values: { param, value: mended === value ? text : String(mended) },
        edit: { type: 'setParams', params: { [param]: mended } },
      }),
    ),
  };
}

/** A layer of TensorFlow.js that does as it should on the last axis alone, and the axis that it is to work on. */
interface OnAxis {
  readonly name: string;
  readonly input: Shape;
  /** As the parameter says it. */
  readonly axis: number;
}

/**
 * Brings the axis to the end, where the layer is right, and back: on another axis TensorFlow.js computes something else
 * than Keras or nothing, and so would every program that loads the model.
 */
export function onLastAxis(
  tf: TensorFlowLayers,
  { name, input, axis }: OnAxis,
  build: (turned: Shape) => readonly tfl.layers.Layer[],
): readonly tfl.layers.Layer[] {
  const index = axisIndex(axis, input) ?? input.length - 1;
  if (index === input.length - 1) return build(input);
  const axes = input.map((_, at) => at);
  const turned = [...axes.filter((at) => at !== index), index];
  const dims = (order: readonly number[]) => order.map((at) => at + 1);
  return [
    tf.layers.permute({ dims: dims(turned), name: `${name}.permuted` }),
    ...build(turned.map((at) => input[at] ?? 0)),
    tf.layers.permute({ dims: dims(axes.map((at) => turned.indexOf(at))), name: `${name}.restored` }),
  ];
}

/**
 * Has a layer that works on the last axis, and that TensorFlow.js computes for pictures at most, see a volume
 * `[depth, height, width, channels]` as a picture `[depth·height, width, channels]`.
 */
export function asPicture(
  tf: TensorFlowLayers,
  name: string,
  input: Shape,
  layer: tfl.layers.Layer,
): readonly tfl.layers.Layer[] {
  const [depth = 1, height = 1, ...others] = input;
  if (input.length <= 3) return [layer];
  return [
    tf.layers.reshape({ targetShape: [depth * height, ...others], name: `${name}.flattened` }),
    layer,
    tf.layers.reshape({ targetShape: [...input], name: `${name}.unflattened` }),
  ];
}
