import type * as tfc from '@tensorflow/tfjs-core';

import type { TensorFlow } from '../tensorflow.ts';

/** What a kernel is given. Its inputs are tensors, and operations may be called on them: none are recorded. */
export interface KernelCall {
  readonly inputs: Readonly<Record<string, tfc.Tensor>>;
  readonly attrs: tfc.NamedAttrMap;
  readonly backend: tfc.KernelBackend;
}

type Kernel = (call: KernelCall, stock: tfc.KernelFunc) => tfc.TensorInfo | tfc.TensorInfo[];

const kernels = new Map<string, Set<string>>();
const gradients = new Set<string>();

/** What is no longer TensorFlow.js's own: kernels by their backend, and gradients. A test asks for a case of each. */
export const replaced: {
  readonly kernels: ReadonlyMap<string, ReadonlySet<string>>;
  readonly gradients: ReadonlySet<string>;
} = { kernels, gradients };

/** Registers a kernel of a backend in the place of the one there is, if any, which the new one is given. */
export function replaceKernel(tf: TensorFlow, kernelName: string, backendName: string, kernel: Kernel): void {
  const config = tf.getKernelsForBackend(backendName).find((other) => other.kernelName === kernelName);
  if (config) tf.unregisterKernel(kernelName, backendName);
  const missing = () => {
    throw new Error(`The backend ${backendName} has no kernel ${kernelName}.`);
  };
  const stock = config?.kernelFunc ?? missing;
  kernels.set(backendName, (kernels.get(backendName) ?? new Set()).add(kernelName));
  tf.registerKernel({
    // The stock kernel's own set-up stays with it: WebAssembly's look up their functions there.
    ...config,
    kernelName,
    backendName,
    kernelFunc: ({ inputs, attrs = {}, backend }) =>
      kernel(
        { inputs: inputs as Record<string, tfc.Tensor>, attrs, backend: backend as tfc.KernelBackend },
        stock,
      ),
  });
}

/**
 * Registers a gradient, of all backends, in the place of the one there is.
 *
 * @param change makes the new one of the old; whatever it leaves out stays as it was
 */
export function replaceGradient(
  tf: TensorFlow,
  kernelName: string,
  change: (stock: tfc.GradConfig) => Omit<tfc.GradConfig, 'kernelName'>,
): void {
  const stock = tf.getGradient(kernelName);
  tf.unregisterGradient(kernelName);
  addGradient(tf, { ...stock, ...change(stock), kernelName });
}

/** Registers a gradient, of all backends, that TensorFlow.js lacks. */
export function addGradient(tf: TensorFlow, gradient: tfc.GradConfig): void {
  gradients.add(gradient.kernelName);
  tf.registerGradient(gradient);
}
