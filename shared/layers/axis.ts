import type { Shape } from './shape.ts';
import type { Objection } from './spec.ts';

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
    fixes: [
      {
        id: 'set-param',
        values: { param: 'axis', value: '−1' },
        edit: { type: 'setParams', params: { axis: -1 } },
      },
    ],
  };
}
