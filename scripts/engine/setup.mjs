import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setUpFromDownload } from './download.mjs';
import { enginesFolder, findEngine, readSetupReport, writeJson } from './folder.mjs';
import { tensorflowVersion } from './manifest.mjs';
import { createProgress } from './progress.mjs';
import { setUpFromWheel } from './wheel.mjs';

/** @typedef {{ ok: true, folder: string, reason: string } | { ok: false, reason: string }} Outcome */

/** @typedef {'existing' | 'wheel' | 'download' | 'wasm'} RungName */

/**
 * @typedef {object} EngineSetup
 * @property {RungName | null} rung the one that holds; null where not even WebAssembly is there
 * @property {string | null} folder of the native engine; null without one
 * @property {import('./folder.mjs').Rung[]} rungs those that were tried, in order
 */

/**
 * Sees to it that training has an engine: one that is set up already, else TensorFlow from its Python wheel, else from
 * the download of tfjs-node-gpu, else WebAssembly, which needs nothing. Each rung that fails says why; how it went is
 * kept in `setup.json` beside the engines. What failed before is left alone until `retry`, so that not every start of
 * the program pays for it.
 *
 * @param {object} [options]
 * @param {import('./progress.mjs').Log} [options.log] takes one line; standard error unless given
 * @param {boolean} [options.gpu] wants TensorFlow's build for CUDA
 * @param {boolean} [options.force] sets up anew what is there
 * @param {boolean} [options.retry] tries again what failed before
 * @returns {Promise<EngineSetup>}
 */
export async function ensureEngine({ log = console.error, gpu = false, force = false, retry = force } = {}) {
  const found = await findEngine();
  const usable = found.ok && (!gpu || found.record.gpu) ? found : undefined;
  const report = await readSetupReport();
  const triedBefore = !retry && report?.tensorflow === tensorflowVersion && report.gpu === gpu;
  if (usable && !force && (triedBefore || usable.record.tensorflow === tensorflowVersion)) {
    const rung = { name: 'existing', ok: true, reason: describe(usable.record) };
    log(rung.reason);
    return { rung: 'existing', folder: usable.folder, rungs: [rung] };
  }
  if (triedBefore && report.rungs.at(-1)?.name === 'wasm') {
    log('TensorFlow could not be set up before, so training runs on WebAssembly, which is slower');
    log('`npm run setup-engine` tries again and says why');
    return { rung: 'wasm', folder: null, rungs: report.rungs };
  }
  const setup = await climb({
    log,
    gpu,
    force,
    usable,
    before: found.ok ? describe(found.record) : found.reason,
  });
  const finishedAt = new Date().toISOString();
  await writeJson(join(enginesFolder(), 'setup.json'), {
    ...{ tensorflow: tensorflowVersion, gpu, finishedAt },
    rungs: setup.rungs,
  }).catch((/** @type {Error} */ error) => log(`how the set-up went could not be kept: ${error.message}`));
  return setup;
}

/**
 * @param {object} options
 * @param {import('./progress.mjs').Log} options.log
 * @param {boolean} options.gpu
 * @param {boolean} options.force
 * @param {{ folder: string, record: import('./folder.mjs').EngineRecord } | undefined} options.usable
 * @param {string} options.before what there was, in words
 * @returns {Promise<EngineSetup>}
 */
async function climb({ log, gpu, force, usable, before }) {
  const step = createProgress(log);
  const rungs = [{ name: 'existing', ok: false, reason: force ? `${before}; set up anew` : before }];
  /** @type {(rung: RungName, outcome: Outcome) => EngineSetup | undefined} */
  const take = (name, outcome) => {
    rungs.push({ name, ok: outcome.ok, reason: outcome.reason });
    log(outcome.ok ? outcome.reason : `${titles[name]}: ${outcome.reason}`);
    return outcome.ok ? { rung: name, folder: outcome.folder || null, rungs } : undefined;
  };
  const asOutcome = (/** @type {Error} */ error) => ({
    ok: /** @type {const} */ (false),
    reason: error.message,
  });
  return (
    take('wheel', await setUpFromWheel({ gpu, force, step }).catch(asOutcome)) ??
    // What is there serves better than a download of 2022.
    (usable && take('existing', { ok: true, folder: usable.folder, reason: describe(usable.record) })) ??
    take('download', await setUpFromDownload({ gpu, force, step }).catch(asOutcome)) ??
    take('wasm', findWasm()) ?? { rung: null, folder: null, rungs }
  );
}

/** @type {Record<RungName, string>} */
const titles = {
  existing: 'what is set up',
  wheel: "TensorFlow's Python wheel",
  download: 'the download of tfjs-node-gpu',
  wasm: 'WebAssembly',
};

/** @param {import('./folder.mjs').EngineRecord} record */
const describe = ({ tensorflow, gpu, source }) =>
  `TensorFlow ${tensorflow}${gpu ? ' for CUDA' : ''} from ${source}`;

/** @returns {Outcome} */
function findWasm() {
  try {
    createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
    return {
      ok: true,
      folder: '',
      reason: 'training runs on WebAssembly, which needs no set-up and is slower',
    };
  } catch {
    return { ok: false, reason: 'its package @tensorflow/tfjs-backend-wasm is not installed' };
  }
}
