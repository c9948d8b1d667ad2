import { requireNode } from './node-version.mjs';

// `npm start`: everything that the designer needs, then the designer. A second start finds it all there.
requireNode();
const { step, failWith } = await import('./steps.mjs');
const { ensureDependencies } = await import('./dependencies.mjs');

try {
  await step('Dependencies', (say) => ensureDependencies(say));
  // The rest may import what was installed just now.
  const { engineStep } = await import('./engine-step.mjs');
  const { ensureBuild } = await import('./build-stamp.mjs');
  const { runCli } = await import('./cli.mjs');
  await step('Engine', engineStep);
  await step('Build', (say) => ensureBuild(say));
  await runCli(['serve', ...process.argv.slice(2)]);
} catch (error) {
  failWith(error);
}
