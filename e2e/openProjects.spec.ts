import { once } from 'node:events';

import { expect, test } from '@playwright/test';

import { DesignerPage } from './support/designerPage.ts';
import { smallProject } from './support/networks.ts';
import { startConvas, temporaryFolder } from './support/program.ts';
import { TabsPage } from './support/tabsPage.ts';

/** Starts the built program on a data folder; gives its address. */
async function serve(folder: string) {
  const server = startConvas(['serve', '--no-open', '--port', '0', '--json'], {
    env: { CONVAS_DATA_DIR: folder },
  });
  for await (const line of server.lines()) {
    const { url } = JSON.parse(line) as { url: string };
    return { server, url };
  }
  throw new Error('The program ended.');
}

const names = ['One', 'Two', 'Three', 'Four', 'Five'];

test('five open projects come back after browser and program were killed, in order and with their history', async ({
  browser,
}) => {
  const folder = await temporaryFolder();
  let { server, url } = await serve(folder.path);
  let context = await browser.newContext({ acceptDownloads: true });
  // A browser that cannot write to a file again: the test hears of its downloads.
  const withoutPickers = () => {
    Reflect.deleteProperty(window, 'showSaveFilePicker');
    Reflect.deleteProperty(window, 'showOpenFilePicker');
  };
  await context.addInitScript(withoutPickers);
  let designer = new DesignerPage(await context.newPage());
  await designer.goto(url);
  for (const name of names) await designer.openProject({ ...smallProject, name });
  let tabs = new TabsPage(designer.page);
  await tabs.tab('Two').click();
  await designer.block('dense_1').click();
  await designer.field('Units').fill('9');
  await tabs.tab('Three').click();
  await designer.append('Dropout');
  const downloaded = designer.page.waitForEvent('download');
  await designer.tool('Save').click();
  await downloaded;
  await expect(tabs.tab('Three, not saved in a file')).toHaveCount(0);
  await tabs.tab(/^Two/).click();
  await designer.draftSaved.waitFor();
  await designer.page.waitForTimeout(1_500);

  const ended = once(server.process, 'exit');
  server.process.kill('SIGKILL');
  await ended;
  await context.close();
  ({ server, url } = await serve(folder.path));
  context = await browser.newContext();
  await context.addInitScript(withoutPickers);
  designer = new DesignerPage(await context.newPage());
  await designer.goto(url);
  tabs = new TabsPage(designer.page);
  await expect(tabs.all).toHaveText(names);
  await expect(tabs.tab('Two, not saved in a file')).toHaveAttribute('aria-selected', 'true');
  await expect(tabs.list.getByRole('tab', { name: /not saved/ })).toHaveCount(1);
  await expect(designer.page).toHaveTitle('• Two – Convas');
  await expect(designer.shape('dense_1', '9')).toBeVisible();
  await designer.undo.click();
  await expect(tabs.tab('Two, not saved in a file')).toHaveCount(0);
  await tabs.tab('Three').click();
  await expect(designer.undo).toHaveAccessibleName('Undo add Dropout');

  // A second page starts empty, and may take what is open nowhere.
  const second = new DesignerPage(await context.newPage());
  await second.goto(url);
  await expect(new TabsPage(second.page).all).toHaveText(['Untitled']);
  await second.command('Recovered projects');
  await expect(second.dialog('Recovered projects').getByText('There is nothing to recover.')).toBeVisible();

  await context.close();
  server.process.kill('SIGTERM');
  await server.ended;
  await folder.remove();
});
