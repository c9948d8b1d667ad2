import type * as tfc from '@tensorflow/tfjs-core';

import type { TensorFlow } from '../tensorflow.ts';
import { replaceKernel } from './replaceKernel.ts';

type Shape4D = [number, number, number, number];

/**
 * Computes a convolution whose filter is as large as its input, and so has one place to stand, as what it is: a product
 * of matrices, `[batch, height·width·in] × [height·width·in, out]`. TensorFlow takes several times as long for it where
 * it is called a convolution.
 */
export function multiplyWholeConvolutions(tf: TensorFlow, backendName: string): void {
  replaceKernel(tf, 'Conv2D', backendName, (call, stock) => {
    const { x, filter } = call.inputs as { x: tfc.Tensor4D; filter: tfc.Tensor4D };
    if (!isWhole(x.shape, filter.shape, call.attrs)) return stock(call);
    return tf.tidy(() => {
      const product = tf.matMul(rows(tf, x), columns(tf, filter));
      return tf.reshape(product, [x.shape[0], 1, 1, filter.shape[3]]);
    });
  });
  // TensorFlow.js's fused one, of which it makes use in training too where there is no activation.
  replaceKernel(tf, 'FusedConv2D', backendName, (call, stock) => {
    const { x, filter, bias } = call.inputs as { x: tfc.Tensor4D; filter: tfc.Tensor4D; bias?: tfc.Tensor };
    const { activation } = call.attrs;
    if (activation !== 'linear' || !isWhole(x.shape, filter.shape, call.attrs)) return stock(call);
    return tf.tidy(() => {
      const sums = tf.conv2d(x, filter, 1, 'valid');
      return bias === undefined ? sums : tf.add(sums, bias);
    });
  });
  replaceKernel(tf, 'Conv2DBackpropFilter', backendName, (call, stock) => {
    const { x, dy } = call.inputs as { x: tfc.Tensor4D; dy: tfc.Tensor4D };
    const shape = call.attrs['filterShape'] as Shape4D;
    if (!isWhole(x.shape, shape, call.attrs)) return stock(call);
    return tf.tidy(() => tf.reshape(tf.matMul(rows(tf, x), rows(tf, dy), true, false), shape));
  });
  replaceKernel(tf, 'Conv2DBackpropInput', backendName, (call, stock) => {
    const { dy, filter } = call.inputs as { dy: tfc.Tensor4D; filter: tfc.Tensor4D };
    const shape = call.attrs['inputShape'] as Shape4D;
    if (!isWhole(shape, filter.shape, call.attrs)) return stock(call);
    return tf.tidy(() => tf.reshape(tf.matMul(rows(tf, dy), columns(tf, filter), false, true), shape));
  });
}

/** `[batch, height, width, channels]` as a matrix with a row for each example. */
const rows = (tf: TensorFlow, x: tfc.Tensor4D): tfc.Tensor2D =>
  tf.reshape(x, [x.shape[0], x.shape[1] * x.shape[2] * x.shape[3]]);

/** `[height, width, in, out]` as a matrix with a column for each output. */
const columns = (tf: TensorFlow, filter: tfc.Tensor4D): tfc.Tensor2D => {
  const [height, width, input, output] = filter.shape;
  return tf.reshape(filter, [height * width * input, output]);
};

/** Whether a filter covers all of its input, unpadded. */
function isWhole(
  [, height, width]: readonly number[],
  [filterHeight, filterWidth]: readonly number[],
  { pad, dilations, dataFormat }: tfc.NamedAttrMap,
): boolean {
  const isDilated = [dilations ?? 1].flat().some((dilation) => dilation !== 1);
  return (
    height === filterHeight && width === filterWidth && pad === 'valid' && !isDilated && dataFormat !== 'NCHW'
  );
}
