import type * as tfc from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';

/**
 * The numbers of a float32 tensor where WebAssembly keeps them, to be read or written in place. They are no longer
 * there once another tensor was made: its memory may move when it grows.
 */
export function numbersOf(backend: BackendWasm, tensor: tfc.TensorInfo): Float32Array {
  return backend.typedArrayFromHeap(tensor) as Float32Array;
}

/**
 * Lends part of a float32 tensor as a tensor of its own, without a copy.
 *
 * @param from where the part begins, in numbers
 */
export function withPart<T>(
  backend: BackendWasm,
  tensor: tfc.TensorInfo,
  from: number,
  shape: number[],
  use: (part: tfc.TensorInfo) => T,
): T {
  const address = backend.getMemoryOffset(tensor.dataId) + from * Float32Array.BYTES_PER_ELEMENT;
  const part = backend.makeOutput(shape, 'float32', address);
  try {
    return use(part);
  } finally {
    // Not as tensors are disposed of: the memory is that of the tensor it is part of.
    backend.wasm.tfjs.disposeData(backend.dataIdMap.get(part.dataId).id);
    backend.dataIdMap.delete(part.dataId);
  }
}
