import type * as tfc from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';

import type { TensorFlow } from '../tensorflow.ts';

/** An activation of TensorFlow.js, as a layer holds it; the class is not exported. */
interface Activation {
  getClassName(): string;
  apply(x: tfc.Tensor, axis?: number): tfc.Tensor;
}

interface ActivatedLayer {
  readonly activation?: Activation;
}

export interface LogitsWatch {
  /** What the softmax was given when the model was applied last; it belongs to the caller's scope. */
  take(): tfc.Tensor | undefined;
  restore(): void;
}

/**
 * Keeps what a model's last softmax is given, from which cross-entropy is computed exactly: the logarithm of a
 * probability that float32 rounds to zero is lost. Keras does the same. `undefined` where a model does not end in one.
 */
export function watchLogits(tf: TensorFlow, model: tfl.LayersModel): LogitsWatch | undefined {
  const { activation } = (model.outputs[0]?.sourceLayer ?? {}) as ActivatedLayer;
  if (activation?.getClassName() !== 'softmax') return undefined;
  const stock = activation.apply.bind(activation);
  let logits: tfc.Tensor | undefined;
  activation.apply = (x, axis) => {
    // The model's own scope ends before the loss is computed.
    logits?.dispose();
    logits = tf.keep(x.clone());
    return stock(x, axis);
  };
  return {
    take() {
      if (logits === undefined) return undefined;
      const taken = logits.clone();
      logits.dispose();
      logits = undefined;
      return taken;
    },
    restore() {
      logits?.dispose();
      activation.apply = stock;
    },
  };
}
