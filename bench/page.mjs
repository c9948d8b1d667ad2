import { chromium } from '@playwright/test';
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowser, isRoot } from '../scripts/browser.mjs';
import { cliPath } from '../scripts/project.mjs';
import { framesWhile } from './frames.mjs';
import { branchesOf, chainOf } from './pageNetworks.mjs';

// The page in Chromium: how long a frame keeps its thread while one drags, pans, zooms and types, and how soon it is there.

/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {import('./frames.mjs').Frames} Frames */
/** @typedef {{ network: string, opening: number, gestures: Readonly<Record<string, Frames>> }} PageResult */

/** @param {Page} page @param {object} project */
async function open(page, project) {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('toolbar').getByRole('button', { name: 'Open', exact: true }).click();
  const files = {
    name: 'bench.convas',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(project)),
  };
  const input = await chooser;
  const startedAt = performance.now();
  await input.setFiles(files);
  await page.locator('.react-flow__node').first().waitFor();
  // Two frames later, what was drawn is on the screen.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  return performance.now() - startedAt;
}

/** The middle of the first block that lies well within the canvas. @param {Page} page */
async function someBlock(page) {
  const canvas = await page.locator('.canvas').boundingBox();
  for (const block of await page.locator('.react-flow__node').all()) {
    const box = await block.boundingBox();
    if (canvas === null || box === null) continue;
    const [x, y] = [box.x + box.width / 2, box.y + box.height * 0.7];
    const inside =
      x > canvas.x + 240 &&
      x < canvas.x + canvas.width - 80 &&
      y > canvas.y + 40 &&
      y < canvas.y + canvas.height - 60;
    if (inside) return { x, y };
  }
  throw new Error('No block lies within the canvas.');
}

/**
 * @param {import('@playwright/test').Browser} browser
 * @param {Page} page
 * @param {object & { name: string }} project
 * @returns {Promise<PageResult>}
 */
async function measureNetwork(browser, page, project) {
  const { mouse, keyboard } = page;
  const opening = await open(page, project);
  await page.waitForTimeout(500);
  const block = await someBlock(page);
  /** @type {Record<string, Frames>} */
  const gestures = {};
  await mouse.click(block.x, block.y);
  const field = page.locator('[data-param="filters"] input');
  if ((await field.count()) > 0) {
    await field.first().click();
    gestures['typing filters'] = await framesWhile(browser, page, async () => {
      for (let step = 0; step < 10; step += 1) {
        await keyboard.press('ControlOrMeta+a');
        await keyboard.type(String(10 + step));
      }
    });
  }
  const circle = async (/** @type {{ x: number, y: number }} */ from) => {
    await mouse.move(from.x, from.y);
    await mouse.down();
    for (let step = 0; step < 60; step += 1)
      await mouse.move(from.x + 60 * Math.sin(step / 8), from.y + 40 * (1 - Math.cos(step / 8)));
    await mouse.up();
  };
  gestures['dragging a block'] = await framesWhile(browser, page, () => circle(block));
  await keyboard.press('ControlOrMeta+z');
  const canvas = await page.locator('.canvas').boundingBox();
  const empty = { x: (canvas?.x ?? 0) + 12, y: (canvas?.y ?? 0) + 12 };
  gestures['panning'] = await framesWhile(browser, page, () => circle(empty));
  gestures['zooming'] = await framesWhile(browser, page, async () => {
    await mouse.move(block.x, block.y);
    for (let step = 0; step < 40; step += 1) await mouse.wheel(0, step % 20 < 10 ? 40 : -40);
  });
  return { network: project.name, opening, gestures };
}

/**
 * Measures the built page, with a cold cache for its first screen.
 *
 * @param {{ layers?: number, starts?: number }} [options]
 */
export async function measurePage({ layers = 1000, starts = 3 } = {}) {
  const data = await mkdtemp(join(tmpdir(), 'convas-page-'));
  const server = spawn(process.execPath, [cliPath, 'serve', '--no-open', '--port', '0', '--json'], {
    env: { ...process.env, CONVAS_DATA_DIR: data },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  /** @type {string} */
  const line = await new Promise((resolve, reject) => {
    server.stdout.setEncoding('utf8').once('data', resolve);
    server.once('exit', () => reject(new Error('The server ended.')));
  });
  const { url } = JSON.parse(line);
  const executablePath = findBrowser();
  const browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    chromiumSandbox: !isRoot,
  });
  try {
    const firstScreens = [];
    for (let start = 0; start < starts; start += 1) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
      const page = await context.newPage();
      await page.goto(url, { waitUntil: 'commit' });
      await page.getByRole('toolbar').waitFor();
      firstScreens.push(
        await page.evaluate(
          () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? performance.now(),
        ),
      );
      await context.close();
    }
    const networks = [];
    for (const project of [chainOf(layers), branchesOf(layers)]) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
      const page = await context.newPage();
      await page.goto(url);
      await page.getByText('Draft saved').waitFor();
      networks.push(await measureNetwork(browser, page, /** @type {any} */ (project)));
      await context.close();
    }
    return { firstScreens, networks, browser: browser.version() };
  } finally {
    await browser.close();
    server.kill('SIGTERM');
    await rm(data, { recursive: true, force: true, maxRetries: 5 });
  }
}
