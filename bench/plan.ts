import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { trainerEnvironment } from '../main/core/trainerEnvironment.ts';
import { analyze } from '../shared/graph/analyze.ts';
import { inputShape, kerasNetwork } from './kerasNetwork.ts';
import { numbersOf, picturesOf } from './pictures.ts';
import type { NetworkPlan } from './result.ts';
import { benchNetworks, trainingMacs, type BenchNetwork } from './networks.ts';

// `plan.js FOLDER`: prints what there is to measure and the environment of a training process, and writes for Keras each network (`<id>.json`, its layers with
// all their parameters in an order in which every layer comes after its inputs), its pictures (`<id>.pixels`, bytes)
// and their labels (`<id>.labels`, one byte each).

async function planOf(network: BenchNetwork, folder: string): Promise<NetworkPlan> {
  const { id, title, document, epoch, wasm } = network;
  const analysis = analyze(document);
  const dataset = await picturesOf(network);
  const shape = inputShape(analysis);
  const { pixels, labels } = numbersOf(dataset, shape, epoch);
  await writeFile(
    join(folder, `${id}.pixels`),
    Uint8Array.from(pixels, (value) => Math.round(value * 255)),
  );
  await writeFile(join(folder, `${id}.labels`), labels);
  const forKeras = kerasNetwork(document, analysis, dataset.classes);
  await writeFile(join(folder, `${id}.json`), `${JSON.stringify(forKeras, null, 2)}\n`);
  const { params, macs } = analysis.totals;
  return {
    id,
    title,
    params: params.trainable + params.nonTrainable,
    macs,
    trainingMacs: trainingMacs(analysis),
    epoch,
    wasm,
  };
}

const folder = process.argv[2];
if (folder === undefined) throw new Error('usage: plan.js FOLDER');
await mkdir(folder, { recursive: true });
const plans = [];
for (const network of benchNetworks()) plans.push(await planOf(network, folder));
console.log(JSON.stringify({ plans, environment: trainerEnvironment }));
