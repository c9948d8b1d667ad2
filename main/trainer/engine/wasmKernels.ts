import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type * as tfc from '@tensorflow/tfjs-core';

import type { TensorFlow } from '../tensorflow.ts';
import { replaceKernel } from './replaceKernel.ts';
import { replaceConvolutionLayer } from './wasm/convolutionLayer.ts';
import { registerDepthwiseGradients } from './wasm/depthwise.ts';
import { filterGradient } from './wasm/filterGradient.ts';
import { inputGradient } from './wasm/inputGradient.ts';
import { replaceMatrixProduct } from './wasm/matrixProduct.ts';
import { registerSegmentSum } from './wasm/segmentSum.ts';
import { correctSkippingConvolutions } from './wasm/skippingConvolution.ts';
import { replaceSum } from './wasm/sums.ts';

type Shape = [number, number, number, number];
type Pad = 'valid' | 'same' | number;

/**
 * Gives the WebAssembly backend what training needs and it lacks, from operations that it does well: the filter's
 * gradient is missing, the input's is slow (12 times slower than a convolution of that size), and so are a product with
 * a transposed matrix and a sum over leading axes.
 */
export function registerWasmKernels(tf: TensorFlow): void {
  const product = replaceMatrixProduct(tf);
  replaceKernel(tf, 'Conv2DBackpropFilter', 'wasm', ({ inputs, attrs, backend }) => {
    const { x, dy } = inputs as { x: tfc.Tensor4D; dy: tfc.Tensor4D };
    const info = convolutionInfo(tf, x.shape, attrs['filterShape'] as Shape, attrs);
    return filterGradient(tf, backend as BackendWasm, product, x, dy, info);
  });
  replaceKernel(tf, 'Conv2DBackpropInput', 'wasm', ({ inputs, attrs, backend }) => {
    const { dy, filter } = inputs as { dy: tfc.Tensor4D; filter: tfc.Tensor4D };
    const info = convolutionInfo(tf, attrs['inputShape'] as Shape, filter.shape, attrs);
    return inputGradient(tf, backend as BackendWasm, product, dy, filter, info);
  });
  correctSkippingConvolutions(tf);
  replaceConvolutionLayer(tf);
  replaceSum(tf);
  registerDepthwiseGradients(tf);
  registerSegmentSum(tf);
  replaceKernel(tf, 'Identity', 'wasm', ({ inputs, backend }) => {
    const { x } = inputs as { x: tfc.Tensor };
    // The same numbers, not a copy of them: no operation changes numbers in place.
    (backend as BackendWasm).incRef(x.dataId);
    return { dataId: x.dataId, shape: x.shape, dtype: x.dtype };
  });
}

function convolutionInfo(tf: TensorFlow, inputShape: Shape, filterShape: Shape, attrs: tfc.NamedAttrMap) {
  const strides = attrs['strides'] as number | [number, number];
  return tf.backend_util.computeConv2DInfo(inputShape, filterShape, strides, 1, attrs['pad'] as Pad);
}
