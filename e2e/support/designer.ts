import { test as base, type Page } from '@playwright/test';

import { startConvas, temporaryFolder } from './program.ts';

export interface Served {
  /** The address with its token. */
  readonly url: string;
  readonly pid: number;
}

/** Starts the built program's web host, with a data folder of its own, for all tests of a worker. */
export const test = base.extend<{ designer: Page }, { served: Served }>({
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
    await page.goto(served.url);
    await page.getByRole('button', { name: 'Train', exact: false }).first().waitFor();
    await use(page);
  },
});

export { expect } from '@playwright/test';
