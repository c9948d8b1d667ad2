import { at } from '../project.mjs';
import { run } from '../run.mjs';
import { ensureBuild } from '../build-stamp.mjs';
import { ensureNode24 } from './node24.mjs';
import { prepareEngine } from './engine.mjs';
import { step } from '../steps.mjs';

/** Makes all that electron-builder needs. */
export async function preparePackage() {
  /** @type {string} */
  let node = process.execPath;
  await step('Node.js', async (say) => (node = await ensureNode24(say)));
  await step('Build', (say) => ensureBuild(say));
  await step('Engine', prepareEngine);
  return node;
}

/**
 * Runs electron-builder under a Node.js that it takes.
 *
 * @param {string} node
 * @param {string[]} args
 * @param {'inherit' | 'capture'} output
 */
export const runBuilder = (node, args, output) =>
  run(node, [at('node_modules', 'electron-builder', 'cli.js'), ...args], {
    output,
    seconds: 1800,
    // Signing is asked for by the release alone.
    env: { CSC_IDENTITY_AUTO_DISCOVERY: process.env['CSC_IDENTITY_AUTO_DISCOVERY'] ?? 'false' },
  });
