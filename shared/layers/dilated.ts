import type * as tfl from '@tensorflow/tfjs-layers';

import { samePadding, type Sides } from '../codegen/torchWindow.ts';
import type { Padding, Size2 } from './params.ts';
import type { Shape } from './shape.ts';
import type { TensorFlowLayers } from './spec.ts';

interface Dilated {
  readonly name: string;
  /** `[height, width, channels]` */
  readonly input: Shape;
  readonly kernelSize: Size2;
  readonly dilationRate: Size2;
  readonly padding: Padding;
  /** Channels of the output. */
  readonly channels: number;
}

/**
 * Carries out a dilated convolution by a layer that TensorFlow.js does not dilate: rows and columns are put in another
 * order, those first that are a multiple of the dilation, then those one further, so that the points of a kernel lie side
 * by side; the layer slides over that without padding, and the outputs are put back. Where windows reach from one group
 * into the next, they give what is cut off again.
 *
 * @param build the layer, without padding and with strides of 1
 */
export function dilated(
  tf: TensorFlowLayers,
  { name, input, kernelSize, dilationRate, padding, channels }: Dilated,
  build: () => tfl.layers.Layer,
): readonly tfl.layers.Layer[] {
  const axes = ([0, 1] as const).map((axis) => {
    const [side = 1, size, rate] = [input[axis], kernelSize[axis], dilationRate[axis]];
    const [before, behind]: Sides =
      padding === 'same'
        ? samePadding(side, size, 1, rate)
        : typeof padding === 'number'
          ? [padding, padding]
          : [0, 0];
    const padded = side + before + behind;
    const whole = Math.ceil(padded / rate) * rate;
    return { rate, before, behind: whole - side - before, whole, output: padded - (size - 1) * rate, size };
  });
  const [rows, columns] = axes;
  if (rows === undefined || columns === undefined) throw new Error('A picture has two axes.');
  const [height, width] = [rows.whole, columns.whole];
  /** `[a·b]` of each axis becomes `[b·a]`: `groups` is how many stand apart before it. */
  const reordered = (part: string, depth: number, high: number, wide: number) => [
    tf.layers.reshape({ targetShape: [high, height / high, width * depth], name: `${name}.${part}_rows` }),
    tf.layers.permute({ dims: [2, 1, 3], name: `${name}.${part}_rows_turned` }),
    tf.layers.reshape({ targetShape: [height, wide, width / wide, depth], name: `${name}.${part}_columns` }),
    tf.layers.permute({ dims: [1, 3, 2, 4], name: `${name}.${part}_columns_turned` }),
    tf.layers.reshape({ targetShape: [height, width, depth], name: `${name}.${part}` }),
  ];
  return [
    tf.layers.zeroPadding2d({
      padding: [
        [rows.before, rows.behind],
        [columns.before, columns.behind],
      ],
      name: `${name}.padding`,
    }),
    ...reordered('grouped', input[2] ?? 1, height / rows.rate, width / columns.rate),
    build(),
    tf.layers.zeroPadding2d({
      padding: [
        [0, rows.size - 1],
        [0, columns.size - 1],
      ],
      name: `${name}.filled`,
    }),
    ...reordered('restored', channels, rows.rate, columns.rate),
    tf.layers.cropping2D({
      cropping: [
        [0, height - rows.output],
        [0, width - columns.output],
      ],
      name: `${name}.cropped`,
    }),
  ];
}
