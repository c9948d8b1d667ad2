import { call, literal, shortSize } from '../codegen/python.ts';
import { asPictures } from './composed.ts';
import { limits, strideText } from './commonParams.ts';
import { size1, size3, type Param, type Translated, type ValuesOf } from './params.ts';
import { needsAxes } from './slidingWindow.ts';
import { defineLayer, refuse, shaped, type Example, type LayerSpec } from './spec.ts';

interface SizeParams {
  readonly [name: string]: Param<unknown>;
  readonly size: Param<readonly number[]>;
}

interface UpSampling {
  readonly kind: string;
  readonly axes: 1 | 3;
  readonly icon: string;
  readonly title: Translated;
  readonly summary: Translated;
  readonly help: Translated;
  readonly examples: readonly Example<SizeParams>[];
}

/** A layer that repeats what it is given along each axis but the channels. */
export function defineUpSampling({ axes, help, ...layer }: UpSampling): LayerSpec {
  const said = { min: 1, max: limits.window, label: { en: 'Size', 'zh-TW': '倍數' }, help } as const;
  return defineLayer<SizeParams>({
    ...layer,
    version: 1,
    category: 'shape',
    inputs: { min: 1, max: 1 },
    params: { size: axes === 1 ? size1({ ...said, default: [2] }) : size3({ ...said, default: [2, 2, 2] }) },
    describe: ({ size }: ValuesOf<SizeParams>) => `× ${strideText(size)}`,
    outputShape({ size }: ValuesOf<SizeParams>, [input = []]) {
      if (input.length !== axes + 1) return refuse(needsAxes(axes, input));
      const sides = size.map((times, axis) => (input[axis] ?? 0) * times);
      const texts = size.map(
        (times, axis) => `${String(input[axis])}·${String(times)} = ${String(sides[axis])}`,
      );
      return shaped([...sides, input.at(-1) ?? 0], texts);
    },
    weights: () => [],
    macs: () => 0,
    reach: () => ({ type: 'whole' }),
    build: (tf, { size }: ValuesOf<SizeParams>, { name, inputs: [input = []] }) =>
      asPictures(tf, name, input, size, {
        build: (part, rows, columns) => tf.layers.upSampling2d({ size: [rows, columns], name: part }),
        length: (side, times) => side * times,
        none: 1,
      }),
    keras: { positional: ['size'] },
    pytorch: {
      layout: () => 'first',
      code: ({ size }: ValuesOf<SizeParams>) => ({
        steps: [(x = '') => call('F.interpolate', [x], { scale_factor: literal(shortSize(size)) })],
      }),
    },
  });
}
