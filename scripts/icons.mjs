import { IconIcns, IconIco } from '@shockpkg/icon-encoder';
import { chromium } from '@playwright/test';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { findBrowser, isRoot } from './browser.mjs';
import { at } from './project.mjs';

// `npm run icons`: makes the icons of all systems from assets/icon.svg. What it makes is committed, so that packing
// needs no browser.
const sizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const svg = readFileSync(at('assets', 'icon.svg'), 'utf8');
const executablePath = findBrowser();
const browser = await chromium.launch({
  ...(executablePath && { executablePath }),
  chromiumSandbox: !isRoot,
});
/** @type {Map<number, Uint8Array>} */
const pictures = new Map();
try {
  for (const size of sizes) {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    await page.setContent(
      `<style>html,body{margin:0;background:transparent}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`,
    );
    pictures.set(size, new Uint8Array(await page.screenshot({ omitBackground: true })));
    await page.close();
  }
} finally {
  await browser.close();
}

/** @param {number} size */
function picture(size) {
  const png = pictures.get(size);
  if (png === undefined) throw new Error(`No picture of ${size} pixels was made.`);
  return png;
}

mkdirSync(at('assets', 'icons'), { recursive: true });
for (const size of sizes.filter((one) => one !== 1024)) {
  writeFileSync(at('assets', 'icons', `${size}x${size}.png`), picture(size));
}
const ico = new IconIco();
for (const size of [16, 24, 32, 48, 64, 128, 256]) await ico.addFromPng(picture(size), true);
writeFileSync(at('assets', 'icon.ico'), ico.encode());
const icns = new IconIcns();
for (const [type, size] of /** @type {[string, number][]} */ ([
  ['ic07', 128],
  ['ic08', 256],
  ['ic09', 512],
  ['ic10', 1024],
  ['ic11', 32],
  ['ic12', 64],
  ['ic13', 256],
  ['ic14', 512],
])) {
  await icns.addFromPng(picture(size), [type], true);
}
writeFileSync(at('assets', 'icon.icns'), icns.encode());
