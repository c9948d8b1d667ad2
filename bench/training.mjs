import { runBundle, runKeras } from './processes.mjs';

/** @typedef {import('./result.ts').BenchCase} BenchCase */
/** @typedef {import('./result.ts').CaseResult} CaseResult */
/** @typedef {import('./result.ts').Contender} Contender */
/** @typedef {import('./result.ts').KerasSetting} KerasSetting */
/** @typedef {import('./result.ts').Sample} Sample */

/**
 * @typedef {object} TrainingBench
 * @property {readonly BenchCase[]} cases
 * @property {readonly import('./measurement.ts').BenchEngine[]} engines
 * @property {number} rounds
 * @property {number} seconds of each measurement, after its first epoch
 * @property {string | undefined} engineFolder TensorFlow's, where it is set up
 * @property {string | undefined} python the one that has Keras, where Keras is measured
 * @property {boolean} allSettings whether Keras's XLA is tried as well
 * @property {string} folder what `plan.ts` wrote
 * @property {Readonly<Record<string, string>>} environment what a training process of the program is given
 * @property {(text: string) => void} say
 */

/**
 * Measures all trainings. In each round every contender trains every case once, one after another, and each round begins
 * with another contender: a moment in which the machine is slow, and the place in the row, hit all alike.
 *
 * @param {TrainingBench} bench
 * @returns {Promise<{ cases: CaseResult[], matmulFlops: number[], kerasVersion: string | null }>}
 */
export async function benchTraining(bench) {
  const { cases, rounds, engineFolder, say } = bench;
  /** @type {(CaseResult & { samples: Sample[], leftOut: import('./result.ts').LeftOut[] })[]} */
  const results = [];
  let kerasVersion = null;
  for (const one of cases) {
    const leftOut = leftOutOf(bench, one);
    const kerasBest = await searchKeras(bench, one).catch((/** @type {unknown} */ error) => {
      leftOut.push({ contender: 'kerasBest', reason: reasonOf(error) });
      return null;
    });
    results.push({ ...one, kerasBest, samples: [], leftOut });
  }
  const matmulFlops = [];
  for (let round = 0; round < rounds; round += 1) {
    let flops;
    for (const [at, result] of results.entries()) {
      if (engineFolder !== undefined && result.network !== results[at - 1]?.network) {
        flops = await measureMatmul(engineFolder);
        matmulFlops.push(flops);
      }
      for (const contender of turned(contendersOf(bench, result), round)) {
        if (result.leftOut.some((left) => left.contender === contender)) continue;
        const what = `round ${round + 1} of ${rounds}, ${result.network.title}, batch ${result.batchSize}, ${contender}`;
        try {
          const measured = await measure(bench, result, contender);
          if (measured.versions !== undefined) kerasVersion = measured.versions.keras;
          result.samples.push(sampleOf(measured, round, contender, result, flops));
          say(`${what}: ${measured.imagesPerSecond.toFixed(0)} images/s`);
        } catch (error) {
          const reason = reasonOf(error);
          result.leftOut.push({ contender, reason });
          say(`${what}: ${reason}`);
        }
      }
    }
  }
  return { cases: results, matmulFlops, kerasVersion };
}

/** @param {unknown} error */
function reasonOf(error) {
  return error instanceof Error ? error.message : String(error);
}

/** @typedef {import('./measurement.ts').Measurement & { params?: number, versions?: { keras: string } }} Measured */

/**
 * @param {Measured} measured
 * @param {number} round
 * @param {Contender} contender
 * @param {BenchCase} one
 * @param {number | undefined} flops
 * @returns {Sample}
 */
function sampleOf(measured, round, contender, { network }, flops) {
  const { imagesPerSecond, secondsToFirstBatch, peakMemoryBytes, loss, epochs } = measured;
  const share = flops === undefined ? null : (imagesPerSecond * 2 * network.trainingMacs) / flops;
  return { round, contender, imagesPerSecond, share, secondsToFirstBatch, peakMemoryBytes, loss, epochs };
}

/**
 * @param {TrainingBench} bench
 * @param {CaseResult} result
 * @param {Contender} contender
 */
async function measure(
  { seconds, engineFolder, python, folder, environment },
  { network, batchSize, kerasBest },
  contender,
) {
  const epoch = epochOf(network, batchSize, contender);
  const job = { network: network.id, batchSize, epoch, seconds };
  if (contender !== 'keras' && contender !== 'kerasBest') {
    const arg = JSON.stringify({ ...job, engine: contender, engineFolder: engineFolder ?? null });
    // TensorFlow.js alone has what it finds.
    const given = contender === 'modelFit' ? {} : environment;
    return /** @type {Measured} */ (await runBundle('train', [arg], given));
  }
  const setting = contender === 'keras' ? {} : kerasBest;
  const measured = /** @type {Measured} */ (await runKeras(python ?? '', { ...job, folder, setting }));
  if (measured.params !== network.params)
    throw new Error(`Keras’s network has ${measured.params} parameters instead of ${network.params}`);
  return measured;
}

/**
 * Pictures of an epoch: with WebAssembly, which is slow, few of them, but at least a batch.
 *
 * @param {import('./result.ts').NetworkPlan} network
 * @param {number} batchSize
 * @param {Contender} contender
 */
function epochOf(network, batchSize, contender) {
  return contender === 'wasm' ? Math.max(network.wasm.epoch, batchSize) : network.epoch;
}

/**
 * The settings with which Keras trains a case fastest.
 *
 * @param {TrainingBench} bench
 * @param {BenchCase} one
 * @returns {Promise<KerasSetting | null>}
 */
async function searchKeras({ python, folder, allSettings, say }, { network, batchSize }) {
  if (python === undefined) return null;
  const job = { folder, network: network.id, batchSize, epoch: network.epoch, seconds: 0.5, search: true };
  const tried = await runKeras(python, { ...job, jit: allSettings });
  const [best] = /** @type {{ setting: KerasSetting, imagesPerSecond: number }[]} */ (tried);
  say(`${network.title}, batch ${batchSize}: Keras is fastest with ${JSON.stringify(best?.setting)}`);
  return best?.setting ?? null;
}

/** @param {string} engineFolder */
async function measureMatmul(engineFolder) {
  const { flops } = /** @type {{ flops: number }} */ (await runBundle('matmul', [engineFolder]));
  return flops;
}

/**
 * @param {TrainingBench} bench
 * @param {CaseResult} result
 * @returns {Contender[]}
 */
function contendersOf({ engines, python }, { kerasBest }) {
  return [
    ...engines,
    .../** @type {Contender[]} */ (python === undefined ? [] : ['keras']),
    .../** @type {Contender[]} */ (kerasBest === null ? [] : ['kerasBest']),
  ];
}

/**
 * What is not tried at all.
 *
 * @param {TrainingBench} bench
 * @param {BenchCase} one
 * @returns {import('./result.ts').LeftOut[]}
 */
function leftOutOf({ engines, engineFolder }, { network, batchSize }) {
  const objectionTo = (/** @type {Contender} */ contender) => {
    if (contender !== 'wasm') return engineFolder === undefined ? 'TensorFlow is not set up' : undefined;
    return batchSize > network.wasm.largestBatch ? 'an epoch of such batches takes too long' : undefined;
  };
  return engines.flatMap((contender) => {
    const reason = objectionTo(contender);
    return reason === undefined ? [] : [{ contender, reason }];
  });
}

/**
 * @template T
 * @param {readonly T[]} list
 * @param {number} by
 */
function turned(list, by) {
  const from = list.length === 0 ? 0 : by % list.length;
  return [...list.slice(from), ...list.slice(0, from)];
}
