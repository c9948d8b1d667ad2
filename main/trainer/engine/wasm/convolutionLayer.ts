import type * as tfc from '@tensorflow/tfjs-core';

import type { TensorFlow } from '../../tensorflow.ts';
import { conv2DPrototype, type Conv2DLayer } from '../layers.ts';
import { addGradient } from '../replaceKernel.ts';

/**
 * Lets Conv2D layers add their bias within the convolution, and leave out gradients that nobody reads: TensorFlow.js
 * always computes the one of the pictures, or else adds the bias by itself, which takes WebAssembly as long as the
 * convolution where there are few channels.
 */
export function replaceConvolutionLayer(tf: TensorFlow): void {
  const engine = tf.engine();
  addGradient(tf, {
    kernelName: 'FusedConv2D',
    inputsToSave: ['x', 'filter'],
    gradFunc: (dy, [x, filter], attrs) => {
      const gradient = dy as tfc.Tensor;
      const [input, weights] = [x, filter] as [tfc.Tensor, tfc.Tensor];
      return {
        x: () =>
          engine.runKernel(
            'Conv2DBackpropInput',
            { dy: gradient, filter: weights },
            { ...attrs, inputShape: input.shape },
          ),
        filter: () =>
          engine.runKernel(
            'Conv2DBackpropFilter',
            { x: input, dy: gradient },
            { ...attrs, filterShape: weights.shape },
          ),
        bias: () => tf.sum(gradient, [0, 1, 2]),
      };
    },
  });
  const layer = conv2DPrototype(tf);
  const stockCall = layer.call;
  layer.call = function (this: Conv2DLayer, inputs, kwargs) {
    const { bias, dilationRate } = this;
    if (tf.getBackend() !== 'wasm' || bias === null || Math.max(...dilationRate) > 1) {
      return stockCall.call(this, inputs, kwargs);
    }
    const [x] = (Array.isArray(inputs) ? inputs : [inputs]) as [tfc.Tensor];
    return tf.tidy(() => {
      const attrs = { strides: [...this.strides], pad: this.padding, dataFormat: 'NHWC', dilations: [1, 1] };
      const sums: tfc.Tensor = engine.runKernel(
        'FusedConv2D',
        { x, filter: this.kernel.read(), bias: bias.read() },
        { ...attrs, activation: 'linear' },
      );
      return this.activation.apply(sums);
    });
  };
}
