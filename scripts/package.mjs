import { requireNode } from './node-version.mjs';

// `npm run package`: packs for this platform, into release/. What stands behind `--` is handed to electron-builder.
requireNode();
const { failWith, step } = await import('./steps.mjs');
const { ensureDependencies } = await import('./dependencies.mjs');

try {
  await step('Dependencies', (say) => ensureDependencies(say));
  const { engineStep } = await import('./engine-step.mjs');
  const { preparePackage, runBuilder } = await import('./package/builder.mjs');
  await step('TensorFlow', engineStep);
  const node = await preparePackage();
  const { code } = await runBuilder(node, ['--publish', 'never', ...process.argv.slice(2)], 'inherit');
  process.exitCode = code;
} catch (error) {
  failWith(error);
}
