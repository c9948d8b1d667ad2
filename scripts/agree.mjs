import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { agreementReport, verdictOn } from '../bench/agreement.mjs';
import { buildBench, ensureKeras, runBundle, runKeras } from '../bench/processes.mjs';
import { findEngine } from './engine/folder.mjs';
import { at } from './project.mjs';
import { failWith } from './steps.mjs';

// `npm run agree`: whether a training in Convas is the same training in Keras; the report goes to
// bench/results/agreement.{md,json}, and the exit code is 1 where one differs.

const help = `npm run agree -- OPTIONS

  --only NAME       of the cases those whose name begins so: mlp, lenet-5, mnist-cnn, resnet-20, residual-cnn,
                    activations, random (all)
  --publish         writes docs/agreement.md as well
`;

/**
 * @typedef {Omit<import('../bench/agreement.ts').AgreementResult, 'machine' | 'versions' | 'cases'> & {
 *   cases: import('../bench/agreement.ts').TrainedCase[],
 * }} Trained
 */

/**
 * @typedef {object} Compared
 * @property {import('../bench/agreement.ts').AgreementResult['versions']['keras']} versions
 * @property {Readonly<Record<string, Record<'first' | 'last', import('../bench/agreement.ts').Moment>>>} cases
 */

/**
 * @param {string | undefined} only
 * @param {string} folder for what both are trained on and what they come to
 * @returns {Promise<import('../bench/agreement.ts').AgreementResult>}
 */
async function agree(only, folder) {
  const say = (/** @type {string} */ text) => void process.stderr.write(`${text}\n`);
  const engine = await findEngine();
  if (!engine.ok) throw new Error(`TensorFlow is needed for it: ${engine.reason}`);
  const python = await ensureKeras(say);
  await buildBench();
  say('Training with Convas …');
  const job = JSON.stringify({ folder, engineFolder: engine.folder, only: only ?? null });
  const trained = /** @type {Trained} */ (await runBundle('agree', [job], { TF_CPP_MIN_LOG_LEVEL: '2' }));
  if (trained.cases.length === 0) throw new Error(`There is no case “${only}”; --help names them.`);
  const cases = [];
  let versions;
  for (const [at, one] of trained.cases.entries()) {
    const compared = /** @type {Compared} */ (
      await runKeras(python, { folder, cases: [one.id] }, 'keras_agree')
    );
    const moments = compared.cases[one.id];
    if (moments === undefined) throw new Error(`Keras did not train ${one.id}.`);
    versions = compared.versions;
    const found = { ...one, ...moments };
    cases.push(found);
    say(`${at + 1} of ${trained.cases.length}, ${one.title}, ${one.optimizer}: ${verdictOn(found)}`);
  }
  if (versions === undefined) throw new Error('Nothing was compared.');
  const { version } = JSON.parse(await readFile(at('package.json'), 'utf8'));
  return {
    machine: {
      cpu: cpus()[0]?.model ?? 'unknown processor',
      platform: `${process.platform} ${process.arch}`,
      node: process.versions.node,
    },
    versions: { convas: version, tensorflow: engine.record.tensorflow, keras: versions },
    ...trained,
    cases,
  };
}

const folder = await mkdtemp(join(tmpdir(), 'convas-agree-'));
try {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      publish: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(help);
  } else {
    if (values.publish && values.only !== undefined) throw new Error('What is published has all cases.');
    const result = await agree(values.only, folder);
    const report = agreementReport(result);
    await mkdir(at('bench/results'), { recursive: true });
    await writeFile(at('bench/results/agreement.json'), `${JSON.stringify(result, null, 2)}\n`);
    await writeFile(at('bench/results/agreement.md'), report);
    if (values.publish) {
      const { format, resolveConfig } = await import('prettier');
      const file = at('docs/agreement.md');
      await writeFile(file, await format(report, { ...(await resolveConfig(file)), filepath: file }));
    }
    process.stdout.write(report);
    // What is undecided is no proof either.
    if (result.cases.some((found) => verdictOn(found) !== 'agrees')) process.exitCode = 1;
  }
} catch (error) {
  failWith(error);
} finally {
  await rm(folder, { recursive: true, force: true });
}
