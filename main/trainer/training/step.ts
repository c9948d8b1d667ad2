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
  /** How steps are carried out: one operation after another, or as one graph. */
  readonly mode: 'eager' | 'graph';
  /** Forward, gradients, update. */
  train(batch: BatchNumbers): BatchResult;
  /** Forward alone, as in prediction. */
  evaluate(batch: BatchNumbers): BatchResult;
  /** Brings what was learned into the model's weights, where it is kept elsewhere meanwhile. */
  sync(): void;
  dispose(): void;
}

/** Loss `[]` and predictions `[examples, classes]` of a batch. */
interface BatchTensors {
  readonly loss: tfc.Tensor;
  readonly predictions: tfc.Tensor;
}

/** A step on tensors; to be called within a `tf.tidy`. */
export interface EagerStep {
  /** Shape of an example, without the batch. */
  readonly inputShape: readonly number[];
  readonly classes: number;
  readonly optimizer: tfc.Optimizer;
  trainOn(x: tfc.Tensor, y: tfc.Tensor): BatchTensors;
  evaluateOn(x: tfc.Tensor, y: tfc.Tensor): BatchTensors;
  dispose(): void;
}

export function createEager(tf: TensorFlow, model: tfl.LayersModel, config: TrainingConfig): EagerStep {
  const { kind, ...params } = config.optimizer;
  const optimizer = optimizerSpec(kind).build(tf, params);
  const variables = model.trainableWeights.map((weight) => weight.read() as tfc.Variable);
  const [, ...inputShape] = model.inputs[0]?.shape ?? [];
  const lossOf = (labels: tfc.Tensor, predictions: tfc.Tensor): tfc.Scalar =>
    tf.mean(tf.metrics[config.loss](labels, predictions));
  return {
    inputShape: inputShape.map((side) => side ?? 0),
    classes: model.outputs[0]?.shape.at(-1) ?? 0,
    optimizer,
    trainOn(x, y) {
      let predictions: tfc.Tensor | undefined;
      const loss = optimizer.minimize(
        () => {
          const output = model.apply(x, { training: true }) as tfc.Tensor;
          // The gradient's own scope ends before the predictions are read.
          predictions = tf.keep(output.clone());
          return lossOf(y, output);
        },
        true,
        variables,
      );
      if (loss === null || predictions === undefined) throw new Error('The optimizer gave no loss.');
      return { loss, predictions };
    },
    evaluateOn(x, y) {
      const predictions = model.apply(x, { training: false }) as tfc.Tensor;
      return { loss: lossOf(y, predictions), predictions };
    },
    dispose() {
      optimizer.dispose();
      // Momentum forgets what it has from SGD.
      const { c } = optimizer as { readonly c?: tfc.Tensor };
      if (c?.isDisposed === false) c.dispose();
    },
  };
}

/** Carries out training steps eagerly, one operation after another. */
export function createSteps(tf: TensorFlow, model: tfl.LayersModel, config: TrainingConfig): Steps {
  const { inputShape, classes, trainOn, evaluateOn, dispose } = createEager(tf, model, config);
  const carryOut = (step: EagerStep['trainOn'], { examples, pixels, oneHot, labels }: BatchNumbers) =>
    tf.tidy(() => {
      const x = tf.tensor(pixels, [examples, ...inputShape]);
      const { loss, predictions } = step(x, tf.tensor2d(oneHot, [examples, classes]));
      const result = {
        loss: loss.dataSync()[0] ?? NaN,
        correct: countCorrect(predictions.dataSync(), labels, classes),
      };
      predictions.dispose();
      return result;
    });
  return {
    mode: 'eager',
    train: (batch) => carryOut(trainOn, batch),
    evaluate: (batch) => carryOut(evaluateOn, batch),
    sync: () => undefined,
    dispose,
  };
}
