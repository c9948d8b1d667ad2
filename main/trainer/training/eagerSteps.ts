import type * as tfc from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';

import type { TrainingConfig } from '../../../shared/training/config.ts';
import { optimizerSpec } from '../../../shared/training/optimizers.ts';
import { gatherBatch, type BatchNumbers } from '../dataset/batches.ts';
import type { Engine } from '../engine/index.ts';
import { countCorrect } from './measure.ts';
import { optimizerVariables, setLearningRate, withoutChanges } from './optimizerState.ts';
import type { StepClock } from './randomLayers.ts';
import { checkState, valuesOf, type StateTensor } from './state.ts';
import { boundsOf } from './weightRules.ts';
import { createPass, type BatchResult, type Steps, type TrainingData } from './step.ts';

/** Carries out training steps eagerly, one operation after another. */
export function createEagerSteps(
  { tf, crossEntropy }: Pick<Engine, 'tf' | 'crossEntropy'>,
  model: tfl.LayersModel,
  config: TrainingConfig,
  clock: StepClock,
  { dataset, centring }: TrainingData,
): Steps {
  const pass = createPass(tf, crossEntropy, model, config);
  const { inputShape, classes } = pass;
  const { kind, ...params } = config.optimizer;
  const spec = optimizerSpec(kind);
  const optimizer = spec.build(tf, params);
  const keepWithin = boundsOf(model);
  const weights = model.weights.map((weight) => weight.read() as tfc.Variable);

  const carryOut = (
    { examples, pixels, oneHot, labels }: BatchNumbers,
    step: (x: tfc.Tensor, y: tfc.Tensor) => { readonly loss: tfc.Tensor; readonly scores: tfc.Tensor },
  ): BatchResult =>
    tf.tidy(() => {
      const x = tf.tensor(pixels, [examples, ...inputShape]);
      const { loss, scores } = step(x, tf.tensor2d(oneHot, [examples, classes]));
      return {
        loss: loss.dataSync()[0] ?? NaN,
        correct: countCorrect(scores.dataSync(), labels, classes),
      };
    });

  /** Optimizers make their numbers at their first step: one on nothing, which is undone. */
  function makeSlots(): void {
    withoutChanges(tf, weights, () =>
      tf.tidy(() => {
        const { gradients } = pass.gradientsOf(tf.zeros([1, ...inputShape]), tf.zeros([1, classes]));
        optimizer.applyGradients(gradients);
      }),
    );
  }

  const describe = () =>
    [...weights, ...optimizerVariables(optimizer)].map((variable, at) => ({
      // TensorFlow.js numbers an optimizer's own anew in each process.
      name: at < weights.length ? variable.name : `optimizer ${String(at - weights.length)}`,
      shape: variable.shape,
      variable,
    }));
  const read = ({ name, shape, variable }: ReturnType<typeof describe>[number]): StateTensor => ({
    name,
    shape,
    values: (variable.dataSync() as Float32Array).slice(),
  });

  return {
    mode: 'eager',
    batchesAtOnce: 1,
    train(order, _batches, learningRate) {
      clock.step += 1;
      setLearningRate(optimizer, learningRate);
      Object.assign(optimizer, spec.atStep?.(params, clock.step));
      const numbers = gatherBatch(dataset.train, order, centring, classes);
      const result = carryOut(numbers, (x, y) => {
        const passed = pass.gradientsOf(x, y);
        optimizer.applyGradients(passed.gradients);
        keepWithin?.();
        return passed;
      });
      return [result];
    },
    evaluate: (indices) =>
      carryOut(gatherBatch(dataset.test, indices, centring, classes), (x, y) => pass.predict(x, y)),
    look(order, visit) {
      for (const [at, weight] of weights.entries()) visit('weights', at, weight.dataSync<'float32'>());
      clock.step += 1;
      try {
        // A pass changes the averages of batch normalization.
        withoutChanges(tf, weights, () =>
          tf.tidy(() => {
            const { examples, pixels, oneHot } = gatherBatch(dataset.train, order, centring, classes);
            const x = tf.tensor(pixels, [examples, ...inputShape]);
            const { gradients } = pass.gradientsOf(x, tf.tensor2d(oneHot, [examples, classes]));
            for (const [at, { name }] of weights.entries()) {
              const gradient = gradients[name];
              if (gradient !== undefined) visit('gradients', at, gradient.dataSync<'float32'>());
            }
          }),
        );
      } finally {
        clock.step -= 1;
      }
    },
    sync: () => undefined,
    state: () => ({ mode: 'eager', step: clock.step, tensors: describe().map(read) }),
    restore(state) {
      if (state.step > 0 && optimizerVariables(optimizer).length === 0) makeSlots();
      const variables = describe();
      checkState('eager', variables, state);
      tf.tidy(() => {
        for (const [at, { variable, shape }] of variables.entries()) {
          // A copy: what is given stays the caller's.
          variable.assign(tf.tensor(valuesOf(state, at).slice(), [...shape]));
        }
      });
      clock.step = state.step;
    },
    dispose() {
      pass.dispose();
      optimizer.dispose();
      // Momentum forgets what it has from SGD.
      const { c } = optimizer as { readonly c?: tfc.Tensor };
      if (c?.isDisposed === false) c.dispose();
    },
  };
}
