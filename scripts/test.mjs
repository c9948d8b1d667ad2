import { requireNode } from './node-version.mjs';

// `npm test`: sets up all that the tests need, then runs every suite, whatever the others did. `npm test -- lint unit`
// runs those alone. The last line is `N passed, N failed`.
requireNode();
const { step, seconds, failWith } = await import('./steps.mjs');
const { ensureDependencies } = await import('./dependencies.mjs');

try {
  await step('Dependencies', (say) => ensureDependencies(say));
  // The rest may import what was installed just now.
  const { suites } = await import('./suites.mjs');
  const chosen = choose(suites, process.argv.slice(2));
  const broken = await setUp(chosen.map(({ id }) => id));
  /** @type {{ counts: import('./suites.mjs').Counts, line: string }[]} */
  const results = [];
  for (const suite of chosen) {
    console.log(`\n▸ ${suite.title}`);
    const start = performance.now();
    const missing = suite.needs?.find((need) => broken.includes(need));
    if (missing) console.log(`not run: the ${missing} failed`);
    const counts = missing ? { passed: 0, failed: 1, skipped: 0 } : await suite.run();
    if (counts.failed > 0) broken.push(suite.id);
    const result = `${summary(counts)} (${seconds(performance.now() - start)})`;
    const line = `${counts.failed > 0 ? '✗' : '✓'} ${suite.title}: ${result}`;
    console.log(line);
    results.push({ counts, line });
  }
  console.log(`\n${results.map(({ line }) => line).join('\n')}`);
  const total = (/** @type {'passed' | 'failed'} */ key) =>
    results.reduce((sum, { counts }) => sum + counts[key], 0);
  process.exitCode = total('failed') > 0 ? 1 : 0;
  console.log(`${total('passed')} passed, ${total('failed')} failed`);
} catch (error) {
  failWith(error);
  console.log('0 passed, 1 failed');
}

/**
 * @param {import('./suites.mjs').Suite[]} suites
 * @param {string[]} ids
 */
function choose(suites, ids) {
  const unknown = ids.find((id) => !suites.some((suite) => suite.id === id));
  if (unknown) {
    throw new Error(`No suite ${unknown}; there are: ${suites.map(({ id }) => id).join(', ')}.`);
  }
  return ids.length === 0 ? suites : suites.filter(({ id }) => ids.includes(id));
}

/**
 * Sets up what the chosen suites need besides the dependencies.
 *
 * @param {string[]} ids
 * @returns {Promise<string[]>} what could not be had
 */
async function setUp(ids) {
  /** @type {string[]} */
  const broken = [];
  if (['unit', 'built', 'package', 'e2e'].some((id) => ids.includes(id))) {
    const { engineStep } = await import('./engine-step.mjs');
    await step('Engine', engineStep);
  }
  if (ids.includes('e2e')) {
    const { ensureBrowser } = await import('./browser.mjs');
    await step('Browser', async (say) => {
      try {
        const path = await ensureBrowser(say);
        process.env['CONVAS_BROWSER'] = path;
        return path;
      } catch (error) {
        broken.push('browser');
        return error instanceof Error ? error.message : String(error);
      }
    });
  }
  if (['built', 'package', 'security', 'e2e'].some((id) => ids.includes(id)) && !ids.includes('build')) {
    const { ensureBuild } = await import('./build-stamp.mjs');
    await step('Build', (say) => ensureBuild(say));
  }
  return broken;
}

/** @param {import('./suites.mjs').Counts} counts */
function summary({ passed, failed, skipped }) {
  const counts = `${passed} passed, ${failed} failed`;
  return skipped > 0 ? `${counts}, ${String(skipped)} skipped` : counts;
}
