import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { accuracySentence, measureAccuracy } from '../bench/accuracy.mjs';
import { chartOf } from '../bench/chart.mjs';
import { latencyTable, measureLatency } from '../bench/latency.mjs';
import { measurePage } from '../bench/page.mjs';
import { pageReport, pageSectionOf, withPageSection } from '../bench/pageReport.mjs';
import { buildBench, ensureKeras, runBundle } from '../bench/processes.mjs';
import { reportOf } from '../bench/report.mjs';
import { measureStart } from '../bench/start.mjs';
import { benchTraining } from '../bench/training.mjs';
import { ensureBuild } from './build-stamp.mjs';
import { findEngine } from './engine/folder.mjs';
import { at } from './project.mjs';
import { failWith } from './steps.mjs';

// `npm run bench`: training on every engine, analysis, start; what it found goes to bench/results/latest.{md,json}.

const help = `npm run bench -- OPTIONS

  --keras           Keras beside the engines, from a Python environment of its own
  --rounds N        how often every contender trains every case (3)
  --networks A,B    of mlp, lenet-5, mnist-cnn, resnet-20 (all)
  --batches N,M     batch sizes that divide the epochs (32,128,512)
  --engines A,B     of graph, eager, modelFit, wasm (all)
  --seconds N       of each measurement, after its first epoch (2)
  --quick           one round of a second, batches of 128, without WebAssembly and without the whole training
  --all-settings    looks for Keras's best with XLA, too
  --page            the page alone, in Chromium: frames with a thousand layers, opening, first screen
  --latency         alone how soon feature maps are there after a picture
  --accuracy        alone what MNIST CNN reaches with its own settings, and in what time
  --publish         writes docs/benchmark.md and its chart as well
`;

/** @param {string} list */
const listed = (list) => list.split(',').map((name) => name.trim());

/**
 * @template {string} T
 * @param {string | undefined} list
 * @param {readonly T[]} known all of these unless there is a list
 * @returns {T[]}
 */
function chosen(list, known) {
  if (list === undefined) return [...known];
  return listed(list).map((name) => {
    const found = known.find((candidate) => candidate === name);
    if (found === undefined) throw new Error(`There is no “${name}”: there are ${known.join(', ')}.`);
    return found;
  });
}

/**
 * @param {string} option
 * @param {string} text
 */
function positive(option, text) {
  const value = Number(text);
  if (!(value > 0)) throw new Error(`--${option} is to be a number above 0, and is “${text}”.`);
  return value;
}

