import type * as tfc from '@tensorflow/tfjs-core';

import type { TensorFlow } from '../../tensorflow.ts';
import { replaceGradient } from '../replaceKernel.ts';
import { conv2DPrototype, type Conv2DLayer } from '../layers.ts';
import { spread, spreadSide } from '../spread.ts';

/**
 * Lets dilated convolutions be trained: TensorFlow.js computes them, but refuses their gradients. A dilated filter is
 * a larger one with zeros between its weights, so the gradients are that filter's. Convas allows dilation with stride 1
 * alone, as TensorFlow.js does.
 */
export function correctDilatedConvolution(tf: TensorFlow): void {
  replaceGradient(tf, 'Conv2D', (stock) => ({
    gradFunc: (dy, saved, attrs) => {
      const dilations = attrs['dilations'] as number | [number, number];
      const dilation: readonly [number, number] = Array.isArray(dilations)
        ? dilations
        : [dilations, dilations];
      if (Math.max(...dilation) === 1) return stock.gradFunc(dy, saved, attrs);
      const [x, filter] = saved as [tfc.Tensor4D, tfc.Tensor4D];
      const [height, width, input, output] = filter.shape;
      const pad = attrs['pad'] as 'valid' | 'same';
      const large = [spreadSide(height, dilation[0]), spreadSide(width, dilation[1])] as const;
      return {
        x: () => {
          const flat: tfc.Tensor4D = tf.reshape(filter, [1, height, width, input * output]);
          const wide = tf.reshape<tfc.Rank.R4>(spread(tf, flat, dilation), [...large, input, output]);
          return tf.conv2dTranspose(dy as tfc.Tensor4D, wide, x.shape, 1, pad);
        },
        filter: () => {
          const filterShape = [...large, input, output];
          const config = { strides: 1, pad, dataFormat: 'NHWC', filterShape };
          const wide: tfc.Tensor = tf
            .engine()
            .runKernel('Conv2DBackpropFilter', { x, dy: dy as tfc.Tensor }, config);
          return tf.stridedSlice(wide, [0, 0, 0, 0], filterShape, [...dilation, 1, 1]);
        },
      };
    },
  }));

  // The layer's own call goes through a fused convolution, whose gradient cannot be replaced.
  const layer = conv2DPrototype(tf);
  const stockCall = layer.call;
  layer.call = function (this: Conv2DLayer, inputs, kwargs) {
    if (Math.max(...this.dilationRate) === 1) return stockCall.call(this, inputs, kwargs);
    const [x] = Array.isArray(inputs) ? inputs : [inputs];
    return tf.tidy(() => {
      const dilation: [number, number] = [...this.dilationRate];
      const sums = tf.conv2d(x as tfc.Tensor4D, this.kernel.read(), 1, this.padding, 'NHWC', dilation);
      return this.activation.apply(this.bias ? tf.add(sums, this.bias.read()) : sums);
    });
  };
}
