/** TensorFlow.js with all that Convas uses of it; which engine computes is decided when it is loaded. */
export type TensorFlow = typeof import('@tensorflow/tfjs');
