import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { loadEngine } from '../main/trainer/engine/index.ts';
import { train } from '../main/trainer/session.ts';
import { compileDocument } from '../shared/compile/compile.ts';
import type { Document } from '../shared/document.ts';
import { analyze } from '../shared/graph/analyze.ts';
import { stockRandomLayer } from '../shared/layers/random.ts';
import { fine } from '../shared/problem.ts';
import { optimizerSpec } from '../shared/training/optimizers.ts';
import { createEpochClock, type Measurement, type MeasurementJob } from './measurement.ts';
import { benchNetworks } from './networks.ts';
import { numbersOf, picturesOf } from './pictures.ts';
import { loadStock } from './stock.ts';

// One measurement, in a process of its own: `train.js '{"network": "lenet-5", …}'` prints what it measured.

/** More than there will be: the clock ends a training. */
const manyEpochs = 10_000;

const now = () => performance.now() / 1000;

/** Trains as the training process does, through all that a user's training goes through. */
async function trainWithConvas(job: MeasurementJob): Promise<Measurement> {
  const network = networkOf(job);
  const dataset = await picturesOf(network);
  const document = documentOf(network.document, job);
  const loaded = await loadEngine({
    choice: job.engine === 'wasm' ? 'wasm' : 'native',
    folder: job.engineFolder ?? undefined,
  });
  if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join('\n'));
  const clock = createEpochClock(job.seconds);
  const folder = await mkdtemp(join(tmpdir(), 'convas-bench-'));
  let isEnough = false;
  let secondsToFirstBatch: number | undefined;
  const askedAt = now();
  try {
    const analysis = analyze(document);
    const eager = job.engine === 'eager';
    const trainJob = { runId: 'bench', folder, document, analysis, limit: job.epoch, firstSeq: 0, eager };
    for await (const events of train(
      loaded.value,
      () => Promise.resolve(fine(dataset)),
      trainJob,
      () => isEnough,
    )) {
      for (const event of events) {
        if (event.type === 'batch') secondsToFirstBatch ??= now() - askedAt;
        else if (event.type === 'failed') throw new Error(event.problem.message);
        else if (event.type === 'epoch') {
          clock.end(event.loss);
          isEnough = clock.isEnough;
          clock.begin();
        } else clock.begin();
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return measured(job, clock, secondsToFirstBatch ?? NaN);
}

/** Trains with TensorFlow.js's own `model.fit` on tensors that are there before, and nothing of ours but the network. */
async function trainWithModelFit(job: MeasurementJob): Promise<Measurement> {
  const network = networkOf(job);
  const document = documentOf(network.document, job);
  const { optimizer, loss: lossName } = document.training;
  const tf = await loadStock(job.engineFolder ?? '');
  const analysis = analyze(document);
  const dataset = await picturesOf(network);
  const [input = []] = [...analysis.layers.values()].flatMap(({ kind, outputShape }) =>
    kind === 'Input' && outputShape !== null ? [outputShape] : [],
  );
  const { pixels, oneHot } = numbersOf(dataset, input, job.epoch);
  const x = tf.tensor(pixels, [job.epoch, ...input]);
  const y = tf.tensor2d(oneHot, [job.epoch, dataset.classes]);
  const [firstX, firstY] = [x.slice(0, job.batchSize), y.slice(0, job.batchSize)];
  const clock = createEpochClock(job.seconds);
  const askedAt = now();
  const model = compileDocument(tf, document, analysis, {
    // As people write it: with a seed TensorFlow.js would drop the same numbers at every step.
    createRandomLayer: (layer) =>
      layer.kind === 'Dropout'
        ? tf.layers.dropout({ name: layer.name, rate: layer.rate })
        : stockRandomLayer(tf, layer),
  });
  const { kind, ...params } = optimizer;
  model.compile({ optimizer: optimizerSpec(kind).build(tf, params), loss: lossName, metrics: ['accuracy'] });
  const { batchSize } = job;
  await model.fit(firstX, firstY, { batchSize, epochs: 1, shuffle: true });
  const secondsToFirstBatch = now() - askedAt;
  await model.fit(x, y, {
    batchSize,
    epochs: manyEpochs,
    shuffle: true,
    callbacks: {
      onEpochBegin: async () => clock.begin(),
      onEpochEnd: async (_epoch, logs) => {
        clock.end(logs?.['loss'] ?? NaN);
        model.stopTraining = clock.isEnough;
      },
    },
  });
  return measured(job, clock, secondsToFirstBatch);
}

function networkOf({ network }: MeasurementJob) {
  const found = benchNetworks().find(({ id }) => id === network);
  if (found === undefined) throw new Error(`There is no network “${network}”.`);
  return found;
}

function documentOf(document: Document, { batchSize }: MeasurementJob): Document {
  return { ...document, training: { ...document.training, batchSize, epochs: manyEpochs } };
}

function measured(
  job: MeasurementJob,
  clock: ReturnType<typeof createEpochClock>,
  secondsToFirstBatch: number,
): Measurement {
  return {
    imagesPerSecond: job.epoch / clock.medianSeconds,
    secondsToFirstBatch,
    // Node.js gives kilobytes on every system.
    peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
    loss: clock.loss,
    epochs: clock.epochs,
  };
}

const job = JSON.parse(process.argv[2] ?? '{}') as MeasurementJob;
const measurement = await (job.engine === 'modelFit' ? trainWithModelFit(job) : trainWithConvas(job));
console.log(JSON.stringify(measurement));
// Nothing is left to do; TensorFlow's threads would be waited for.
process.exit(0);
