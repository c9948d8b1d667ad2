import type { Document } from '../../../shared/document.ts';
import type { Analysis } from '../../../shared/graph/analysis.ts';
import { sizeOf } from '../../../shared/layers/shape.ts';
import type { Problem } from '../../../shared/problem.ts';
import { causeOf, isSuspect, type LayerOutputs, type Measured } from '../../../shared/training/causes.ts';
import type { WeightDistribution } from '../../../shared/training/distributions.ts';
import { gatherBatch } from '../dataset/batches.ts';
import type { LabelledPictures } from '../dataset/mnist.ts';
import { forward } from '../interpretation/forward.ts';
import { tidied } from '../interpretation/tidied.ts';
import type { TensorFlow } from '../tensorflow.ts';
import { weightsNow } from './keptDistributions.ts';
import type { PreparedTraining } from './prepare.ts';

/** How a training went so far. */
export type Progress = Pick<Measured, 'epochs' | 'firstLoss' | 'steps'>;

/** Images of the training set whose outputs are looked at. */
const lookedAt = 256;
/** Numbers that are looked at, of all these images and layers together: some tenths of a second. */
const mostNumbers = 20_000_000;
/** Within this of an end of what an activation can give. */
const atEnd = 0.01;
/** Where the outputs of activations end on both sides. */
const ends: Readonly<Record<string, readonly [number, number]>> = {
  sigmoid: [0, 1],
  hardSigmoid: [0, 1],
  tanh: [-1, 1],
};

/**
 * Says why a training learns nothing. What is costly to find out, how weights, gradients and each layer's outputs are, is
 * looked at only where it does learn nothing.
 */
export function createExplanation(
  tf: TensorFlow,
  { document, analysis }: { readonly document: Document; readonly analysis: Analysis },
  prepared: Pick<PreparedTraining, 'compiled' | 'steps' | 'data' | 'trainExamples' | 'evaluationBatch'>,
): (progress: Progress, next: Uint32Array) => Problem | undefined {
  const { trainExamples: examples, data, steps, compiled } = prepared;
  const commonest = commonestOf(data.dataset.train, examples);
  return (progress, next) => {
    const seen = { ...progress, examples, commonest };
    const isNumber = Number.isFinite(progress.epochs.at(-1)?.loss ?? 0);
    if (isNumber && !isSuspect(seen)) return undefined;
    const weights: readonly WeightDistribution[] = isNumber ? weightsNow(steps, compiled, next) : [];
    const outputs = isNumber ? outputsOf(tf, analysis, prepared) : [];
    return causeOf(document, analysis, { ...seen, weights, outputs });
  };
}

/** The share of the commonest class among the first images. */
function commonestOf({ labels }: LabelledPictures, examples: number): number {
  const counts = new Map<number, number>();
  for (const label of labels.subarray(0, examples)) counts.set(label, (counts.get(label) ?? 0) + 1);
  return Math.max(0, ...counts.values()) / Math.max(1, examples);
}

/** What layers give for the first images of the training set, as in prediction. */
function outputsOf(
  tf: TensorFlow,
  { layers, outputId }: Analysis,
  {
    compiled,
    steps,
    data: { dataset, centring },
    trainExamples,
    evaluationBatch,
  }: Pick<PreparedTraining, 'compiled' | 'steps' | 'data' | 'trainExamples' | 'evaluationBatch'>,
): readonly LayerOutputs[] {
  steps.sync();
  const [, ...shape] = compiled.model.inputs[0]?.shape ?? [];
  const counts = new Map<string, { all: number; zeros: number; saturated: number }>();
  const ofOne = [...layers.values()].reduce((sum, { outputShape }) => sum + sizeOf(outputShape ?? []), 1);
  const count = Math.min(lookedAt, trainExamples, Math.max(8, Math.floor(mostNumbers / ofOne)));
  for (let from = 0; from < count; from += evaluationBatch) {
    const length = Math.min(evaluationBatch, count - from);
    const indices = Uint32Array.from({ length }, (_, at) => from + at);
    const { pixels } = gatherBatch(dataset.train, indices, centring, dataset.classes);
    tidied(tf, () => {
      const x = tf.tensor(pixels, [length, ...shape.map((side) => side ?? 1)]);
      const network = { compiled, outputId: outputId ?? compiled.layers.at(-1)?.id ?? '' };
      forward(network, x, (id, given) => {
        const layer = layers.get(id);
        if (layer === undefined || layer.kind === 'Input') return undefined;
        const sum = counts.get(id) ?? { all: 0, zeros: 0, saturated: 0 };
        counts.set(id, sum);
        const range = ends[String(layer.values['activation'])];
        for (const value of given.dataSync()) {
          sum.all += 1;
          if (value === 0) sum.zeros += 1;
          if (range !== undefined && (value - range[0] < atEnd || range[1] - value < atEnd))
            sum.saturated += 1;
        }
        return undefined;
      });
    });
  }
  return [...counts].map(([layerId, { all, zeros, saturated }]) => ({
    layerId,
    zeros: zeros / all,
    saturated: saturated / all,
  }));
}
