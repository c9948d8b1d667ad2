import type * as tfc from '@tensorflow/tfjs-core';

import type { TensorFlow } from '../../tensorflow.ts';
import { replaceKernel } from '../replaceKernel.ts';

/**
 * Pads first where padding is `same` and a stride is larger than the filter: WebAssembly's convolution gives zeros for
 * some of those.
 */
export function correctSkippingConvolutions(tf: TensorFlow): void {
  for (const kernelName of ['Conv2D', 'FusedConv2D']) {
    replaceKernel(tf, kernelName, 'wasm', (call, stock) => {
      const { x, filter } = call.inputs as { x: tfc.Tensor4D; filter: tfc.Tensor4D };
      const { strides, pad, dilations } = call.attrs;
      if (pad !== 'same') return stock(call);
      const { padInfo, strideHeight, strideWidth } = tf.backend_util.computeConv2DInfo(
        x.shape,
        filter.shape,
        strides as number | [number, number],
        (dilations ?? 1) as number | [number, number],
        'same',
      );
      if (strideHeight <= filter.shape[0] && strideWidth <= filter.shape[1]) return stock(call);
      const padded = tf.pad(x, [
        [0, 0],
        [padInfo.top, padInfo.bottom],
        [padInfo.left, padInfo.right],
        [0, 0],
      ]);
      const result = stock({
        ...call,
        inputs: { ...call.inputs, x: padded },
        attrs: { ...call.attrs, pad: 'valid' },
      });
      padded.dispose();
      return result;
    });
  }
}
