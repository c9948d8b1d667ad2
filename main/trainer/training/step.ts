import type * as tfc from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';

import type { Centring } from '../../../shared/datasets/index.ts';
import type { TrainingConfig } from '../../../shared/training/config.ts';
import type { PictureDataset } from '../dataset/mnist.ts';
import type { CrossEntropy } from '../engine/crossEntropy.ts';
import type { TensorFlow } from '../tensorflow.ts';
import { watchLogits } from './logits.ts';
import type { TrainingState } from './state.ts';
import { penaltyOf } from './weightRules.ts';

/** What one batch came to: its mean loss, and how many of its examples were right. */
export interface BatchResult {
  readonly loss: number;
  readonly correct: number;
}

/** The pictures of a training, and where they stand in the network's input. */
export interface TrainingData {
  readonly dataset: PictureDataset;
  readonly centring: Centring;
}

/** A model with its loss, optimizer and data, some batches at a time. */
export interface Steps {
  /** How steps are carried out: one operation after another, or as one graph. */
  readonly mode: 'eager' | 'graph';
  /** So many batches can be trained on in one call at most. */
  readonly batchesAtOnce: number;
  /**
   * Forward, gradients, update, for one batch after another.
   *
   * @param order the batches' examples, as indices of the training set, batch after batch, all of one size
   * @param batches how many batches those are
   */
  train(order: Uint32Array, batches: number, learningRate: number): readonly BatchResult[];
  /** Forward alone, as in prediction, on examples of the test set. */
  evaluate(indices: Uint32Array): BatchResult;
  /**
   * Shows the weights, and their gradients for a batch as the next step would have them; nothing is learned.
   *
   * @param order the batch's examples, as indices of the training set: as many as most batches have
   * @param visit is shown the numbers of one after another, by its place among the model's weights; that of a weight
   *   which is not learned has no gradient
   */
  look(
    order: Uint32Array,
    visit: (what: 'weights' | 'gradients', at: number, values: Float32Array) => void,
  ): void;
  /** Brings what was learned into the model's weights, where it is kept elsewhere meanwhile. */
  sync(): void;
  state(): TrainingState;
  /** @throws Error where it is the state of other weights or of another kind of steps */
  restore(state: TrainingState): void;
  dispose(): void;
}

/** Loss `[]` of a batch, and scores `[examples, classes]`, whose largest says which class it is. */
interface BatchTensors {
  readonly loss: tfc.Tensor;
  readonly scores: tfc.Tensor;
}

/** A step on tensors; to be called within a `tf.tidy`. */
export interface Pass {
  /** Shape of an example, without the batch. */
  readonly inputShape: readonly number[];
  readonly classes: number;
  /** What is learned. */
  readonly variables: readonly tfc.Variable[];
  /** Gradients by their variables' names; one that the loss does not depend on has none. */
  gradientsOf(x: tfc.Tensor, y: tfc.Tensor): BatchTensors & { readonly gradients: tfc.NamedTensorMap };
  predict(x: tfc.Tensor, y: tfc.Tensor): BatchTensors;
  /** Gives the model back as it was. */
  dispose(): void;
}

/** The forward and backward pass of a model, as both kinds of steps carry it out. */
export function createPass(
  tf: TensorFlow,
  crossEntropy: CrossEntropy,
  model: tfl.LayersModel,
  { loss }: Pick<TrainingConfig, 'loss'>,
): Pass {
  const variables = model.trainableWeights.map((weight) => weight.read() as tfc.Variable);
  const [, ...inputShape] = model.inputs[0]?.shape ?? [];
  const penalty = penaltyOf(model);
  const logits = loss === 'categoricalCrossentropy' ? watchLogits(tf, model) : undefined;

  function passOf(x: tfc.Tensor, y: tfc.Tensor, training: boolean): BatchTensors {
    const predictions = model.apply(x, { training }) as tfc.Tensor;
    const scores = logits?.take();
    const error = tf.mean(scores === undefined ? tf.metrics[loss](y, predictions) : crossEntropy(y, scores));
    return { loss: penalty === undefined ? error : tf.add(error, penalty()), scores: scores ?? predictions };
  }

  return {
    inputShape: inputShape.map((side) => side ?? 0),
    classes: model.outputs[0]?.shape.at(-1) ?? 0,
    variables,
    gradientsOf(x, y) {
      let scores: tfc.Tensor | undefined;
      const { value, grads } = tf.variableGrads(() => {
        const passed = passOf(x, y, true);
        // The gradient's own scope ends before the scores are read.
        scores = tf.keep(passed.scores.clone());
        return passed.loss as tfc.Scalar;
      }, [...variables]);
      if (scores === undefined) throw new Error('The model was not applied.');
      const kept = scores;
      // From here on it belongs to the caller's scope, as everything else does.
      const result = kept.clone();
      kept.dispose();
      return { loss: value, scores: result, gradients: grads };
    },
    predict: (x, y) => passOf(x, y, false),
    dispose: () => logits?.restore(),
  };
}
