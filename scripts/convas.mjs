import { requireNode } from './node-version.mjs';

// `npm run -s convas -- …`: the command line, after what it needs. Standard output is the command's alone, so all that
// is said before goes to standard error. The engine is left to `npm run setup-engine`: most commands need none.
requireNode();
const { step, failWith } = await import('./steps.mjs');
const { ensureDependencies } = await import('./dependencies.mjs');
const { ensureBuild } = await import('./build-stamp.mjs');
const { runCli } = await import('./cli.mjs');

const quietly = { stream: process.stderr, quiet: true };
try {
  await step('Dependencies', (say) => ensureDependencies(say, 'stderr'), quietly);
  await step('Build', (say) => ensureBuild(say, 'stderr'), quietly);
  await runCli(process.argv.slice(2));
} catch (error) {
  failWith(error);
}
