import type * as tfc from '@tensorflow/tfjs-core';
import type { NodeJSKernelBackend } from '@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend';

import type { TensorFlow } from '../tensorflow.ts';

/**
 * Cross-entropy of what a softmax makes of `logits`, computed without the softmax's probabilities, which may be too
 * small for a logarithm: `log Σ exp(logits) − Σ labels · logits`. Its gradient is `softmax(logits) − labels`.
 *
 * @param labels `[examples, classes]`, each row a distribution; nothing is learned from here
 * @param logits `[examples, classes]`
 * @returns `[examples]`
 */
export type CrossEntropy = (labels: tfc.Tensor, logits: tfc.Tensor) => tfc.Tensor;

/** Composes it of TensorFlow.js's operations. */
export function createCrossEntropy(tf: TensorFlow): CrossEntropy {
  return (labels, logits) =>
    tf.customGrad((given, save) => {
      const x = given as tfc.Tensor;
      const logProbabilities = tf.logSoftmax(x);
      (save as tfc.GradSaveFunc)([logProbabilities]);
      return {
        value: tf.neg(tf.sum(tf.mul(labels, logProbabilities), -1)),
        gradFunc: (dy: tfc.Tensor, saved: tfc.Tensor[]) => {
          const [probabilities] = saved.map((tensor) => tf.exp(tensor));
          if (probabilities === undefined) throw new Error('TensorFlow.js did not save what it was given.');
          return tf.mul(tf.sub(probabilities, labels), tf.expandDims(dy, -1));
        },
      };
    })(logits);
}

/** Leaves both the loss and its gradient to one operation of TensorFlow. */
export function createNativeCrossEntropy(tf: TensorFlow, backend: NodeJSKernelBackend): CrossEntropy {
  const type = { name: 'T', type: backend.binding.TF_ATTR_TYPE, value: backend.binding.TF_FLOAT };
  return (labels, logits) =>
    tf.customGrad((given, save) => {
      const inputs = [given as tfc.Tensor, labels];
      const [loss, gradient] = backend.executeMultipleOutputs(
        'SoftmaxCrossEntropyWithLogits',
        [type],
        inputs,
        2,
      );
      if (loss === undefined || gradient === undefined) throw new Error('TensorFlow gave no loss.');
      (save as tfc.GradSaveFunc)([gradient]);
      return {
        value: loss,
        gradFunc: (dy: tfc.Tensor, saved: tfc.Tensor[]) => {
          const [ofLogits] = saved;
          if (ofLogits === undefined) throw new Error('TensorFlow.js did not save what it was given.');
          return tf.mul(ofLogits, tf.expandDims(dy, -1));
        },
      };
    })(logits);
}
