import { readFileSync, rmSync } from 'node:fs';
import { findElectron } from './electron.mjs';
import { at } from './project.mjs';
import { runNpm } from './run.mjs';

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 */

/**
 * @typedef {object} Suite
 * @property {string} id to name it by on the command line
 * @property {string} title
 * @property {string[]} [needs] ids of what must have worked before, or this has nothing to test
 * @property {() => Promise<Counts>} run
 */

/**
 * What `npm test` runs, in this order: the scripts of package.json, so that each can be run by itself too.
 *
 * @type {Suite[]}
 */
export const suites = [
  { id: 'format', title: 'Format', run: () => check('format:check') },
  { id: 'lint', title: 'Lint', run: () => check('lint') },
  { id: 'imports', title: 'Import rules', run: () => check('imports') },
  { id: 'dead-code', title: 'Dead code', run: () => check('dead-code') },
  { id: 'types', title: 'Types', run: () => check('types') },
  { id: 'unit', title: 'Unit tests', run: () => vitest('test:unit') },
  { id: 'build', title: 'Build', run: () => check('build') },
  { id: 'built', title: 'Tests of the built program', needs: ['build'], run: () => vitest('test:built') },
  { id: 'package', title: 'Package', needs: ['build'], run: () => vitest('test:package') },
  { id: 'security', title: 'Electron’s security rules', needs: ['build'], run: () => check('security') },
  {
    id: 'e2e',
    title: 'Tests in the browser',
    needs: ['build', 'browser'],
    run: () => {
      console.log(
        findElectron() === undefined
          ? 'The desktop specs run on a stand-in for Electron: there is no Electron binary here.'
          : 'The desktop specs run on Electron itself.',
      );
      return playwright('test:e2e');
    },
  },
];

/**
 * A script that passes or fails as one test, and is heard only when it fails.
 *
 * @param {string} script
 * @returns {Promise<Counts>}
 */
async function check(script) {
  const { code, timedOut, output } = await runNpm(['run', '-s', script], { seconds: 900 });
  if (code === 0) return { passed: 1, failed: 0, skipped: 0 };
  process.stdout.write(output);
  if (timedOut) console.log('not done after 15 minutes');
  return { passed: 0, failed: 1, skipped: 0 };
}

/**
 * @param {string} script
 * @returns {Promise<Counts>}
 */
async function vitest(script) {
  const file = reportFile('vitest');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const { code } = await runNpm(['run', '-s', script, '--', ...reporters], {
    output: 'inherit',
    seconds: 1500,
  });
  /** @typedef {{ status: string, assertionResults: { status: string }[] }} TestFile */
  const report = /** @type {{ testResults: TestFile[] } | undefined} */ (readReport(file));
  const tests = (report?.testResults ?? []).flatMap(({ status, assertionResults: results }) =>
    // A file that fails before its first test counts as one.
    status === 'failed' && !results.some((test) => test.status === 'failed')
      ? [...results, { status: 'failed' }]
      : results,
  );
  const count = (/** @type {string[]} */ ...statuses) =>
    tests.filter((test) => statuses.includes(test.status)).length;
  return counts(code, count('passed'), count('failed'), count('skipped', 'pending', 'todo'));
}

/**
 * @param {string} script
 * @returns {Promise<Counts>}
 */
async function playwright(script) {
  // As playwright.config.ts has it.
  const file = reportFile('playwright');
  const { code } = await runNpm(['run', '-s', script], { output: 'inherit', seconds: 2400 });
  /** @typedef {{ expected: number, unexpected: number, flaky: number, skipped: number }} Stats */
  const stats = /** @type {{ stats: Stats } | undefined} */ (readReport(file))?.stats;
  return counts(
    code,
    // One that passed at its second try has passed; the list above names it.
    (stats?.expected ?? 0) + (stats?.flaky ?? 0),
    stats?.unexpected ?? 0,
    stats?.skipped ?? 0,
  );
}

/**
 * A runner that ends badly without naming a failed test (a crash, an error outside the tests) has failed once.
 *
 * @param {number} code
 * @param {number} passed
 * @param {number} failed
 * @param {number} skipped
 * @returns {Counts}
 */
const counts = (code, passed, failed, skipped) => ({
  passed,
  failed: code === 0 ? failed : Math.max(failed, 1),
  skipped,
});

/** @param {string} name */
function reportFile(name) {
  const file = at('.cache', 'reports', `${name}.json`);
  rmSync(file, { force: true });
  return file;
}

/**
 * @param {string} file
 * @returns {unknown}
 */
function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
