import type { Shape } from './shape.ts';
import type { Objection } from './spec.ts';
import { numberText } from './window.ts';

/**
 * Turns TensorFlow's axis (the batch is 0; negative ones count from the end) into an index of a shape
 * without the batch; `undefined` where there is no such axis, or it is the batch.
 */
export function axisIndex(axis: number, shape: Shape): number | undefined {
  const withBatch = axis < 0 ? axis + shape.length + 1 : axis;
  return withBatch >= 1 && withBatch <= shape.length ? withBatch - 1 : undefined;
}

export function noSuchAxis(axis: number, shape: Shape): Objection {
  return {
    code: 'no-such-axis',
    values: { axis, axes: shape.length, input: shape.join(' × ') },
    param: 'axis',
    expected: `−1, or 1 to ${String(shape.length)}`,
    received: String(axis),
    // Which of them fits depends on the layer; the last one fits most of them.
    fixes: [-1, ...shape.slice(1).map((_side, index) => index + 1)].map((value) => ({
      id: 'set-param',
      values: { param: 'axis', value: numberText(value) },
      edit: { type: 'setParams', params: { axis: value } },
    })),
  };
}
