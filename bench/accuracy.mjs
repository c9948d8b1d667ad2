import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cliPath } from '../scripts/project.mjs';

// What a template comes to with its own settings on all of MNIST, and whether it takes as long as was said before.

/**
 * @typedef {object} Accuracy
 * @property {string} network
 * @property {number} epochs
 * @property {number} trainExamples
 * @property {number} testExamples
 * @property {number} accuracy on the test set after the last epoch, 0 to 1
 * @property {number} estimatedSeconds for all epochs, measured before the training
 * @property {number} seconds from the command to the written model
 * @property {string} engine
 */

/** What MNIST CNN is to reach. */
export const promisedAccuracy = 0.99;

const run = promisify(execFile);

/**
 * Estimates and trains, both by the command line and by its defaults.
 *
 * @param {string} network
 * @returns {Promise<Accuracy>}
 */
export async function measureAccuracy(network = 'mnist-cnn') {
  const folder = await mkdtemp(join(tmpdir(), 'convas-accuracy-'));
  const convas = async (/** @type {readonly string[]} */ args) => {
    const options = { env: { ...process.env, CONVAS_DATA_DIR: folder }, maxBuffer: 2 ** 28 };
    const { stdout } = await run(process.execPath, [cliPath, ...args, '--json'], options);
    return stdout.trim().split('\n');
  };
  try {
    const [estimate = ''] = await convas(['estimate', network]);
    const { secondsPerEpoch, epochs } = JSON.parse(estimate);
    const startedAt = performance.now();
    const events = (await convas(['train', network])).map((line) => JSON.parse(line));
    const all = (performance.now() - startedAt) / 1000;
    const started = events.find(({ type }) => type === 'started');
    const done = events.at(-1);
    if (done?.type !== 'done') throw new Error(done?.problem?.message ?? 'The training came to no end.');
    const { trainExamples, testExamples, engine } = started;
    return {
      ...{ network, epochs, trainExamples, testExamples, accuracy: done.valAccuracy, seconds: all },
      estimatedSeconds: secondsPerEpoch * epochs,
      engine: `${engine.name} ${engine.version} on ${engine.device}, ${engine.threads} threads`,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * As a sentence of the report.
 *
 * @param {Accuracy} found
 */
export function accuracySentence({
  network,
  epochs,
  trainExamples,
  testExamples,
  accuracy,
  estimatedSeconds,
  seconds,
  engine,
}) {
  const reached = accuracy >= promisedAccuracy ? 'which is' : 'which is not';
  const whole = (/** @type {number} */ number) => Math.round(number).toLocaleString('en-US');
  return [
    `The template \`${network}\`, as it is, on all ${whole(trainExamples)} training pictures for ${epochs} epochs:`,
    `**${(100 * accuracy).toFixed(2)} %** of ${whole(testExamples)} test pictures right, ${reached} the promised ${100 * promisedAccuracy} %.`,
    `Said before: ${whole(estimatedSeconds)} s; it took ${whole(seconds)} s from the command to the written model (${engine}).`,
  ].join(' ');
}