function readOptions() {
  const { values } = parseArgs({
    options: {
      keras: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      networks: { type: 'string' },
      batches: { type: 'string' },
      engines: { type: 'string' },
      seconds: { type: 'string' },
      quick: { type: 'boolean', default: false },
      'all-settings': { type: 'boolean', default: false },
      page: { type: 'boolean', default: false },
      latency: { type: 'boolean', default: false },
      accuracy: { type: 'boolean', default: false },
      publish: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const { quick, keras, publish, page, latency, accuracy } = values;
  if (publish && !keras && !page)
    throw new Error('What is published is compared with Keras: give --keras as well.');
  const engines = values.engines ?? (quick ? 'graph,eager,modelFit' : undefined);
  return {
    keras,
    publish,
    help: values.help,
    ...{ quick, page, latency, accuracy },
    allSettings: values['all-settings'],
    networks: values.networks,
    engines: chosen(engines, /** @type {const} */ (['graph', 'eager', 'modelFit', 'wasm'])),
    rounds: Math.ceil(positive('rounds', values.rounds ?? (quick ? '1' : '3'))),
    seconds: positive('seconds', values.seconds ?? (quick ? '1' : '2')),
    batches: listed(values.batches ?? (quick ? '128' : '32,128,512')).map((size) =>
      positive('batches', size),
    ),
  };
}

/**
 * @param {readonly import('../bench/result.ts').NetworkPlan[]} plans
 * @param {readonly number[]} batches
 */
function casesOf(plans, batches) {
  return plans.flatMap((network) =>
    batches.map((batchSize) => {
      if (network.epoch % batchSize === 0) return { network, batchSize };
      throw new Error(`Batches of ${batchSize} do not divide ${network.title}’s epoch of ${network.epoch}.`);
    }),
  );
}

/**
 * @param {ReturnType<typeof readOptions>} options
 * @param {string} folder for what the contenders read
 * @returns {Promise<import('../bench/result.ts').BenchResult>}
 */
async function bench(options, folder) {
  const startedAt = performance.now();
  const say = (/** @type {string} */ text) => void process.stderr.write(`${text}\n`);
  await ensureBuild(say, 'stderr');
  await buildBench();
  const { plans, environment } =
    /** @type {{ plans: import('../bench/result.ts').NetworkPlan[], environment: Record<string, string> }} */ (
      await runBundle('plan', [folder])
    );
  const ids = chosen(
    options.networks,
    plans.map(({ id }) => id),
  );
  const cases = casesOf(
    plans.filter(({ id }) => ids.includes(id)),
    options.batches,
  );
  const engine = await findEngine();
  if (!engine.ok) say(`Without TensorFlow: ${engine.reason}`);
  const python = options.keras ? await ensureKeras(say) : undefined;
  const analysis = /** @type {{ layers: number, milliseconds: number }[]} */ (await runBundle('analysis'));
  const startMilliseconds = [];
  for (let round = 0; round < Math.max(3, options.rounds); round += 1)
    startMilliseconds.push(await measureStart());
  const latency = await measureLatency();
  const accuracy = options.quick ? null : await measureAccuracy();
  const { engines, rounds, seconds, allSettings } = options;
  const engineFolder = engine.ok ? engine.folder : undefined;
  const { kerasVersion, ...training } = await benchTraining({
    ...{ cases, engines, rounds, seconds, engineFolder, python, allSettings, folder, environment, say },
  });
  const { version } = JSON.parse(await readFile(at('package.json'), 'utf8'));
  return {
    machine: {
      cpu: cpus()[0]?.model ?? 'unknown processor',
      cores: cpus().length,
      memoryBytes: totalmem(),
      platform: `${process.platform} ${process.arch}`,
      node: process.versions.node,
    },
    versions: {
      convas: version,
      tensorflow: engine.ok ? engine.record.tensorflow : null,
      keras: kerasVersion,
    },
    settings: { rounds, seconds },
    minutes: (performance.now() - startedAt) / 60_000,
    analysis,
    startMilliseconds,
    latency,
    accuracy,
    ...training,
  };
}

/** @param {{ publish: boolean }} options */
async function benchPage({ publish }) {
  await ensureBuild((text) => void process.stderr.write(`${text}\n`), 'stderr');
  const machine = `${cpus()[0]?.model ?? 'Unknown processor'}, ${cpus().length} cores.`;
  const section = pageReport(await measurePage(), machine);
  process.stdout.write(section);
  if (!publish) return;
  const { format, resolveConfig } = await import('prettier');
  const file = at('docs/benchmark.md');
  const report = withPageSection(await readFile(file, 'utf8'), section);
  await writeFile(file, await format(report, { ...(await resolveConfig(file)), filepath: file }));
}

const folder = await mkdtemp(join(tmpdir(), 'convas-bench-'));
try {
  const options = readOptions();
  if (options.help) {
    process.stdout.write(help);
  } else if (options.page) {
    await benchPage(options);
  } else if (options.latency || options.accuracy) {
    await ensureBuild((text) => void process.stderr.write(`${text}\n`), 'stderr');
    if (options.latency) console.log(latencyTable(await measureLatency()).join('\n'));
    if (options.accuracy) console.log(accuracySentence(await measureAccuracy()));
  } else {
    const result = await bench(options, folder);
    await mkdir(at('bench/results'), { recursive: true });
    await writeFile(at('bench/results/latest.json'), `${JSON.stringify(result, null, 2)}\n`);
    await writeFile(at('bench/results/latest.md'), reportOf(result));
    if (options.publish) {
      const { format, resolveConfig } = await import('prettier');
      const file = at('docs/benchmark.md');
      // What was measured of the page stays.
      const page = pageSectionOf(await readFile(file, 'utf8'));
      const report = withPageSection(reportOf(result, { chart: 'benchmark.svg' }), page);
      await writeFile(file, await format(report, { ...(await resolveConfig(file)), filepath: file }));
      await writeFile(at('docs/benchmark.svg'), chartOf(result));
    }
    process.stdout.write(reportOf(result));
  }
} catch (error) {
  failWith(error);
} finally {
  await rm(folder, { recursive: true, force: true });
}
