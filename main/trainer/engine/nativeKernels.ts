import type * as tfc from '@tensorflow/tfjs-core';
import type { NodeJSKernelBackend } from '@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend';
import type { TFEOpAttr } from '@tensorflow/tfjs-node-gpu/dist/tfjs_binding';

import type { TensorFlow } from '../tensorflow.ts';
import { replaceGradient, replaceKernel } from './replaceKernel.ts';

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
  function useGradient(
    kernelName: string,
    gradient: (dy: tfc.Tensor, saved: readonly tfc.Tensor[]) => Record<string, () => tfc.Tensor> | undefined,
    saves: Partial<tfc.GradConfig> = {},
  ): void {
    replaceGradient(tf, kernelName, (stock) => ({
      ...saves,
      gradFunc: (dy, saved, attrs) =>
        (tf.backend() === backend ? gradient(dy as tfc.Tensor, saved) : undefined) ??
        stock.gradFunc(dy, saved, attrs),
    }));
  }

  // ReLU's gradient from its result, not its input, which then nobody needs. The stock one gives the same of both.
  useGradient('Relu', (dy, [y]) => ({ x: () => execute('ReluGrad', [float], [dy, y]) }), {
    inputsToSave: [],
    outputsToSave: [true],
  });
  useGradient('Tanh', (dy, [y]) => ({ x: () => execute('TanhGrad', [float], [y, dy]) }));
  useGradient('Sigmoid', (dy, [y]) => ({ x: () => execute('SigmoidGrad', [float], [y, dy]) }));

  replaceKernel(tf, 'Add', backendName, (call, stock) => {
    const { a, b } = call.inputs;
    if (a === undefined || b === undefined || !isBias(a, b)) return stock(call);
    if (b.rank === 1) return execute('BiasAdd', [float, channelsLast], [a, b]);
    const flat = tf.reshape(b, [b.size]);
    const sum = execute('BiasAdd', [float, channelsLast], [a, flat]);
    flat.dispose();
    return sum;
  });
  // The gradient of a bias: the sums of each channel.
  replaceKernel(tf, 'Sum', backendName, (call, stock) => {
    const { x } = call.inputs;
    const { axis, keepDims } = call.attrs;
    if (x === undefined || keepDims === true || !isAllButLast(tf, x, axis)) return stock(call);
    if (x.rank === 2) return execute('BiasAddGrad', [float, channelsLast], [x]);
    // As rows, in which TensorFlow's rewriter does not see the gradient of a convolution's bias: it would compute it with
    // the filter's gradient in one operation, which takes a third longer than both.
    const rows = tf.reshape(x, [-1, x.shape.at(-1) ?? 1]);
    const sums = execute('BiasAddGrad', [float, channelsLast], [rows]);
    rows.dispose();
    return sums;
  });

  replaceKernel(tf, 'BatchMatMul', backendName, (call, stock) => {
    const { a, b } = call.inputs;
    if (a === undefined || b === undefined || a.dtype !== 'float32') return stock(call);
    // TensorFlow.js writes the product of two matrices as one of two stacks of one matrix each.
    const isOne = (stack: tfc.Tensor) => stack.rank === 2 || (stack.rank === 3 && stack.shape[0] === 1);
    if (!isOne(a) || !isOne(b)) return stock(call);
    const turned = (name: string, value: unknown) => ({ name, type: TF_ATTR_BOOL, value: value === true });
    const { transposeA, transposeB } = call.attrs;
    const attributes = [float, turned('transpose_a', transposeA), turned('transpose_b', transposeB)];
    if (a.rank === 2 && b.rank === 2) return execute('MatMul', attributes, [a, b]);
    return tf.tidy(() => {
      const matrix = (stack: tfc.Tensor) => tf.reshape(stack, stack.shape.slice(-2));
      const product = execute('MatMul', attributes, [matrix(a), matrix(b)]);
      return tf.reshape(product, [1, ...product.shape]);
    });
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

/** @param axis as an operation is given it: one, several, counted from the end too; none for all of them */
function isAllButLast(
  tf: TensorFlow,
  { rank, dtype, shape }: tfc.Tensor,
  axis: tfc.NamedAttrMap[string] | undefined,
): boolean {
  const axes = new Set(tf.util.parseAxisParam((axis ?? null) as number | number[], shape));
  return dtype === 'float32' && rank >= 2 && axes.size === rank - 1 && !axes.has(rank - 1);
}
