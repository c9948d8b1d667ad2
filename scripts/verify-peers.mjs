import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { buildBench, ensureKeras, ensureTorch } from '../bench/processes.mjs';
import { findEngine } from './engine/folder.mjs';
import { at } from './project.mjs';
import { failWith } from './steps.mjs';

// `npm run verify-peers`: whether the Keras and PyTorch code of networks computes what TensorFlow.js does. The exit code
// is 1 where one differs, and where a framework that was asked for cannot be had.

const help = `npm run verify-peers -- OPTIONS

  --framework NAME  keras or pytorch; both where left out, PyTorch as far as it can be installed
  --only NAME       of the networks those whose name begins so: a template's id, or random
  --random N        how many networks are drawn at random (60)
  --seed N          of these (1)
  --largest N       leaves out networks with more parameters
  --json            one JSON object a network instead of the table
`;

/**
 * @typedef {object} Found
 * @property {number | null} difference of any number of an output, as part of the largest; null where there is none
 * @property {number} layers
 * @property {string[]} objections
 */

/**
 * A Python process that checks one folder after another.
 *
 * @param {string} python
 * @param {'keras' | 'pytorch'} framework
 */
async function startPeer(python, framework) {
  const child = spawn(python, [at('bench', 'peers.py'), framework], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
  });
  let words = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    words = `${words}${text}`.slice(-4000);
  });
  // Its end is heard by the next line that is waited for.
  child.stdin.on('error', () => undefined);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    if (done === true) throw new Error(`Python ended: ${words.trim().split('\n').at(-1) ?? ''}`);
    return JSON.parse(value);
  };
  const { version } = /** @type {{ version: string }} */ (await next());
  return {
    framework,
    version,
    /**
     * @param {string} folder
     * @returns {Promise<Found>}
     */
    async check(folder) {
      child.stdin.write(`${folder}\n`);
      return next();
    },
    end() {
      child.stdin.end();
    },
  };
}

/** @param {number | null} difference */
const differenceText = (difference) => (difference === null ? '–' : difference.toExponential(1));

/**
 * @param {{ frameworks: ('keras' | 'pytorch')[], isAsked: boolean, only: string, random: number, seed: number,
 *   largest: number, json: boolean }} options
 * @param {string} folder
 */
async function verify({ frameworks, isAsked, only, random, seed, largest, json }, folder) {
  const say = (/** @type {string} */ text) => void process.stderr.write(`${text}\n`);
  /** @type {Awaited<ReturnType<typeof startPeer>>[]} */
  const peers = [];
  for (const framework of frameworks) {
    try {
      const python = await (framework === 'keras' ? ensureKeras(say) : ensureTorch(say));
      peers.push(await startPeer(python, framework));
    } catch (error) {
      const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
      if (isAsked || framework === 'keras')
        throw new Error(`${framework} cannot be had: ${reason}`, { cause: error });
      say(`PyTorch cannot be had here, so its code is not run: ${reason}`);
    }
  }
  await buildBench();
  const bundle = pathToFileURL(at('.cache/bench/peers.js')).href;
  const { loadTensorFlow, peerCases, writePeerCase } = /** @type {typeof import('../bench/peers.ts')} */ (
    await import(bundle)
  );
  const engine = await findEngine();
  const tf = await loadTensorFlow(engine.ok ? engine.folder : undefined);
  const cases = peerCases(random, seed, largest).filter(({ id }) => id.startsWith(only));
  if (cases.length === 0) throw new Error(`There is no network “${only}”.`);
  say(
    `Comparing ${cases.length} networks with ${peers.map(({ framework, version }) => `${framework} ${version}`).join(' and ')} …`,
  );
  let failed = 0;
  for (const one of cases) {
    await writePeerCase(
      tf,
      one,
      peers.map(({ framework }) => framework),
      folder,
    );
    for (const peer of peers) {
      const found = await peer.check(join(folder, peer.framework));
      if (found.objections.length > 0) failed += 1;
      const result = { network: one.id, framework: peer.framework, params: one.params, ...found };
      if (json) console.log(JSON.stringify(result));
      else printRow(result);
    }
    await rm(folder, { recursive: true, force: true });
  }
  for (const peer of peers) peer.end();
  return { failed, compared: cases.length * peers.length };
}

/** @param {Found & { network: string, framework: string, params: number }} result */
function printRow({ network, framework, params, layers, difference, objections }) {
  const columns = [
    network.padEnd(18),
    framework.padEnd(8),
    `${layers} layers`.padStart(11),
    `${params.toLocaleString('en')} parameters`.padStart(24),
    differenceText(difference).padStart(9),
    objections.length === 0 ? 'equal' : 'DIFFERS',
  ];
  console.log(columns.join('  '));
  for (const objection of objections) console.log(`    ${objection}`);
}

const folder = await mkdtemp(join(tmpdir(), 'convas-peers-'));
try {
  const { values } = parseArgs({
    options: {
      framework: { type: 'string' },
      only: { type: 'string', default: '' },
      random: { type: 'string', default: '60' },
      seed: { type: 'string', default: '1' },
      largest: { type: 'string', default: 'Infinity' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const { framework, only, json } = values;
  if (framework !== undefined && framework !== 'keras' && framework !== 'pytorch')
    throw new Error('--framework is keras or pytorch.');
  if (values.help) {
    process.stdout.write(help);
  } else {
    const { failed, compared } = await verify(
      {
        frameworks: framework === undefined ? ['keras', 'pytorch'] : [framework],
        isAsked: framework !== undefined,
        ...{ only, json },
        random: Number(values.random),
        seed: Number(values.seed),
        largest: Number(values.largest),
      },
      join(folder, 'case'),
    );
    if (!json) console.log(`${compared - failed} of ${compared} equal.`);
    if (failed > 0) process.exitCode = 1;
  }
} catch (error) {
  failWith(error);
} finally {
  await rm(folder, { recursive: true, force: true });
}
// TensorFlow's threads would be waited for.
process.exit();
