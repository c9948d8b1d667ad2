import { chromium } from '@playwright/test';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowser, isRoot } from './browser.mjs';
import { at, cliPath } from './project.mjs';

// `npm run screenshots`: makes docs/pictures/ from the built program itself.
const data = mkdtempSync(join(tmpdir(), 'convas-pictures-'));
const server = spawn(process.execPath, [cliPath, 'serve', '--no-open', '--port', '0', '--json'], {
  env: { ...process.env, CONVAS_DATA_DIR: data },
  stdio: ['ignore', 'pipe', 'inherit'],
});
/** @type {string} */
const line = await new Promise((resolve) => server.stdout.setEncoding('utf8').once('data', resolve));
const executablePath = findBrowser();
const browser = await chromium.launch({
  ...(executablePath && { executablePath }),
  chromiumSandbox: !isRoot,
});
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(JSON.parse(line).url);
  await page.getByText('LeNet-5').first().click();
  await page.getByText('61 706 parameters').first().waitFor();
  mkdirSync(at('docs/pictures'), { recursive: true });
  await page.keyboard.press('ControlOrMeta+Enter');
  await page
    .getByText(/batch \d\d+ of/)
    .first()
    .waitFor({ timeout: 60_000 });
  await page.mouse.move(700, 500);
  await page.waitForTimeout(6000);
  await page.screenshot({ path: at('docs/pictures/designer.png') });
} finally {
  await browser.close();
  server.kill('SIGTERM');
  rmSync(data, { recursive: true, force: true, maxRetries: 5 });
}
