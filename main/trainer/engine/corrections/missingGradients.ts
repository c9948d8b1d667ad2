import type * as tfc from '@tensorflow/tfjs-core';

import type { TensorFlow } from '../../tensorflow.ts';
import { addGradient, replaceGradient } from '../replaceKernel.ts';
import { separableConv2DPrototype, type SeparableConv2DLayer } from '../layers.ts';
import { spread } from '../spread.ts';

/**
 * Registers gradients that TensorFlow.js lacks, without which ThresholdedReLU and Conv3DTranspose cannot be trained, nor
 * anything before a Masking or an Embedding.
 */
export function registerMissingGradients(tf: TensorFlow): void {
  // A comparison does not change with what it compares.
  for (const kernelName of ['Greater', 'NotEqual']) {
    addGradient(tf, {
      kernelName,
      inputsToSave: ['a', 'b'],
      gradFunc(_dy, saved) {
        const [a, b] = saved as [tfc.Tensor, tfc.Tensor];
        return { a: () => tf.zeros(a.shape), b: () => tf.zeros(b.shape) };
      },
    });
  }
  addGradient(tf, {
    kernelName: 'Any',
    inputsToSave: ['x'],
    gradFunc(_dy, saved) {
      const [x] = saved as [tfc.Tensor];
      return { x: () => tf.zeros(x.shape) };
    },
  });
  replaceGradient(tf, 'GatherV2', (gather) => ({
    // TensorFlow.js makes the one of the places of whole numbers, and refuses it then.
    gradFunc(dy, saved, attrs) {
      const [, indices] = saved as [tfc.Tensor, tfc.Tensor];
      return { ...gather.gradFunc(dy, saved, attrs), indices: () => tf.zeros(indices.shape) };
    },
  }));
  // It is the gradient of a convolution; its own is that convolution.
  addGradient(tf, {
    kernelName: 'Conv3DBackpropInputV2',
    inputsToSave: ['dy', 'filter'],
    gradFunc(change, saved, attrs) {
      const [input, filter] = saved as [tfc.Tensor5D, tfc.Tensor5D];
      const x = change as tfc.Tensor5D;
      const strides = attrs['strides'] as [number, number, number];
      const pad = attrs['pad'] as 'valid' | 'same';
      return {
        dy: () => tf.conv3d(x, filter, strides, pad),
        filter: () =>
          tf
            .engine()
            .runKernel<tfc.Tensor>(
              'Conv3DBackpropFilterV2',
              { x, dy: input },
              { strides, pad, filterShape: filter.shape },
            ),
      };
    },
  });
}

/**
 * Lets SeparableConv2D be trained with dilation, whose gradients TensorFlow.js refuses: a dilated filter is a larger one
 * with zeros between its weights.
 */
export function correctDilatedSeparableConvolution(tf: TensorFlow): void {
  const layer = separableConv2DPrototype(tf);
  const stockCall = layer.call;
  layer.call = function (this: SeparableConv2DLayer, inputs, kwargs) {
    if (Math.max(...this.dilationRate) === 1) return stockCall.call(this, inputs, kwargs);
    const [x] = Array.isArray(inputs) ? inputs : [inputs];
    return tf.tidy(() => {
      const filter = this.depthwiseKernel.read();
      const [height, width, input, multiplier] = filter.shape;
      const flat: tfc.Tensor4D = tf.reshape(filter, [1, height, width, input * multiplier]);
      const apart = spread(tf, flat, this.dilationRate);
      const wide: tfc.Tensor4D = tf.reshape(apart, [apart.shape[1], apart.shape[2], input, multiplier]);
      const sums = tf.separableConv2d(x as tfc.Tensor4D, wide, this.pointwiseKernel.read(), 1, this.padding);
      return this.activation.apply(this.bias ? tf.add(sums, this.bias.read()) : sums);
    });
  };
}
