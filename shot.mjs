// quick look: node shot.mjs name theme lang w h script.js
import { chromium } from '@playwright/test';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
export async function look(fn, { theme = 'light', lang = 'en', width = 1280, height = 800, root = process.cwd() } = {}) {
  const data = mkdtempSync(join(tmpdir(), 'convas-pictures-'));
  const server = spawn(process.execPath, [join(root, 'out/main/cli.js'), 'serve', '--no-open', '--port', '0', '--json'], { env: { ...process.env, CONVAS_DATA_DIR: data }, stdio: ['ignore', 'pipe', 'inherit'] });
  const line = await new Promise((r) => server.stdout.setEncoding('utf8').once('data', r));
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', chromiumSandbox: false });
  try {
    const page = await browser.newPage({ viewport: { width, height }, colorScheme: theme, locale: lang });
    page.on('pageerror', (e) => console.log('PAGE ERROR', e.message));
    await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: theme });
    await page.addInitScript((lang) => { if (!localStorage.getItem('convas-screen')) localStorage.setItem('convas-screen', JSON.stringify({ state: { language: lang, panels: { palette: true, inspector: true, bottom: true }, bottomTab: 'train', pictures: true }, version: 1 })); }, lang);
    await page.goto(JSON.parse(line).url);
    await page.waitForTimeout(700);
    await fn(page);
  } finally { await browser.close(); server.kill('SIGTERM'); rmSync(data, { recursive: true, force: true, maxRetries: 5 }); }
}
