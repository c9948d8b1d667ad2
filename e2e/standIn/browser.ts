import { chromium, type BrowserContext } from '@playwright/test';
import { createServer, type AddressInfo } from 'node:net';

import { userFolder } from './userFolder.ts';

let context: Promise<BrowserContext> | undefined;

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

async function launch(): Promise<BrowserContext> {
  const executablePath = process.env['CONVAS_BROWSER'];
  const port = await freePort();
  const launched = await chromium.launchPersistentContext(userFolder('chromium'), {
    ...(executablePath ? { executablePath } : {}),
    chromiumSandbox: process.getuid?.() !== 0,
    viewport: { width: 1280, height: 860 },
    // So that a test, in a process of its own, finds the same pages.
    args: [`--remote-debugging-port=${String(port)}`, '--remote-debugging-address=127.0.0.1'],
  });
  process.send?.({ type: 'browser', endpoint: `http://127.0.0.1:${String(port)}` });
  return launched;
}

/** The Chromium that all windows are pages of, started with the first. */
export function browserContext(): Promise<BrowserContext> {
  return (context ??= launch());
}

export async function closeBrowser(): Promise<void> {
  await (await context)?.close().catch(() => undefined);
}
