import type * as tfc from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';

import type { TrainingConfig } from '../../../shared/training/config.ts';
import { optimizerSpec } from '../../../shared/training/optimizers.ts';
import type { BatchNumbers } from '../dataset/batches.ts';
import type { TensorFlow } from '../tensorflow.ts';
import { countCorrect } from './measure.ts';

/** What one batch came to: its mean loss, and how many of its examples were right. */
export interface BatchResult {
  readonly loss: number;
  readonly correct: number;
}

/** A model with its loss and optimizer, a batch at a time. */
export interface Steps {
  /** Forward, gradients, update. */
  train(batch: BatchNumbers): BatchResult;
  /** Forward alone, as in prediction. */
  evaluate(batch: BatchNumbers): BatchResult;
  dispose(): void;
}

/** Carries out training steps eagerly, one operation after another. */
export function createSteps(tf: TensorFlow, model: tfl.LayersModel, config: TrainingConfig): Steps {
  const { kind, ...params } = config.optimizer;
  const optimizer = optimizerSpec(kind).build(tf, params);
  const variables = model.trainableWeights.map((weight) => weight.read() as tfc.Variable);
  const [, ...inputShape] = model.inputs[0]?.shape ?? [];
  const classes = model.outputs[0]?.shape.at(-1) ?? 0;
  const shape = inputShape.map((side) => side ?? 0);

  const lossOf = (labels: tfc.Tensor, predictions: tfc.Tensor): tfc.Scalar =>
    tf.mean(tf.metrics[config.loss](labels, predictions));
  const tensors = ({ examples, pixels, oneHot }: BatchNumbers) => ({
    x: tf.tensor(pixels, [examples, ...shape]),
    y: tf.tensor2d(oneHot, [examples, classes]),
  });
  return {
    train(batch) {
      return tf.tidy(() => {
        const { x, y } = tensors(batch);
        let predictions: tfc.Tensor | undefined;
        const cost = optimizer.minimize(
          () => {
            const output = model.apply(x, { training: true }) as tfc.Tensor;
            predictions = tf.keep(output.clone());
            return lossOf(y, output);
          },
          true,
          variables,
        );
        const loss = cost?.dataSync()[0] ?? NaN;
        const correct = countCorrect(predictions?.dataSync() ?? [], batch.labels, classes);
        predictions?.dispose();
        return { loss, correct };
      });
    },
    evaluate(batch) {
      return tf.tidy(() => {
        const { x, y } = tensors(batch);
        const predictions = model.apply(x, { training: false }) as tfc.Tensor;
        const loss = lossOf(y, predictions).dataSync()[0] ?? NaN;
        return { loss, correct: countCorrect(predictions.dataSync(), batch.labels, classes) };
      });
    },
    dispose() {
      optimizer.dispose();
    },
  };
}
