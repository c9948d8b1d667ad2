import type * as tfc from '@tensorflow/tfjs-core';

import type { TensorFlow } from '../../tensorflow.ts';
import { replaceKernel } from '../replaceKernel.ts';

type Shape = [number, number, number, number];
type Size = number | [number, number];
type PoolInfo = tfc.backend_util.Conv2DInfo;

/**
 * Replaces gradients of pooling that TensorFlow.js computes wrongly. WebAssembly's for MaxPooling2D loses windows
 * without a positive number; those for AveragePooling2D, there and in plain JavaScript, divide by the whole window
 * where padding `same` cuts it off. TensorFlow's own are right.
 */
export function correctPoolGradients(tf: TensorFlow, backendName: 'wasm' | 'cpu'): void {
  const replace = (
    name: 'MaxPoolGrad' | 'AvgPoolGrad',
    compute: (info: PoolInfo, dy: Float32Array, x: Float32Array) => Float32Array,
  ) => {
    replaceKernel(tf, name, backendName, ({ inputs, attrs, backend }) => {
      const { dy, input } = inputs as { dy: tfc.Tensor; input: tfc.Tensor };
      const shape = input.shape as Shape;
      const info = tf.backend_util.computePool2DInfo(
        shape,
        attrs['filterSize'] as Size,
        attrs['strides'] as Size,
        1,
        attrs['pad'] as 'valid' | 'same',
      );
      const read = ({ dataId }: tfc.TensorInfo) => backend.readSync(dataId) as Float32Array;
      const gradient = compute(info, read(dy), read(input));
      return { dataId: backend.write(gradient, shape, 'float32'), shape, dtype: 'float32' };
    });
  };
  if (backendName === 'wasm') replace('MaxPoolGrad', maxPoolGradient);
  replace('AvgPoolGrad', averagePoolGradient);
}

/** The largest number of a window gets its gradient; of equal ones the first, as in TensorFlow. */
function maxPoolGradient(info: PoolInfo, dy: Float32Array, x: Float32Array): Float32Array {
  const dx = new Float32Array(x.length);
  forEachWindow(info, (output, pixels) => {
    for (let channel = 0; channel < info.inChannels; channel += 1) {
      let best = (pixels[0] ?? 0) + channel;
      for (const pixel of pixels) if (at(x, pixel + channel) > at(x, best)) best = pixel + channel;
      dx[best] = at(dx, best) + at(dy, output + channel);
    }
  });
  return dx;
}

function averagePoolGradient(info: PoolInfo, dy: Float32Array, x: Float32Array): Float32Array {
  const dx = new Float32Array(x.length);
  forEachWindow(info, (output, pixels) => {
    for (let channel = 0; channel < info.inChannels; channel += 1) {
      const share = at(dy, output + channel) / pixels.length;
      for (const pixel of pixels) dx[pixel + channel] = at(dx, pixel + channel) + share;
    }
  });
  return dx;
}

/** Calls back for each window with the offset of its result and those of its pixels, padding left out. */
function forEachWindow(info: PoolInfo, visit: (output: number, pixels: readonly number[]) => void): void {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, padInfo } = info;
  let output = 0;
  for (let example = 0; example < batchSize; example += 1) {
    for (let outRow = 0; outRow < outHeight; outRow += 1) {
      const top = outRow * info.strideHeight - padInfo.top;
      for (let outColumn = 0; outColumn < outWidth; outColumn += 1) {
        const left = outColumn * info.strideWidth - padInfo.left;
        const pixels: number[] = [];
        for (let row = Math.max(0, top); row < Math.min(inHeight, top + info.filterHeight); row += 1) {
          for (
            let column = Math.max(0, left);
            column < Math.min(inWidth, left + info.filterWidth);
            column += 1
          ) {
            pixels.push(((example * inHeight + row) * inWidth + column) * inChannels);
          }
        }
        visit(output, pixels);
        output += inChannels;
      }
    }
  }
}

const at = (values: Float32Array, index: number): number => values[index] ?? 0;
