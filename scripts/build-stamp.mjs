import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from './lock.mjs';
import { at, cliPath } from './project.mjs';
import { run } from './run.mjs';

const folders = ['shared', 'main', 'preload', 'renderer', 'assets'];
const files = [
  'package.json',
  'package-lock.json',
  'tsconfig.base.json',
  'vite.config.ts',
  'vite.main.config.ts',
  'vite.preload.config.ts',
];

export const buildStampFile = at('out', 'stamp');

/** A hash of everything the build reads, its tests left out. */
export function hashSources() {
  const hash = createHash('sha256');
  for (const folder of folders.filter((name) => existsSync(at(name)))) {
    const entries = readdirSync(at(folder), { recursive: true, withFileTypes: true });
    const paths = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    for (const path of paths.sort()) if (!/\.test\.tsx?$/.test(path)) addFile(path);
  }
  for (const name of files) addFile(at(name));
  return hash.digest('hex');

  function addFile(/** @type {string} */ path) {
    const content = readFileSync(path);
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
}

/**
 * Builds the program, unless `out/` is what the sources make. Imports Node's own modules alone.
 *
 * @param {import('./steps.mjs').Say} say
 * @param {'inherit' | 'stderr'} output where the build's output goes
 * @returns {Promise<string>} what was done, in a few words
 */
export async function ensureBuild(say, output = 'inherit') {
  if (isBuilt()) return 'up to date';
  return withLock('build', () => build(say, output), say);
}

/**
 * @param {import('./steps.mjs').Say} say
 * @param {'inherit' | 'stderr'} output
 */
async function build(say, output) {
  if (isBuilt()) return 'up to date';
  say(existsSync(buildStampFile) ? 'the sources have changed' : 'the first time');
  // In a process of its own, so that the bundler's memory and listeners end with it.
  const { code } = await run(process.execPath, [at('scripts', 'build.mjs'), '--quiet'], { output });
  if (code !== 0) throw new Error('The build failed; what it said is above.');
  return 'built';
}

function isBuilt() {
  try {
    return existsSync(cliPath) && readFileSync(buildStampFile, 'utf8') === hashSources();
  } catch {
    return false;
  }
}
