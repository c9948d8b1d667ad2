import { existsSync } from 'node:fs';
import { at } from '../project.mjs';
import { satisfies } from '../node-version.mjs';
import { runNpm } from '../run.mjs';

/** Electron 45 has Node.js 24 in it, and electron-builder needs 22.12. */
const version = '24.21.0';
const ownFolder = at('.cache', 'node24');

/**
 * A Node.js as Electron has it: this one where it is new enough, else one from npm in a folder of its own (in
 * node_modules it would take the place of Node.js in every script of npm).
 *
 * @param {import('../steps.mjs').Say} say
 * @returns {Promise<string>} its path
 */
export async function ensureNode24(say) {
  if (satisfies(process.versions.node, '>=24.0.0')) return process.execPath;
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const program = process.platform === 'win32' ? 'node.exe' : 'node';
  const path = at('.cache', 'node24', 'node_modules', name, 'bin', program);
  if (existsSync(path)) return path;
  say(`fetching Node.js ${version}`);
  const { code, output } = await runNpm([
    'install',
    '--no-save',
    '--ignore-scripts',
    '--prefix',
    ownFolder,
    `${name}@${version}`,
  ]);
  if (code !== 0 || !existsSync(path)) throw new Error(`Node.js ${version} cannot be had: ${output.trim()}`);
  return path;
}
