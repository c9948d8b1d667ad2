import { writeFile } from 'node:fs/promises';

import { chooseMenu, expect, test, windowTitle, type Desktop } from './support/desktop.ts';
import { smallProject } from './support/networks.ts';

const windowCount = (desktop: Desktop) =>
  desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);

test('gives the page nothing of Node.js or Electron but the pipe', async ({ launch }) => {
  const desktop = await launch();
  const page = await desktop.page();
  const found = await page.evaluate(() => {
    const names = ['require', 'process', 'module', 'Buffer', 'electron', 'ipcRenderer', '__dirname'];
    return names.filter((name) => name in globalThis);
  });
  expect(found).toEqual([]);
  const pipe = await page.evaluate(() =>
    Object.keys((globalThis as { convas?: object }).convas ?? {}).sort(),
  );
  expect(pipe).toEqual(['listen', 'send']);
});

test('stays where it is: no navigation, no new window, no file that is dropped', async ({
  launch,
  folder,
}) => {
  const file = folder.in('dropped.convas');
  await writeFile(file, JSON.stringify({ ...smallProject, name: 'Dropped' }));
  const desktop = await launch();
  const page = await desktop.page();
  const address = page.url();
  for (const target of ['https://example.com/', 'data:text/html,x', 'http://localhost:1/']) {
    await page.evaluate((to) => window.location.assign(to), target).catch(() => undefined);
  }
  await page.evaluate(() => window.open('https://example.com/'));
  await page.evaluate(() => {
    const link = document.createElement('a');
    link.href = 'https://github.com.example.com/';
    link.target = '_blank';
    document.body.append(link);
    link.click();
    link.remove();
  });
  // A file is opened as a project, by its content, and not gone to.
  const data = await page.evaluateHandle(
    (text) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], 'dropped.convas'));
      return transfer;
    },
    JSON.stringify({ ...smallProject, name: 'Dropped' }),
  );
  await page.dispatchEvent('body', 'drop', { dataTransfer: data });
  await expect.poll(() => windowTitle(desktop)).toContain('Dropped');
  expect(page.url()).toBe(address);
  expect(await windowCount(desktop)).toBe(1);
});

test('runs no script that a project carries in its names', async ({ launch, folder }) => {
  const script = '<img src=x onerror="globalThis.wasRun = true"><script>globalThis.wasRun = true</script>';
  const file = folder.in('script.convas');
  const nodes = smallProject.nodes.map((node) => ({ ...node, name: script }));
  await writeFile(file, JSON.stringify({ ...smallProject, name: script, nodes }));
  const desktop = await launch({ args: [file] });
  const page = await desktop.page();
  await expect(page.getByText('500 parameters').first()).toBeVisible();
  await page.locator('.react-flow__node').first().click();
  expect(await page.evaluate(() => 'wasRun' in globalThis)).toBe(false);
  // Even a script that got into the page would not run: the policy of its answers forbids it.
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  await page.evaluate(() => {
    const element = document.createElement('script');
    element.textContent = 'globalThis.wasRun = true';
    document.body.append(element);
  });
  expect(await page.evaluate(() => 'wasRun' in globalThis)).toBe(false);
  await expect.poll(() => complaints.join()).toContain('Content Security Policy');
});

test('answers no message that has not the form of the pipe, and goes on', async ({ launch }) => {
  const desktop = await launch();
  const page = await desktop.page();
  await page.evaluate(() => {
    const { convas } = globalThis as { convas?: { send(message: unknown): void } };
    const hostile = [
      null,
      'text',
      { page: 'x', data: '{}' },
      { page: 'aaaaaaaaaa', data: 7 },
      { page: 'aaaaaaaaaa', data: '{}', more: true },
      { page: '../../../../etc', data: '{}' },
      { page: 'aaaaaaaaaa', data: '{"i":"1","p":{"u":"/__proto__/x"}}' },
      { page: 'bbbbbbbbbb', data: 'no json' },
    ];
    for (const message of hostile) convas?.send(message);
  });
  // The page's own connection was taken over by the forged one, as by a page that is loaded anew; a reload mends it.
  await desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.reload());
  await expect(async () => {
    await (await desktop.page()).getByText('LeNet-5').first().click({ timeout: 1000 });
  }).toPass();
  await expect.poll(() => windowTitle(desktop)).toBe('LeNet-5 – Convas');
  await chooseMenu(desktop, 'undo');
  await expect.poll(() => windowTitle(desktop)).toBe('Untitled – Convas');
});

test('grants no permission', async ({ launch }) => {
  const desktop = await launch();
  const page = await desktop.page();
  const states = await page.evaluate(() =>
    Promise.all(
      ['geolocation', 'notifications', 'camera', 'microphone'].map(async (name) => {
        const { state } = await navigator.permissions.query({ name: name as PermissionName });
        return state;
      }),
    ),
  );
  expect(states).not.toContain('granted');
  const position = await page.evaluate(
    () =>
      new Promise((resolve) => {
        navigator.geolocation.getCurrentPosition(
          () => resolve('granted'),
          () => resolve('denied'),
          { timeout: 3000 },
        );
      }),
  );
  expect(position).toBe('denied');
});
