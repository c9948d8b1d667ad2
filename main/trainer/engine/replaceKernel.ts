import type * as tfc from '@tensorflow/tfjs-core';

import type { TensorFlow } from '../tensorflow.ts';

/** What a kernel is given. Its inputs are tensors, and operations may be called on them: none are recorded. */
export interface KernelCall {
  readonly inputs: Readonly<Record<string, tfc.Tensor>>;
  readonly attrs: tfc.NamedAttrMap;
  readonly backend: tfc.KernelBackend;
}

type Kernel = (call: KernelCall, stock: tfc.KernelFunc) => tfc.TensorInfo | tfc.TensorInfo[];

/** Registers a kernel of a backend in the place of the one there is, if any, which the new one is given. */
export function replaceKernel(tf: TensorFlow, kernelName: string, backendName: string, kernel: Kernel): void {
  const config = tf.getKernelsForBackend(backendName).find((other) => other.kernelName === kernelName);
  if (config) tf.unregisterKernel(kernelName, backendName);
  const missing = () => {
    throw new Error(`The backend ${backendName} has no kernel ${kernelName}.`);
  };
  const stock = config?.kernelFunc ?? missing;
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
