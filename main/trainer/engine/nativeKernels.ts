import type * as tfc from '@tensorflow/tfjs-core';
import type { NodeJSKernelBackend } from '@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend';
import type { TFEOpAttr } from '@tensorflow/tfjs-node-gpu/dist/tfjs_binding';

import type { TensorFlow } from '../tensorflow.ts';
import { replaceKernel } from './replaceKernel.ts';

/**
 * Lets TensorFlow compute in one operation what TensorFlow.js composes of several: gradients of activations, a bias and
 * its gradient, a product of two matrices. They are also the forms that TensorFlow's own rewriter looks for, which
 * makes one operation of a convolution, its bias and its activation.
 */
export function registerNativeKernels(
  tf: TensorFlow,
  backend: NodeJSKernelBackend,
  backendName: string,
): void {
  const { TF_ATTR_TYPE, TF_ATTR_BOOL, TF_ATTR_STRING, TF_FLOAT } = backend.binding;
  const float = { name: 'T', type: TF_ATTR_TYPE, value: TF_FLOAT };
  const channelsLast = { name: 'data_format', type: TF_ATTR_STRING, value: 'NHWC' };

  /** Gradients are shared by all backends: others keep theirs, which must do with what is saved here. */
  function replaceGradient(
    kernelName: string,
    gradient: (dy: tfc.Tensor, saved: readonly tfc.Tensor[]) => Record<string, () => tfc.Tensor> | undefined,
    saves: Partial<tfc.GradConfig> = {},
  ): void {
    const stock = tf.getGradient(kernelName);
    tf.unregisterGradient(kernelName);
    tf.registerGradient({
      ...stock,
      ...saves,
      gradFunc: (dy, saved, attrs) =>
        (tf.backend() === backend ? gradient(dy as tfc.Tensor, saved) : undefined) ??
        stock.gradFunc(dy, saved, attrs),
    });
  }

  // ReLU's gradient from its result, not its input, which then nobody needs. The stock one gives the same of both.
  replaceGradient('Relu', (dy, [y]) => ({ x: () => execute('ReluGrad', [float], [dy, y]) }), {
    inputsToSave: [],
    outputsToSave: [true],
  });
  replaceGradient('Tanh', (dy, [y]) => ({ x: () => execute('TanhGrad', [float], [y, dy]) }));
  replaceGradient('Sigmoid', (dy, [y]) => ({ x: () => execute('SigmoidGrad', [float], [y, dy]) }));

  replaceKernel(tf, 'Add', backendName, (call, stock) => {
    const { a, b } = call.inputs;
    if (a === undefined || b === undefined || !isBias(a, b)) return stock(call);
    if (b.rank === 1) return execute('BiasAdd', [float, channelsLast], [a, b]);
    const flat = tf.reshape(b, [b.size]);
    const sum = execute('BiasAdd', [float, channelsLast], [a, flat]);
    flat.dispose();
    return sum;
  });
  replaceGradient('Add', (dy, [a, b]) => {
    if (a === undefined || b === undefined || !isBias(a, b)) return undefined;
    return {
      a: () => dy.clone(),
      b: () => tf.reshape(execute('BiasAddGrad', [float, channelsLast], [dy]), b.shape),
    };
  });

  replaceKernel(tf, 'BatchMatMul', backendName, (call, stock) => {
    const { a, b } = call.inputs;
    if (a?.rank !== 2 || b?.rank !== 2 || a.dtype !== 'float32') return stock(call);
    const turned = (name: string, value: unknown) => ({ name, type: TF_ATTR_BOOL, value: value === true });
    const { transposeA, transposeB } = call.attrs;
    const attributes = [float, turned('transpose_a', transposeA), turned('transpose_b', transposeB)];
    return execute('MatMul', attributes, [a, b]);
  });

  function execute(
    op: string,
    attributes: TFEOpAttr[],
    inputs: readonly (tfc.Tensor | undefined)[],
  ): tfc.Tensor {
    const given = inputs.filter((input) => input !== undefined);
    return backend.executeSingleOutput(op, attributes, given);
  }
}

/** Whether `b` has one number for each of the last axis of `a`, and is added to all rows. */
function isBias(a: tfc.Tensor, b: tfc.Tensor): boolean {
  return (
    a.dtype === 'float32' &&
    b.dtype === 'float32' &&
    a.rank >= 2 &&
    a.rank <= 5 &&
    b.rank <= a.rank &&
    b.rank >= 1 &&
    b.size === a.shape.at(-1) &&
    b.shape.at(-1) === b.size
  );
}
