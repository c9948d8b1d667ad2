import type { Document } from '../document.ts';
import { sizeOf } from '../layers/shape.ts';
import { fix, problem, type Fix, type Problem } from '../problem.ts';
import { optimizerSpec } from '../training/optimizers.ts';
import type { Analysis } from './analyze.ts';
import { datasetOf } from './preflight.ts';

const bytesPerNumber = 4;

/** Bytes that a training needs at its peak, roughly: what must be there, not what an engine adds. */
export interface MemoryEstimate {
  readonly weights: number;
  readonly activations: number;
  readonly dataset: number;
  readonly total: number;
  /** The layer that needs most, and how much. */
  readonly largest: { readonly id: string; readonly bytes: number } | null;
}

/**
 * Weights count as often as a training was measured to hold them at its peak; activations of a batch count forward and backward; the dataset lies in memory as bytes.
 *
 * @param copies how often weights are held; as the document's optimizer does, unless given
 */
export function estimateMemory(
  document: Document,
  analysis: Analysis,
  batchSize: number,
  copies = optimizerSpec(document.training.optimizer.kind).peakCopies,
): MemoryEstimate {
  let [weights, activations] = [0, 0];
  let largest: { id: string; bytes: number } | null = null;
  for (const { id, params, outputShape } of analysis.layers.values()) {
    const ofWeights = (params.trainable * copies + params.nonTrainable) * bytesPerNumber;
    const ofActivations = outputShape === null ? 0 : 2 * sizeOf(outputShape) * batchSize * bytesPerNumber;
    weights += ofWeights;
    activations += ofActivations;
    const bytes = ofWeights + ofActivations;
    if (largest === null || bytes > largest.bytes) largest = { id, bytes };
  }
  const info = datasetOf(document);
  const dataset = info === undefined ? 0 : sizeOf(info.shape) * (info.trainExamples + info.testExamples);
  return { weights, activations, dataset, total: weights + activations + dataset, largest };
}

/** One pass over examples takes no more memory than this for its activations, where one example does not need more. */
const passBudget = 512 * 2 ** 20;

/** How many examples are predicted at once, at most `most`: as many as stay within a budget of memory. */
export function examplesAtOnce(analysis: Analysis, most: number): number {
  let numbers = 0;
  for (const { outputShape } of analysis.layers.values())
    numbers += outputShape === null ? 0 : sizeOf(outputShape);
  return Math.max(1, Math.min(most, Math.floor(passBudget / (numbers * bytesPerNumber))));
}

/** Refuses a training that would not fit in `available` bytes, naming the layer to blame. */
export function memoryProblem(
  document: Document,
  analysis: Analysis,
  batchSize: number,
  available: number,
  copies?: number,
): Problem | undefined {
  const { total, largest } = estimateMemory(document, analysis, batchSize, copies);
  // Some must be left for the engine's own work and for everything else that runs.
  if (total <= 0.8 * available || largest === null) return undefined;
  return problem(
    'out-of-memory',
    {
      layer: largest.id,
      needed: gigabytes(total),
      available: gigabytes(available),
      share: gigabytes(largest.bytes),
      batchSize,
    },
    {
      nodeId: largest.id,
      expected: `at most ${gigabytes(0.8 * available)} GB`,
      received: `${gigabytes(total)} GB`,
      fixes: copies === undefined ? smallerBatch(document, analysis, batchSize, available) : [],
    },
  );
}

/** The largest power of two examples in a batch that fits. */
function smallerBatch(
  document: Document,
  analysis: Analysis,
  batchSize: number,
  available: number,
): readonly Fix[] {
  let smaller = 2 ** Math.ceil(Math.log2(batchSize) - 1);
  const fits = () => estimateMemory(document, analysis, smaller).total <= 0.8 * available;
  while (smaller > 1 && !fits()) smaller /= 2;
  if (smaller >= batchSize || smaller < 1 || !fits()) return [];
  return [
    fix(
      'set-training',
      { type: 'setTraining', values: { batchSize: smaller } },
      { param: 'batchSize', value: smaller },
    ),
  ];
}

function gigabytes(bytes: number): string {
  // A few dozen layers that double their input ask for more than any number.
  if (!(bytes < 1e15)) return '> 1000000';
  return (bytes / 1e9).toFixed(bytes < 1e10 ? 1 : 0);
}
