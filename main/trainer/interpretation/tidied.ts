import type { TensorFlow } from '../tensorflow.ts';

/** Does something that gives no tensors, and lets go of all that were made for it. */
export function tidied<T>(tf: TensorFlow, work: () => T): T {
  const engine = tf.engine();
  engine.startScope();
  try {
    return work();
  } finally {
    engine.endScope();
  }
}
