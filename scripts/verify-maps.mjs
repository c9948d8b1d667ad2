import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { buildBench, ensureKeras, runBundle, runKeras } from '../bench/processes.mjs';
import { ensureBuild } from './build-stamp.mjs';
import { findEngine } from './engine/folder.mjs';
import { cliPath } from './project.mjs';
import { failWith } from './steps.mjs';

// `npm run verify-maps`: whether feature maps, Grad-CAM and saliency are what Keras makes of the exported network. The exit
// code is 1 where one differs.

const help = `npm run verify-maps -- OPTIONS

  --networks A,B    templates that end in a softmax (lenet-5,mnist-cnn,residual-cnn)
  --limit N         pictures that each is trained on before (6000)
  --pictures N      test pictures that are looked at (4)
  --json            one JSON object a network instead of the table
`;

/** What rounding in single precision comes to, as part of the largest number beside it. */
const tolerance = 1e-4;

/** @typedef {{ compared: number, difference: number, part: number, largest: number }} Compared */
/** @typedef {{ versions: { keras: string, tensorflow: string } } & Record<'maps' | 'gradCam' | 'saliency', Compared>} Found */

const run = promisify(execFile);
const kinds = /** @type {const} */ (['maps', 'gradCam', 'saliency']);

/**
 * Trains a network, exports it for Keras, and compares.
 *
 * @param {string} python
 * @param {{ network: string, limit: string, pictures: number }} options
 * @param {string} folder
 */
async function verify(python, { network, limit, pictures }, folder) {
  const [trained, code, maps] = ['run', 'code', 'maps'].map((name) => join(folder, network, name));
  const convas = (/** @type {string[]} */ ...args) => run(process.execPath, [cliPath, ...args]);
  await convas('train', network, '--epochs', '1', '--limit', limit, '--seed', '1', '--out', trained ?? '');
  await convas('export', trained ?? '', '--format', 'keras', '--out', code ?? '');
  const engine = await findEngine();
  const job = { run: trained, folder: maps, engineFolder: engine.ok ? engine.folder : null, pictures };
  await runBundle('maps', [JSON.stringify(job)], { TF_CPP_MIN_LOG_LEVEL: '2' });
  const found = /** @type {Found} */ (await runKeras(python, { code, folder: maps }, 'maps'));
  const differs = kinds.filter((kind) => !(found[kind].part <= tolerance));
  return { network, ...found, differs };
}

/** @param {Awaited<ReturnType<typeof verify>>} result */
function printRow({ network, differs, ...found }) {
  const columns = kinds.map((kind) => {
    const { compared, difference, part, largest } = found[kind];
    const numbers = [difference, largest, part].map((number) => number.toExponential(1));
    return `${kind} (${compared}) ${numbers.join(' ')}`.padEnd(38);
  });
  console.log([network.padEnd(14), ...columns, differs.length === 0 ? 'equal' : 'DIFFERS'].join('  '));
}

const folder = await mkdtemp(join(tmpdir(), 'convas-maps-'));
try {
  const { values } = parseArgs({
    options: {
      networks: { type: 'string', default: 'lenet-5,mnist-cnn,residual-cnn' },
      limit: { type: 'string', default: '6000' },
      pictures: { type: 'string', default: '4' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const { networks, limit, pictures, json } = values;
  if (values.help) {
    process.stdout.write(help);
  } else {
    const say = (/** @type {string} */ text) => void process.stderr.write(`${text}\n`);
    const python = await ensureKeras(say).catch((/** @type {unknown} */ error) => {
      throw new Error('Keras cannot be had.', { cause: error });
    });
    await ensureBuild(say, 'stderr');
    await buildBench();
    if (!json)
      console.log(
        'The largest difference of any number, the largest number, and the largest part that a difference is of its map:',
      );
    for (const network of networks.split(',')) {
      const result = await verify(python, { network, limit, pictures: Number(pictures) }, folder);
      if (json) console.log(JSON.stringify(result));
      else printRow(result);
      if (result.differs.length > 0) process.exitCode = 1;
    }
  }
} catch (error) {
  failWith(error);
} finally {
  await rm(folder, { recursive: true, force: true });
}
