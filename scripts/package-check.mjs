import { requireNode } from './node-version.mjs';

// `npm run package:check`: packs on a stand-in for Electron and tries what was packed; sets up what that needs.
requireNode();
const { failWith, step } = await import('./steps.mjs');
const { ensureDependencies } = await import('./dependencies.mjs');

try {
  await step('Dependencies', (say) => ensureDependencies(say));
  const { engineStep } = await import('./engine-step.mjs');
  const { runNpm } = await import('./run.mjs');
  await step('Engine', engineStep);
  const { code } = await runNpm(['run', '-s', 'test:package'], { output: 'inherit' });
  process.exitCode = code;
} catch (error) {
  failWith(error);
}
