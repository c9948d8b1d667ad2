import type * as tfc from '@tensorflow/tfjs-core';
import type { NodeJSKernelBackend } from '@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend';

import type { TensorFlow } from '../tensorflow.ts';

/**
 * Lets TensorFlow compute ReLU's gradient in one operation. TensorFlow.js composes it of a comparison, a selection, a
 * test for NaN, a constant of the size of a batch, a cast and a product.
 */
export function registerNativeGradients(tf: TensorFlow, backend: NodeJSKernelBackend): void {
  const stock = tf.getGradient('Relu');
  tf.unregisterGradient('Relu');
  tf.registerGradient({
    ...stock,
    gradFunc: (dy, saved, attrs) => {
      // Gradients are shared by all backends.
      if (tf.backend() !== backend) return stock.gradFunc(dy, saved, attrs);
      const [x] = saved as [tfc.Tensor];
      return { x: () => reluGradient(backend, dy as tfc.Tensor, x) };
    },
  });
}

function reluGradient(backend: NodeJSKernelBackend, dy: tfc.Tensor, x: tfc.Tensor): tfc.Tensor {
  const type = { name: 'T', type: backend.binding.TF_ATTR_TYPE, value: backend.binding.TF_FLOAT };
  return backend.executeSingleOutput('ReluGrad', [type], [dy, x]);
}
