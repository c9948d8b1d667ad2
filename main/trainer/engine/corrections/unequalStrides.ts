import type * as tfc from '@tensorflow/tfjs-core';

import type { TensorFlow } from '../../tensorflow.ts';
import { replaceKernel } from '../replaceKernel.ts';

/**
 * Computes convolutions whose strides differ among height and width (and depth) by another way: every column first, then
 * those that the stride along the width takes. TensorFlow's own gives wrong numbers for some of them: of an input
 * `[2, 3, 3, 1]` and a filter `[1, 2, 1, 1]` with strides (1, 2), half of the outputs are those of other columns, and
 * volumes show numbers from outside the input. Its gradients are right.
 */
export function correctUnequalStrides(tf: TensorFlow, backendName: string): void {
  replaceKernel(tf, 'Conv2D', backendName, (call, stock) => {
    const { x, filter } = call.inputs as { x: tfc.Tensor4D; filter: tfc.Tensor4D };
    const { strides, pad, dilations, dimRoundingMode, dataFormat } = call.attrs;
    const [strideHeight, strideWidth] = perAxis(strides, 2);
    if (strideHeight === strideWidth || dataFormat === 'NCHW') return stock(call);
    return tf.tidy(() => {
      const { padInfo, outWidth } = tf.backend_util.computeConv2DInfo(
        x.shape,
        filter.shape,
        [strideHeight, strideWidth] as [number, number],
        dilations as number,
        pad as 'valid',
        dimRoundingMode as 'floor',
      );
      const padded = tf.pad(x, [
        [0, 0],
        [padInfo.top, padInfo.bottom],
        [padInfo.left, padInfo.right],
        [0, 0],
      ]);
      const every = stock({
        ...call,
        inputs: { x: padded, filter },
        attrs: { ...call.attrs, strides: [Number(strideHeight), 1], pad: 'valid' },
      }) as tfc.Tensor;
      return everyColumn(tf, every, Number(strideWidth), outWidth);
    });
  });
  // TensorFlow.js's fused one, in its parts.
  replaceKernel(tf, 'FusedConv2D', backendName, (call, stock) => {
    const { x, filter, bias, preluActivationWeights } = call.inputs as Record<string, tfc.Tensor | undefined>;
    const { strides, dataFormat, activation, leakyreluAlpha, ...attrs } = call.attrs;
    const [strideHeight, strideWidth] = perAxis(strides, 2);
    if (strideHeight === strideWidth || dataFormat === 'NCHW') return stock(call);
    return tf.tidy(() => {
      const sums = tf
        .engine()
        .runKernel<tfc.Tensor>(
          'Conv2D',
          { x, filter } as tfc.NamedTensorMap,
          { ...attrs, strides, dataFormat } as tfc.NamedAttrMap,
        );
      const shifted = bias === undefined ? sums : tf.add(sums, bias);
      switch (activation) {
        case 'relu':
          return tf.relu(shifted);
        case 'relu6':
          return tf.relu6(shifted);
        case 'elu':
          return tf.elu(shifted);
        case 'sigmoid':
          return tf.sigmoid(shifted);
        case 'leakyrelu':
          return tf.leakyRelu(shifted, leakyreluAlpha as number);
        case 'prelu':
          return preluActivationWeights === undefined ? shifted : tf.prelu(shifted, preluActivationWeights);
        default:
          return shifted;
      }
    });
  });
  replaceKernel(tf, 'Conv3D', backendName, (call, stock) => {
    const { x, filter } = call.inputs as { x: tfc.Tensor5D; filter: tfc.Tensor5D };
    const [depth, height, width] = perAxis(call.attrs['strides'], 3) as [number, number, number];
    if (depth === height && height === width) return stock(call);
    return tf.tidy(() => {
      const { padInfo, outWidth } = tf.backend_util.computeConv3DInfo(
        x.shape,
        filter.shape,
        [depth, height, width],
        (call.attrs['dilations'] ?? 1) as number,
        call.attrs['pad'] as 'valid',
      );
      const padded = tf.pad(x, [
        [0, 0],
        shared(padInfo.front + padInfo.back),
        shared(padInfo.top + padInfo.bottom),
        shared(padInfo.left + padInfo.right),
        [0, 0],
      ]);
      const every = stock({
        ...call,
        inputs: { x: padded, filter },
        attrs: { ...call.attrs, strides: [depth, height, 1], pad: 'valid' },
      }) as tfc.Tensor;
      return everyColumn(tf, every, width, outWidth);
    });
  });
}

/** A stride for each axis, of one for all or one each. */
const perAxis = (strides: unknown, axes: number): readonly number[] =>
  Array.isArray(strides) ? (strides as number[]) : Array.from({ length: axes }, () => strides as number);

/** What is padded before and after an axis; TensorFlow.js has it below 0 for volumes whose stride is larger than their filter. */
function shared(padding: number): [number, number] {
  const all = Math.max(padding, 0);
  return [Math.floor(all / 2), Math.ceil(all / 2)];
}

/** Every `stride`-th column of `[..., width, channels]`, as many as `count`. */
function everyColumn(tf: TensorFlow, x: tfc.Tensor, stride: number, count: number): tfc.Tensor {
  const columns = Int32Array.from({ length: count }, (_, column) => column * stride);
  return tf.gather(x, tf.tensor1d(columns, 'int32'), x.rank - 2);
}
