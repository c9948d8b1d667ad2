import { readFileSync } from 'node:fs';
import { at } from './project.mjs';

/**
 * Whether a Node.js version lies in a range of the form that package.json's `engines` has: `^20.19.0 || >=22.12.0`.
 *
 * @param {string} version such as `20.19.4`
 * @param {string} range alternatives of `^` or `>=` with a full version each
 */
export function satisfies(version, range) {
  const have = numbers(version);
  return range.split('||').some((alternative) => {
    const text = alternative.trim();
    const want = numbers(text.replace(/^(\^|>=)/, ''));
    if (text.startsWith('^') && have[0] !== want[0]) return false;
    const at = want.findIndex((part, index) => part !== have[index]);
    return at === -1 || (have[at] ?? 0) > (want[at] ?? 0);
  });
}

/**
 * Ends the process with a sentence where this Node.js is too old for the project. What needs a newer one is to be
 * imported after this call.
 */
export function requireNode() {
  const { engines } = /** @type {{ engines: { node: string } }} */ (
    JSON.parse(readFileSync(at('package.json'), 'utf8'))
  );
  if (satisfies(process.versions.node, engines.node)) return;
  const range = engines.node.replace('||', 'or');
  console.error(
    `Convas needs Node.js ${range}; this is ${process.versions.node} (${process.execPath}). Install a newer Node.js, then try again.`,
  );
  process.exit(1);
}

/** @param {string} version */
const numbers = (version) => version.split('.').map((part) => Number.parseInt(part, 10));
