import { requireNode } from './node-version.mjs';

// `npm start`: everything that the designer needs, then the designer, in Electron's window where it can be had, else
// as a page of this machine. `npm run desktop` and `npm run web` choose. A second start finds it all there.
requireNode();
const { step, failWith } = await import('./steps.mjs');
const { ensureDependencies } = await import('./dependencies.mjs');

/** A window that ends so soon, in milliseconds, and not well, could not be opened. */
const endsAtOnce = 5000;
const args = process.argv.slice(2);
const wish = args.includes('--desktop') ? 'desktop' : args.includes('--web') ? 'web' : 'either';
const rest = args.filter((arg) => arg !== '--desktop' && arg !== '--web');

try {
  await step('Dependencies', (say) => ensureDependencies(say));
  // The rest may import what was installed just now.
  const { engineStep } = await import('./engine-step.mjs');
  const { ensureBuild } = await import('./build-stamp.mjs');
  const { runCli } = await import('./cli.mjs');
  await step('Engine', engineStep);
  await step('Build', (say) => ensureBuild(say));
  const electron = wish === 'web' ? { reason: 'as asked' } : await electronStep();
  if ('path' in electron) {
    const { run } = await import('./run.mjs');
    const { at } = await import('./project.mjs');
    console.log('Opening the window (Electron is there).');
    const startedAt = Date.now();
    const { code } = await run(electron.path, [at('.'), ...rest], {
      output: 'inherit',
      env: { ELECTRON_RUN_AS_NODE: undefined },
    });
    if (wish === 'either' && code !== 0 && Date.now() - startedAt < endsAtOnce) {
      // Electron as npm brings it cannot set up its sandbox on every Linux, nor for root.
      console.log('Opening the page, since the window ended at once; what it said is above.');
      await runCli(['serve', ...rest]);
    } else {
      process.exitCode = code;
    }
  } else if (wish === 'desktop') {
    throw new Error(`There is no window: ${electron.reason}. \`npm run web\` opens the designer as a page.`);
  } else {
    if (wish === 'either') console.log(`Opening the page, not a window: ${electron.reason}.`);
    await runCli(['serve', ...rest]);
  }
} catch (error) {
  failWith(error);
}

/** @returns {Promise<{ path: string } | { reason: string }>} */
async function electronStep() {
  const { ensureElectron } = await import('./electron.mjs');
  const { hasScreen } = await import('./screen.mjs');
  if (!hasScreen()) return { reason: 'there is no screen' };
  /** @type {{ path: string } | { reason: string }} */
  let electron = { reason: 'not looked for' };
  await step('Electron', async (say) => {
    electron = await ensureElectron(say, wish === 'desktop');
    return 'path' in electron ? 'there' : 'not there';
  });
  return electron;
}
