import type { TensorFlow } from '../../tensorflow.ts';
import { correctBatchNormalization } from './batchNormalization.ts';
import { correctCategoryEncoding } from './categoryEncoding.ts';
import { correctDilatedConvolution } from './dilatedConvolution.ts';
import { correctEmptyReductions } from './emptyReductions.ts';
import { correctJumps } from './jumps.ts';
import { correctLayerNormalization } from './layerNormalization.ts';
import { correctDilatedSeparableConvolution, registerMissingGradients } from './missingGradients.ts';
import { correctPoolGradients } from './poolGradients.ts';
import { correctResizeGradients } from './resizeGradients.ts';
import { correctVolumes } from './windows3d.ts';

const corrected = new Set<string>();

/** Corrects what TensorFlow.js gets wrong in training, whatever the backend; once, however often it is called. */
export function correctTraining(tf: TensorFlow): void {
  if (isFirst('training')) {
    correctBatchNormalization(tf);
    correctDilatedConvolution(tf);
    correctLayerNormalization(tf);
    correctCategoryEncoding(tf);
    correctDilatedSeparableConvolution(tf);
    registerMissingGradients(tf);
    correctJumps(tf);
  }
}

/** Corrects the kernels of a backend that is TensorFlow.js's own; once, however often it is called. */
export function correctBackend(tf: TensorFlow, backendName: 'wasm' | 'cpu'): void {
  if (isFirst(backendName)) {
    correctPoolGradients(tf, backendName);
    correctVolumes(tf, backendName);
    correctEmptyReductions(tf, backendName);
    if (backendName === 'cpu') correctResizeGradients(tf);
  }
}

function isFirst(name: string): boolean {
  const first = !corrected.has(name);
  corrected.add(name);
  return first;
}
