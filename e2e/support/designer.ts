import { randomUUID } from 'node:crypto';

import { test as base, type BrowserContext, type Page } from '@playwright/test';

import { DesignerPage } from './designerPage.ts';
import { startConvas, temporaryFolder } from './program.ts';

export interface Served {
  /** The address with its token. */
  readonly url: string;
  readonly pid: number;
}

/** Starts the built program's web host, with a data folder of its own, for all tests of a worker. */
export const test = base.extend<{ designer: DesignerPage; open: OpenDesigner }, { served: Served }>({
  served: [
    async ({ browserName: _browserName }, use) => {
      const folder = await temporaryFolder();
      const server = startConvas(['serve', '--no-open', '--port', '0', '--json'], {
        env: { CONVAS_DATA_DIR: folder.path },
      });
      for await (const line of server.lines()) {
        const { url } = JSON.parse(line) as { url: string };
        await use({ url, pid: server.process.pid ?? 0 });
        break;
      }
      server.process.kill('SIGTERM');
      await server.ended;
      await folder.remove();
    },
    { scope: 'worker' },
  ],
  /** A page with the designer in it, empty. */
  async designer({ page, served }, use) {
    await withOwnWindow(page);
    await withoutPickers(page);
    const designer = new DesignerPage(page);
    await designer.goto(served.url);
    await use(designer);
  },
  /** Opens further pages, each with the projects that the program offers a new page. */
  async open({ context, served }, use) {
    await use((from: BrowserContext = context) => openPage(from, served.url));
  },
});

export type OpenDesigner = (context?: BrowserContext) => Promise<DesignerPage>;

async function openPage(context: BrowserContext, url: string): Promise<DesignerPage> {
  const designer = new DesignerPage(await context.newPage());
  await designer.page.emulateMedia({ reducedMotion: 'reduce' });
  await withoutPickers(designer.page);
  await designer.goto(url);
  return designer;
}

/** What an earlier test left is not offered to a page that remembers a window of its own. */
async function withOwnWindow(page: Page): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.addInitScript((windowId) => {
    if (sessionStorage.getItem('convas-window') === null) sessionStorage.setItem('convas-window', windowId);
  }, randomUUID());
}

/** As in a browser that cannot write to a file again: no test can press the buttons of the system's own dialogs. */
async function withoutPickers(page: Page): Promise<void> {
  await page.addInitScript(() => {
    Reflect.deleteProperty(window, 'showSaveFilePicker');
    Reflect.deleteProperty(window, 'showOpenFilePicker');
  });
}

export { expect } from '@playwright/test';
