import { chromium } from '@playwright/test';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowser, isRoot } from './browser.mjs';
import { at, cliPath } from './project.mjs';
import { lessonScenes } from './screenshots/lessonScenes.mjs';
import { scenes } from './screenshots/scenes.mjs';

// `npm run screenshots`: makes docs/pictures/ from the built program itself, every screen in both themes and both
// languages, and every lesson. `npm run screenshots -- analysis code` makes those of these scenes alone.
const wanted = process.argv.slice(2);
const chosen = Object.entries({ ...scenes, ...lessonScenes }).filter(
  ([name]) => wanted.length === 0 || wanted.includes(name),
);
const folder = at('docs/pictures');
const languages = /** @type {const} */ (['en', 'zh-TW']);
const themes = /** @type {const} */ (['light', 'dark']);
/** What is new in a lesson is its text. */
const lessonThemes = /** @type {const} */ (['light']);

const executablePath = findBrowser();
mkdirSync(folder, { recursive: true });
for (const [name, scene] of chosen)
  for (const language of languages)
    for (const theme of name in lessonScenes ? lessonThemes : themes)
      await take(name, scene, language, theme);

/**
 * @param {string} name
 * @param {import('./screenshots/scenes.mjs').Scene} scene
 * @param {'en' | 'zh-TW'} language
 * @param {'light' | 'dark'} theme
 */
async function take(name, scene, language, theme) {
  // Its own data folder: no picture shows what an earlier one left.
  const data = mkdtempSync(join(tmpdir(), 'convas-pictures-'));
  const server = spawn(process.execPath, [cliPath, 'serve', '--no-open', '--port', '0', '--json'], {
    env: { ...process.env, CONVAS_DATA_DIR: data },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  /** @type {string} */
  const line = await new Promise((resolve) => server.stdout.setEncoding('utf8').once('data', resolve));
  const browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    chromiumSandbox: !isRoot,
  });
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    colorScheme: theme,
    reducedMotion: 'reduce',
    locale: language,
  });
  try {
    const page = await context.newPage();
    await page.goto(JSON.parse(line).url);
    await page.locator('.palette').waitFor();
    await scene(page, translator(language));
    await page.waitForTimeout(400);
    const session = await context.newCDPSession(page);
    const { data: picture } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 84 });
    // A browser with a session open does not close.
    await session.detach();
    writeFileSync(join(folder, `${name}-${language}-${theme}.webp`), Buffer.from(picture, 'base64'));
    console.log(`${name} ${language} ${theme}`);
  } finally {
    await browser.close();
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGTERM');
    await ended;
    rmSync(data, { recursive: true, force: true, maxRetries: 5 });
  }
}

/**
 * Gives the program's own texts, by which a scene finds its way in either language.
 *
 * @param {'en' | 'zh-TW'} language
 * @returns {import('./screenshots/scenes.mjs').Texts}
 */
function translator(language) {
  const texts = JSON.parse(readFileSync(at(`shared/i18n/${language}.json`), 'utf8'));
  return (key, values = {}) => {
    const text = key.split('.').reduce((found, part) => found?.[part], texts);
    if (typeof text !== 'string') throw new Error(`There is no text ${key}.`);
    return text.replaceAll(/\{\{(\w+)\}\}/g, (_all, name) => values[name] ?? '');
  };
}
