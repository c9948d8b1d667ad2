import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { epochOrder, gatherBatch } from '../main/trainer/dataset/batches.ts';
import { loadEngine, type Engine } from '../main/trainer/engine/index.ts';
import { prepareTraining, type PreparedTraining } from '../main/trainer/training/prepare.ts';
import { analyze } from '../shared/graph/analyze.ts';
import { agreementCases, batches, batchSize, type AgreementCase } from './agreementCases.ts';
import { kerasNetwork } from './kerasNetwork.ts';

// `agree.js '{"folder": …, "engineFolder": …, "only": null}'`: trains each case as one graph and eagerly, prints its
// title, and writes for Keras what both began with and came to: `<id>.json` has the network, the order of its weights,
// and every batch's loss; `<id>.pixels` and `<id>.labels` the examples, bytes, in the order in which they are trained
// on; `<id>.initial`, `<id>.graph.first`, `<id>.graph.last` and the same of `eager` all weights in a row, as float32,
// before training, after its first step and after its last.

interface Job {
  readonly folder: string;
  readonly engineFolder: string;
  /** Of the cases those whose id begins so. */
  readonly only: string | null;
}

/** The weights of a network in a row. */
function weightsOf({ model }: PreparedTraining): Float32Array {
  const values = model.weights.map((weight) => weight.read().dataSync() as Float32Array);
  const all = new Float32Array(values.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const some of values) {
    all.set(some, at);
    at += some.length;
  }
  return all;
}

/** Trains a case in one of the two ways; gives each batch's loss and the weights on the way. */
async function trained(
  engine: Engine,
  { id, document, dataset }: AgreementCase,
  mode: 'graph' | 'eager',
  order: Uint32Array,
) {
  const analysis = analyze(document);
  const plan = { document, analysis, limit: order.length, eager: mode === 'eager' };
  const training = await prepareTraining(engine, dataset, plan);
  try {
    const { steps, model } = training;
    if (steps.mode !== mode)
      throw new Error(`${id}: steps are carried out by ${steps.mode}, not by ${mode}.`);
    const names = model.weights.map(({ originalName, shape }) => ({ name: originalName, shape }));
    const initial = weightsOf(training);
    const losses: number[] = [];
    const train = (count: number) => {
      const from = losses.length * batchSize;
      const learningRate = Number(document.training.optimizer['learningRate']);
      const results = steps.train(order.subarray(from, from + count * batchSize), count, learningRate);
      losses.push(...results.map(({ loss }) => loss));
      steps.sync();
    };
    train(1);
    const first = weightsOf(training);
    // The rest in as few calls as there can be.
    while (losses.length < batches) train(Math.min(steps.batchesAtOnce, batches - losses.length));
    return { names, initial, first, last: weightsOf(training), losses, placing: training.data.centring };
  } finally {
    training.dispose();
  }
}

async function write(engine: Engine, folder: string, one: AgreementCase) {
  const { id, title, optimizer, document, dataset } = one;
  const order = epochOrder(batches * batchSize, document.training.seed, 1);
  const graph = await trained(engine, one, 'graph', order);
  const eager = await trained(engine, one, 'eager', order);
  const { pixels, labels } = gatherBatch(dataset.train, order, graph.placing, dataset.classes);
  const analysis = analyze(document);
  const file = (ending: string, numbers: Uint8Array | Float32Array) =>
    writeFile(
      join(folder, `${id}.${ending}`),
      new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength),
    );
  await file(
    'pixels',
    Uint8Array.from(pixels, (value) => Math.round(value * 255)),
  );
  await file('labels', labels);
  await file('initial', graph.initial);
  for (const [mode, { first, last }] of Object.entries({ graph, eager })) {
    await file(`${mode}.first`, first);
    await file(`${mode}.last`, last);
  }
  const losses = { graph: graph.losses, eager: eager.losses };
  const written = {
    ...kerasNetwork(document, analysis, dataset.classes),
    ...{ batchSize, weights: graph.names, losses },
  };
  await writeFile(join(folder, `${id}.json`), `${JSON.stringify(written, null, 2)}\n`);
  const { trainable, nonTrainable } = analysis.totals.params;
  return { id, title, optimizer, params: trainable + nonTrainable };
}

const { folder, engineFolder, only } = JSON.parse(process.argv[2] ?? '{}') as Job;
const loaded = await loadEngine({ choice: 'native', folder: engineFolder });
if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join('\n'));
await mkdir(folder, { recursive: true });
const cases = [];
for (const one of await agreementCases())
  if (one.id.startsWith(only ?? '')) cases.push(await write(loaded.value, folder, one));
console.log(JSON.stringify({ cases, batches, batchSize }));
// Nothing is left to do; TensorFlow's threads would be waited for.
process.exit(0);
