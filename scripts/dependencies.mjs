import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { withLock } from './lock.mjs';
import { at } from './project.mjs';
import { runNpm } from './run.mjs';

const stampFile = at('node_modules', '.convas-stamp');

/**
 * Installs what the lock file names, unless that is what node_modules holds. Imports Node's own modules alone.
 *
 * @param {import('./steps.mjs').Say} say
 * @param {'inherit' | 'stderr'} output where npm's output goes
 * @returns {Promise<string>} what was done, in a few words
 */
export async function ensureDependencies(say, output = 'inherit') {
  if (isInstalled()) return 'up to date';
  return withLock('install', () => install(say, output), say);
}

/**
 * @param {import('./steps.mjs').Say} say
 * @param {'inherit' | 'stderr'} output
 */
async function install(say, output) {
  if (isInstalled()) return 'up to date';
  say('npm ci: node_modules is not what package-lock.json names');
  const { code } = await runNpm(['ci', '--loglevel=error'], { output });
  if (code !== 0) {
    throw new Error(
      `The dependencies could not be installed: npm ci ended with code ${code}; its own words are above. Check the connection to the npm registry, then try again.`,
    );
  }
  writeFileSync(stampFile, stampOf(readFileSync(at('package-lock.json'))));
  return 'installed';
}

function isInstalled() {
  const lock = readFileSync(at('package-lock.json'));
  const stamp = stampOf(lock);
  if (readText(stampFile) === stamp) return true;
  // Installed by hand (npm ci, npm install): npm's own record of node_modules tells.
  const record = readText(at('node_modules', '.package-lock.json'));
  if (record === undefined || !holdsAll(packagesOf(record), packagesOf(lock.toString()))) return false;
  writeFileSync(stampFile, stamp);
  return true;
}

/** @param {Buffer} lock */
const stampOf = (lock) =>
  `${createHash('sha256').update(lock).digest('hex')} ${process.platform} ${process.arch}\n`;

/** @typedef {Record<string, { version?: string, integrity?: string, optional?: boolean, devOptional?: boolean }>} Packages */

/**
 * @param {string} lock
 * @returns {Packages}
 */
const packagesOf = (lock) => /** @type {{ packages: Packages }} */ (JSON.parse(lock)).packages;

/**
 * @param {Packages} installed
 * @param {Packages} wanted
 */
const holdsAll = (installed, wanted) =>
  Object.entries(wanted).every(([path, want]) => {
    const have = installed[path];
    if (path === '' || (have === undefined && (want.optional ?? want.devOptional))) return true;
    return have?.version === want.version && have?.integrity === want.integrity;
  });

/** @param {string} file */
function readText(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
