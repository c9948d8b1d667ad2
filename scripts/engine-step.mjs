import { ensureEngine } from './engine/setup.mjs';

/**
 * Sets TensorFlow up where it is missing, as a step: says what it tries, and resolves with what training will run on.
 *
 * @param {import('./steps.mjs').Say} say
 * @returns {Promise<string>}
 */
export async function engineStep(say) {
  // One line late, so that the last one, which is the result, is not said twice.
  let late = '';
  const log = (/** @type {string} */ line) => {
    if (late) say(late);
    late = line;
  };
  const { rungs } = await ensureEngine({ log });
  const result = rungs.at(-1)?.reason ?? 'none: `convas doctor` says why';
  if (late && late !== result) say(late);
  return result;
}
