import {
  distributionBins,
  type Distribution,
  type Distributions,
} from '../../shared/training/distributions.ts';
import type { Estimate } from '../../shared/training/estimate.ts';
import type { Receipt, TrainEvent } from '../../shared/training/events.ts';

export const testReceipt: Receipt = {
  ok: true,
  trained: true,
  maxAbsDifference: 0,
  examples: 100,
  accuracyTrained: 0.98,
  accuracyReloaded: 0.98,
};

export const testEstimate: Estimate = {
  secondsPerEpoch: 13,
  trainingSeconds: 11.8,
  validationSeconds: 1.2,
  examplesPerSecond: 5085,
  engine: { name: 'native', version: '2.18.0', device: 'CPU', mode: 'graph', threads: 2 },
  steps: 40,
  measuredSeconds: 1,
};

/** A bell of a thousand numbers around 0.5, that wide. */
const bell = (std: number): Distribution => ({
  mean: 0.5,
  std,
  min: 0.5 - 3 * std,
  max: 0.5 + 3 * std,
  counts: Array.from({ length: distributionBins }, (_, bin) => {
    const deviations = (6 * (bin + 0.5)) / distributionBins - 3;
    return Math.round(75 * Math.exp(-(deviations ** 2) / 2));
  }),
  notFinite: 0,
});

/** Weights that spread and gradients that fade, at the beginning, the middle and the end of an epoch of twenty batches. */
export const testDistributions: readonly Distributions[] = [0, 10, 20].map((step) => ({
  step,
  epoch: step / 20,
  weights: [
    { layerId: 'conv2d_1', name: 'kernel', weights: bell(1 + step / 20), gradients: bell(2 - step / 20) },
    { layerId: 'conv2d_1', name: 'bias', weights: bell(0.1), gradients: bell(0.2) },
    { layerId: 'batch_normalization_1', name: 'moving_mean', weights: bell(0.3), gradients: null },
  ],
}));

/** The size of a made-up training. */
export interface TestRun {
  readonly runId: string;
  readonly epochs: number;
  readonly batchesPerEpoch: number;
}

/** All events of a made-up training that learns well, for tests of what shows them. */
export function testEvents({ runId, epochs, batchesPerEpoch }: TestRun): TrainEvent[] {
  const events: TrainEvent[] = [];
  const next = () => ({ runId, seq: events.length });
  events.push({
    type: 'started',
    ...next(),
    engine: { name: 'native', version: '2.18.0', device: 'CPU', mode: 'eager', threads: 2 },
    trainExamples: batchesPerEpoch * 100,
    testExamples: 300,
    epochs,
    batchesPerEpoch,
  });
  for (let epoch = 1; epoch <= epochs; epoch += 1) {
    for (let batch = 0; batch < batchesPerEpoch; batch += 1) {
      const step = (epoch - 1) * batchesPerEpoch + batch;
      const wobble = 1 + 0.4 * Math.sin(step * 12.9898);
      const loss = (2.3 / (1 + step / 20)) * wobble;
      const accuracy = 1 - 0.9 / (1 + (step / 15) * wobble);
      events.push({ type: 'batch', ...next(), epoch, batch, loss, accuracy, examplesPerSecond: 1000 });
    }
    const loss = 2.3 / (1 + (epoch * batchesPerEpoch) / 20);
    const accuracy = 1 - 0.9 / (1 + (epoch * batchesPerEpoch) / 15);
    events.push({
      type: 'epoch',
      ...next(),
      epoch,
      loss,
      accuracy,
      valLoss: loss * 1.1,
      valAccuracy: accuracy * 0.99,
      seconds: batchesPerEpoch / 10,
      examplesPerSecond: 1000,
    });
    events.push({ type: 'checkpoint', ...next(), epoch, path: 'checkpoints/latest' });
  }
  events.push({
    type: 'done',
    ...next(),
    epoch: epochs,
    valAccuracy: 0.98,
    model: 'model/model.json',
    receipt: testReceipt,
  });
  return events;
}
