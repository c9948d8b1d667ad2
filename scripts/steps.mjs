/**
 * @callback Say prints one line under the step's heading
 * @param {string} line
 * @returns {void}
 */

/**
 * Runs one step of a set-up under a one-line heading and prints its elapsed time. A step that had nothing to say takes
 * a single line.
 *
 * @param {string} title
 * @param {(say: Say) => Promise<string>} work resolves with its result in a few words
 * @param {object} [options]
 * @param {NodeJS.WritableStream} [options.stream]
 * @param {boolean} [options.quiet] prints nothing at all where the work had nothing to say
 */
export async function step(title, work, { stream = process.stdout, quiet = false } = {}) {
  const start = performance.now();
  /** @type {string[]} */
  const said = [];
  const result = await work((line) => {
    if (said.push(line) === 1) stream.write(`▸ ${title}\n`);
    stream.write(`  ${line}\n`);
  });
  const line = `${result} (${seconds(performance.now() - start)})`;
  if (said.length > 0) stream.write(`  ✓ ${line}\n`);
  else if (!quiet) stream.write(`✓ ${title}: ${line}\n`);
}

/** @param {number} milliseconds */
export const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(1)} s`;

/**
 * Ends a script with the sentence of the error that ended it.
 *
 * @param {unknown} error
 */
export function failWith(error) {
  process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
