import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';
import { run, runTool } from './run.mjs';

/** Chromium refuses its sandbox to root. */
export const isRoot = process.getuid?.() === 0;

/**
 * The Chromium that the end-to-end tests run in: the one that CONVAS_BROWSER names, else one that is installed on this
 * machine, else Playwright's own where it was downloaded. Only looks; whether it starts is for `ensureBrowser` to say.
 *
 * @returns {string | undefined} its path
 */
export const findBrowser = () => candidates().find((path) => existsSync(path));

/**
 * Makes sure of a Chromium that starts, and of a font for Chinese. Each way that fails says why, then the next is tried.
 *
 * @param {import('./steps.mjs').Say} say
 * @returns {Promise<string>} the browser's path
 * @throws {Error} where no way led to a browser
 */
export async function ensureBrowser(say) {
  const named = process.env['CONVAS_BROWSER'];
  const path =
    (await firstThatStarts(say)) ??
    (named ? undefined : ((await downloadWithPlaywright(say)) ?? (await installWithApt(say))));
  if (path === undefined) {
    throw new Error(
      named
        ? `CONVAS_BROWSER names ${named}, which is not there or does not start.`
        : 'No Chromium here: install Chromium or Chrome, or name one with CONVAS_BROWSER.',
    );
  }
  await ensureChineseFont(say);
  return path;
}

/** @param {import('./steps.mjs').Say} say */
async function firstThatStarts(say) {
  for (const path of candidates().filter((candidate) => existsSync(candidate))) {
    // Chrome for Windows opens a window when it is asked for its version.
    if (process.platform === 'win32') return path;
    const { code, output } = await run(path, ['--version'], { seconds: 30 });
    if (code === 0) return path;
    say(`${path} does not start: ${lastLine(output)}`);
  }
  return undefined;
}

/** @param {import('./steps.mjs').Say} say */
async function downloadWithPlaywright(say) {
  say("no installed browser found; trying Playwright's download");
  const { code, timedOut, output } = await runTool(
    '@playwright/test',
    ['install', 'chromium', '--no-shell'],
    // One short wait for the host, a long one for the file.
    { bin: 'playwright', seconds: 600, env: { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000' } },
  );
  if (code === 0) return firstThatStarts(say);
  say(`Playwright's download failed: ${timedOut ? 'not done after 10 minutes' : firstError(output)}`);
  return undefined;
}

/** @param {import('./steps.mjs').Say} say */
async function installWithApt(say) {
  if (!(await aptInstall('chromium', say))) return undefined;
  return firstThatStarts(say);
}

/** @param {import('./steps.mjs').Say} say */
async function ensureChineseFont(say) {
  if (process.platform !== 'linux') return;
  const { code, output } = await run('fc-list', [':lang=zh-tw', 'family']);
  if (code === 0 && output.trim() !== '') return;
  say('no font for Chinese found');
  if (!(await aptInstall('fonts-noto-cjk', say)))
    say('Chinese text will show as boxes in the tests’ pictures');
}

/**
 * @param {string} name of a Debian package
 * @param {import('./steps.mjs').Say} say
 */
async function aptInstall(name, say) {
  if (!isRoot || !existsSync('/usr/bin/apt-get')) {
    say(`${name} could be installed by apt-get, but only by root on Debian or Ubuntu`);
    return false;
  }
  say(`apt-get install ${name}`);
  const options = { seconds: 600, env: { DEBIAN_FRONTEND: 'noninteractive' } };
  await run('apt-get', ['update'], options);
  const { code, output } = await run('apt-get', ['install', '-y', '--no-install-recommends', name], options);
  if (code !== 0) say(`apt-get could not install ${name}: ${firstError(output)}`);
  return code === 0;
}

function candidates() {
  const named = process.env['CONVAS_BROWSER'];
  return named ? [named] : [...(installedPaths[process.platform] ?? onPath)(), chromium.executablePath()];
}

/** @type {Partial<Record<NodeJS.Platform, () => string[]>>} */
const installedPaths = {
  darwin: () =>
    ['/Applications', join(homedir(), 'Applications')].flatMap((folder) =>
      ['Google Chrome', 'Chromium', 'Microsoft Edge'].map((name) =>
        join(folder, `${name}.app`, 'Contents', 'MacOS', name),
      ),
    ),
  win32: () =>
    ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA']
      .flatMap((name) => process.env[name] ?? [])
      .flatMap((folder) => [
        join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
        join(folder, 'Chromium', 'Application', 'chrome.exe'),
        join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
      ]),
};

const onPath = () =>
  ['chromium', 'google-chrome', 'google-chrome-stable', 'chromium-browser', 'microsoft-edge'].flatMap(
    (name) =>
      [...(process.env['PATH'] ?? '').split(delimiter), '/snap/bin'].map((folder) => join(folder, name)),
  );

/** @param {string} output */
const lastLine = (output) => output.trim().split('\n').at(-1) ?? '';

/** @param {string} output */
const firstError = (output) => /^(?:Error|E): (.*)$/m.exec(output)?.[1] ?? lastLine(output);
