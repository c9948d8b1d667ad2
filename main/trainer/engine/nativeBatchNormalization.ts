import type * as tfc from '@tensorflow/tfjs-core';
import type { NodeJSKernelBackend } from '@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend';

import type { TensorFlow } from '../tensorflow.ts';
import { batchNormalizationPrototype, type BatchNormalizationLayer } from './layers.ts';

/**
 * Lets TensorFlow normalize a batch, and compute the gradients, in one operation each. TensorFlow.js composes them of
 * some forty, every one of which goes through the whole batch.
 */
export function normalizeNatively(tf: TensorFlow, backend: NodeJSKernelBackend): void {
  const layer = batchNormalizationPrototype(tf);
  const stockCall = layer.call;
  layer.call = function (this: BatchNormalizationLayer, inputs, kwargs) {
    const [x] = Array.isArray(inputs) ? inputs : [inputs];
    const isLastAxis = x !== undefined && (this.axis === -1 || this.axis === x.rank - 1);
    if (kwargs['training'] !== true || tf.backend() !== backend || !isLastAxis) {
      return stockCall.call(this, inputs, kwargs);
    }
    return tf.tidy(() => {
      const channels = x.shape.at(-1) ?? 1;
      // The operation takes pictures: whatever else comes is one that is a number high.
      const rows = x.size / channels;
      const pictures: tfc.Tensor4D =
        x.rank === 4 ? (x as tfc.Tensor4D) : tf.reshape(x, [rows, 1, 1, channels]);
      const gamma = this.gamma?.read() ?? tf.ones([channels]);
      const beta = this.beta?.read() ?? tf.zeros([channels]);
      const { y, mean, variance } = normalize(tf, backend, pictures, gamma, beta, this.epsilon);
      const follow = (moving: BatchNormalizationLayer['movingMean'], value: tfc.Tensor) => {
        const before = moving.read();
        moving.write(tf.sub(before, tf.mul(tf.sub(before, value), 1 - this.momentum)));
      };
      follow(this.movingMean, mean);
      // TensorFlow's is that of a sample; the one that Keras and TensorFlow.js keep is the batch's own.
      follow(this.movingVariance, tf.div(tf.mul(variance, rows - 1), rows));
      mean.dispose();
      variance.dispose();
      return x.rank === 4 ? y : tf.reshape(y, x.shape);
    });
  };
}

/** The batch with mean 0 and variance 1 in each channel, scaled and shifted; and what they were, to be disposed of. */
function normalize(
  tf: TensorFlow,
  backend: NodeJSKernelBackend,
  pictures: tfc.Tensor4D,
  gamma: tfc.Tensor,
  beta: tfc.Tensor,
  epsilon: number,
): { readonly y: tfc.Tensor; readonly mean: tfc.Tensor; readonly variance: tfc.Tensor } {
  const { TF_ATTR_TYPE, TF_ATTR_FLOAT, TF_ATTR_STRING, TF_ATTR_BOOL, TF_FLOAT } = backend.binding;
  const attributes = [
    { name: 'T', type: TF_ATTR_TYPE, value: TF_FLOAT },
    { name: 'U', type: TF_ATTR_TYPE, value: TF_FLOAT },
    { name: 'epsilon', type: TF_ATTR_FLOAT, value: epsilon },
    { name: 'data_format', type: TF_ATTR_STRING, value: 'NHWC' },
    { name: 'is_training', type: TF_ATTR_BOOL, value: true },
  ];
  const statistics: tfc.Tensor[] = [];
  const y = tf.customGrad((...given) => {
    const save = given.pop() as tfc.GradSaveFunc;
    const [x, scale, offset] = given as tfc.Tensor[];
    if (x === undefined || scale === undefined || offset === undefined)
      throw new Error('An input is missing.');
    const none = tf.tensor1d([]);
    const results = backend.executeMultipleOutputs(
      'FusedBatchNormV3',
      attributes,
      [x, scale, offset, none, none],
      6,
    );
    const [value, mean, variance, ...reserved] = results;
    if (value === undefined || mean === undefined || variance === undefined) {
      throw new Error('TensorFlow did not normalize.');
    }
    // The gradient's own scope ends before they are read.
    statistics.push(tf.keep(mean.clone()), tf.keep(variance.clone()));
    save([x, scale, ...reserved]);
    return {
      value,
      gradFunc: (dy: tfc.Tensor, saved: tfc.Tensor[]) =>
        backend.executeMultipleOutputs('FusedBatchNormGradV3', attributes, [dy, ...saved], 5).slice(0, 3),
    };
  })(pictures, gamma, beta);
  const [mean, variance] = statistics;
  if (mean === undefined || variance === undefined) throw new Error('TensorFlow gave no mean.');
  return { y, mean, variance };
}
