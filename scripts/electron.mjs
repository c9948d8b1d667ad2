import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { at } from './project.mjs';
import { run } from './run.mjs';
import { satisfies } from './node-version.mjs';
import { ensureNode24 } from './package/node24.mjs';

const folder = at('node_modules', 'electron');
/** What Electron's own installer needs. */
const installerNode = '>=22.12.0';
/** A download that failed is not tried again at each start, only after a day. */
const failureFile = at('.cache', 'electron-failed.json');
const failureAge = 24 * 60 * 60 * 1000;

/**
 * Electron's binary: in the folder that ELECTRON_OVERRIDE_DIST_PATH names, else as its package installed it. Only
 * looks; importing the package itself would begin a download.
 *
 * @returns {string | undefined}
 */
export function findElectron() {
  const named = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  const inside =
    readText(join(folder, 'path.txt')) ?? (process.platform === 'linux' ? 'electron' : undefined);
  const paths = inside === undefined ? [] : [...(named ? [named] : []), join(folder, 'dist')];
  return paths.map((path) => join(path, inside ?? '')).find((path) => existsSync(path));
}

/**
 * Makes sure of Electron's binary.
 *
 * @param {import('./steps.mjs').Say} say
 * @param {boolean} again tries a download that failed not long ago once more
 * @returns {Promise<{ path: string } | { reason: string }>}
 */
export async function ensureElectron(say, again) {
  const found = findElectron();
  if (found !== undefined) return { path: found };
  const failed = readFailure();
  if (!again && failed !== undefined) return { reason: failed };
  say("fetching Electron's binary");
  const node = satisfies(process.versions.node, installerNode) ? process.execPath : await ensureNode24(say);
  const { code, timedOut, output } = await run(node, [join(folder, 'install.js')], {
    seconds: 300,
  });
  const path = code === 0 ? findElectron() : undefined;
  if (path !== undefined) {
    rmSync(failureFile, { force: true });
    return { path };
  }
  const said = output.split('\n').find((line) => /error/i.test(line)) ?? output.trim().split('\n').at(-1);
  const reason = `Electron could not be fetched: ${timedOut ? 'not done after 5 minutes' : (said ?? 'no reason given').trim()}`;
  writeFileSync(failureFile, JSON.stringify({ at: Date.now(), version: versionOf(), reason }));
  return { reason };
}

/** @returns {string | undefined} why it failed, where that was lately and for this version */
function readFailure() {
  try {
    const { at: when, version, reason } = JSON.parse(readFileSync(failureFile, 'utf8'));
    return version === versionOf() && Date.now() - when < failureAge ? reason : undefined;
  } catch {
    return undefined;
  }
}

const versionOf = () => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version;

/** @param {string} file */
function readText(file) {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
}
