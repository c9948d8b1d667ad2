import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import {
  answerDialogs,
  askedQuestions,
  chooseMenu,
  closeWindow,
  expect,
  menuLabel,
  test,
  windowTitle,
} from './support/desktop.ts';
import { smallProject } from './support/networks.ts';
import { TabsPage } from './support/tabsPage.ts';

test('draws, saves, opens, trains and exports by menus and dialogs', async ({ launch, folder }) => {
  const file = folder.in('mine.convas');
  const desktop = await launch();
  const page = await desktop.page();
  await page.getByText('LeNet-5').first().click();
  await expect(page.getByText('61 706 parameters').first()).toBeVisible();
  await expect.poll(() => windowTitle(desktop)).toBe('LeNet-5 – Convas');

  // The name of the step is in the menu.
  await page
    .getByRole('button', { name: /^Dropout/ })
    .first()
    .click();
  await expect.poll(() => menuLabel(desktop, 'undo')).toBe('Undo add Dropout');
  await expect.poll(() => windowTitle(desktop)).toBe('• LeNet-5 – Convas');
  await chooseMenu(desktop, 'undo');
  await expect.poll(() => menuLabel(desktop, 'redo')).toBe('Redo add Dropout');

  await answerDialogs(desktop, { save: file });
  await chooseMenu(desktop, 'save');
  await expect.poll(() => windowTitle(desktop)).toBe('mine.convas – Convas');
  const saved = JSON.parse(await readFile(file, 'utf8')) as { name: string; nodes: unknown[] };
  expect([saved.name, saved.nodes.length]).toEqual(['LeNet-5', 9]);

  const other = folder.in('small.convas');
  await writeFile(other, JSON.stringify(smallProject));
  await answerDialogs(desktop, { open: other });
  await chooseMenu(desktop, 'open');
  await expect.poll(() => windowTitle(desktop)).toBe('small.convas – Convas');
  await expect.poll(() => menuLabel(desktop, 'recent-1')).toBe('mine.convas');

  await expect.poll(() => menuLabel(desktop, 'trainOrStop')).toBe('Train');
  await chooseMenu(desktop, 'trainOrStop');
  await expect(page.getByText(/Done/).first()).toBeVisible({ timeout: 50_000 });

  const model = folder.in('digits');
  await answerDialogs(desktop, { save: model });
  await chooseMenu(desktop, 'export');
  await page.getByRole('button', { name: 'Write and check' }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /Download|Save/ })
    .click({ timeout: 30_000 });
  await expect(page.getByText(`Written to ${model}`)).toBeVisible();
  expect((await readdir(model)).sort()).toEqual(['model.json', 'receipt.json', 'weights.bin']);
});

test('asks before it closes a window with unsaved changes: cancel, save, discard', async ({
  launch,
  folder,
}) => {
  const file = folder.in('kept.convas');
  const desktop = await launch();
  const page = await desktop.page();
  await page
    .getByRole('button', { name: /^Input/ })
    .first()
    .click();
  await expect.poll(() => windowTitle(desktop)).toContain('•');

  await answerDialogs(desktop, { buttons: [2] });
  await closeWindow(desktop);
  await expect.poll(() => askedQuestions(desktop)).toEqual([expect.stringContaining('Save the changes')]);
  expect(desktop.hasEnded()).toBe(false);

  await answerDialogs(desktop, { buttons: [0], save: file });
  await closeWindow(desktop);
  expect(await desktop.ended).toBe(0);
  expect(await readFile(file, 'utf8')).toContain('"kind": "Input"');

  const again = await launch({ args: [file] });
  const second = await again.page();
  await expect.poll(() => windowTitle(again)).toBe('kept.convas – Convas');
  await second
    .getByRole('button', { name: /^Conv2D/ })
    .first()
    .click();
  await expect.poll(() => windowTitle(again)).toBe('• kept.convas – Convas');
  await answerDialogs(again, { buttons: [1] });
  await closeWindow(again);
  expect(await again.ended).toBe(0);
  expect(await readFile(file, 'utf8')).not.toContain('Conv2D');
  // What was given up is not offered again.
  const third = await launch();
  await expect((await third.page()).getByText('Drag a layer here')).toBeVisible();
});

test('ends when all its windows may close, and goes on when one is to stay', async ({ launch, folder }) => {
  const file = folder.in('kept.convas');
  const desktop = await launch();
  const page = await desktop.page();
  await page
    .getByRole('button', { name: /^Input/ })
    .first()
    .click();
  await expect.poll(() => windowTitle(desktop)).toContain('•');
  await chooseMenu(desktop, 'new-window');
  const windowCount = () => desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  await expect.poll(windowCount).toBe(2);
  const quit = () => desktop.evaluate(({ app }) => void setTimeout(() => app.quit(), 10));

  await answerDialogs(desktop, { buttons: [2] });
  await quit();
  await expect.poll(() => askedQuestions(desktop)).toHaveLength(1);
  await expect.poll(windowCount).toBe(1);
  expect(desktop.hasEnded()).toBe(false);

  await answerDialogs(desktop, { buttons: [0], save: file });
  await quit();
  expect(await desktop.ended).toBe(0);
  expect(await readFile(file, 'utf8')).toContain('"kind": "Input"');
});

test('opens the file of a second start in the program that runs', async ({ launch, folder }) => {
  const file = folder.in('second.convas');
  await writeFile(file, JSON.stringify({ ...smallProject, name: 'Second' }));
  const desktop = await launch();
  const page = await desktop.page();
  const second = await launch({ args: [file] });
  expect(await second.ended).toBe(0);
  await expect.poll(() => windowTitle(desktop)).toBe('second.convas – Convas');
  await expect(page.getByText('500 parameters').first()).toBeVisible();
});

test('opens files that the system hands over in tabs of the window that is there', async ({
  launch,
  folder,
}) => {
  const files = ['one', 'two'].map((name) => folder.in(`${name}.convas`));
  const [one = '', two = ''] = files;
  for (const file of files) await writeFile(file, JSON.stringify(smallProject));
  const desktop = await launch();
  const page = await desktop.page();
  const tabs = new TabsPage(page);
  await page.getByText('LeNet-5').first().click();
  await expect.poll(() => windowTitle(desktop)).toBe('LeNet-5 – Convas');

  expect(await (await launch({ args: [one, two] })).ended).toBe(0);
  await expect.poll(() => windowTitle(desktop)).toBe('two.convas – Convas');
  await expect(tabs.all).toHaveText(['LeNet-5', 'Small', 'Small']);
  // What is open is shown with what was drawn in it, and not read again.
  await page
    .getByRole('button', { name: /^Dropout/ })
    .first()
    .click();
  await tabs.tab('LeNet-5').click();
  await writeFile(two, 'no project any more');
  const handOver = (path: string) =>
    desktop.evaluate(({ app }, given) => {
      app.emit('open-file', { preventDefault: () => undefined }, given);
    }, path);
  await handOver(two);
  await expect.poll(() => windowTitle(desktop)).toBe('• two.convas – Convas');
  await expect(page.getByText('5 layers').first()).toBeVisible();
  await handOver(one);
  await expect.poll(() => windowTitle(desktop)).toBe('• one.convas – Convas');
  await expect(page.getByText('4 layers').first()).toBeVisible();
  await expect(tabs.all).toHaveCount(3);
  expect(await desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);

  // Nor does choosing it in the dialog read it again, so what another program wrote is not written over unasked.
  await answerDialogs(desktop, { open: two, buttons: [2] });
  await chooseMenu(desktop, 'open');
  await expect.poll(() => windowTitle(desktop)).toBe('• two.convas – Convas');
  await chooseMenu(desktop, 'save');
  await expect.poll(() => askedQuestions(desktop)).toEqual([expect.stringContaining('another program')]);
});

test('has the page’s commands in its menus, each with the shortcut of the page', async ({ launch }) => {
  const desktop = await launch();
  const page = await desktop.page();
  const tabs = new TabsPage(page);
  await page.getByText('LeNet-5').first().click();
  await expect.poll(() => menuLabel(desktop, 'newTab')).toBe('New tab');
  await chooseMenu(desktop, 'newTab');
  await expect(tabs.all).toHaveText(['LeNet-5', 'Untitled']);
  await chooseMenu(desktop, 'previousTab');
  await expect(tabs.tab('LeNet-5')).toHaveAttribute('aria-selected', 'true');
  await chooseMenu(desktop, 'find');
  await expect(page.getByRole('search')).toBeVisible();
  await chooseMenu(desktop, 'analysis');
  await expect(page.getByRole('tab', { name: 'Analysis' })).toHaveAttribute('aria-selected', 'true');
  await chooseMenu(desktop, 'picture');
  await expect(page.getByRole('dialog')).toBeVisible();

  const accelerators = await desktop.evaluate(({ Menu }) => {
    const all = (menu: Electron.Menu | null | undefined): string[] =>
      (menu?.items ?? []).flatMap((item) => [
        ...(item.accelerator == null ? [] : [item.accelerator]),
        ...all(item.submenu),
      ]);
    return all(Menu.getApplicationMenu());
  });
  expect(accelerators).toEqual(expect.arrayContaining(['CmdOrCtrl+T', 'CmdOrCtrl+F', 'F3', 'CmdOrCtrl+S']));
  expect(accelerators.length).toBeGreaterThan(30);
  expect(new Set(accelerators).size).toBe(accelerators.length);
});

test('keeps a drawing through a kill, and offers it at the next start', async ({ launch }) => {
  const desktop = await launch();
  const page = await desktop.page();
  await page
    .getByRole('button', { name: /^Input/ })
    .first()
    .click();
  await expect(page.getByText('Draft saved')).toBeVisible();
  await desktop.kill();
  const again = await launch();
  await expect((await again.page()).getByText('1 layer').first()).toBeVisible();
  await expect.poll(() => windowTitle(again)).toContain('•');
});

test('does not write over a file that another program changed', async ({ launch, folder }) => {
  const file = folder.in('shared.convas');
  await writeFile(file, JSON.stringify(smallProject));
  const desktop = await launch({ args: [file] });
  const page = await desktop.page();
  await expect.poll(() => windowTitle(desktop)).toBe('shared.convas – Convas');
  await page
    .getByRole('button', { name: /^Dropout/ })
    .first()
    .click();
  await writeFile(file, '{"theirs": true, "longer": "than before"}');
  await answerDialogs(desktop, { buttons: [2] });
  await chooseMenu(desktop, 'save');
  await expect.poll(() => askedQuestions(desktop)).toEqual([expect.stringContaining('another program')]);
  expect(await readFile(file, 'utf8')).toContain('theirs');
});

test('says what is wrong with a broken file, and changes nothing', async ({ launch, folder }) => {
  const file = folder.in('broken.convas');
  await writeFile(file, '{"format": "convas-project", "version": 1, "nodes": [');
  const desktop = await launch({ args: [file] });
  const page = await desktop.page();
  await expect(page.getByText('broken.convas was not opened')).toBeVisible();
  await expect.poll(() => windowTitle(desktop)).toBe('Untitled – Convas');
  const missing = await launch({ args: [folder.in('missing.convas')] });
  expect(await missing.ended).toBe(0);
  await expect(page.getByText(/missing\.convas.*cannot be read/)).toBeVisible();
});

test('says so when a project or its settings cannot be written, and starts with settings that are broken', async ({
  launch,
  folder,
}) => {
  const user = folder.in('user');
  const { mkdir } = await import('node:fs/promises');
  await mkdir(user, { recursive: true });
  await writeFile(join(user, 'settings.json'), '{"bounds": {"x": "left"}, ');
  const desktop = await launch();
  const page = await desktop.page();
  expect(await readdir(user)).toContain('settings.json.broken');
  await page
    .getByRole('button', { name: /^Input/ })
    .first()
    .click();
  // A folder cannot be made where a file is.
  await writeFile(folder.in('file'), '');
  await answerDialogs(desktop, { save: join(folder.in('file'), 'x.convas') });
  await chooseMenu(desktop, 'save');
  await expect(page.getByText('The project was not saved')).toBeVisible();
  await expect.poll(() => windowTitle(desktop)).toContain('•');
});

test('tells of a killed trainer, and trains again', async ({ launch, folder }) => {
  const file = folder.in('small.convas');
  await writeFile(file, JSON.stringify({ ...smallProject, training: { epochs: 20, batchSize: 64 } }));
  const desktop = await launch({ args: [file] });
  const page = await desktop.page();
  await expect.poll(() => menuLabel(desktop, 'trainOrStop')).toBe('Train');
  await chooseMenu(desktop, 'trainOrStop');
  await expect(page.getByText(/batch \d+ of/).first()).toBeVisible({ timeout: 30_000 });
  const pid = await desktop.evaluate(
    ({ app }) =>
      app.getAppMetrics().find(({ name, serviceName }) => [name, serviceName].includes('convas-trainer'))
        ?.pid,
  );
  process.kill(pid ?? 0, 'SIGKILL');
  await expect(page.getByText(/ended unexpectedly/).first()).toBeVisible({ timeout: 15_000 });
  await expect.poll(() => menuLabel(desktop, 'trainOrStop')).toBe('Train');
  await chooseMenu(desktop, 'trainOrStop');
  await expect(page.getByText(/batch \d+ of/).first()).toBeVisible({ timeout: 30_000 });
  // Quitting keeps what was learned.
  await desktop.evaluate(({ app }) => void setTimeout(() => app.quit(), 10));
  expect(await desktop.ended).toBe(0);
  const runs = await readdir(folder.in('data/runs'));
  const last = await readFile(join(folder.in('data/runs'), runs.sort().at(-1) ?? '', 'run.json'), 'utf8');
  expect(JSON.parse(last)).toMatchObject({ status: 'stopped' });
});

test('says in its about box which engine trains, and looks for updates only when it is asked', async ({
  launch,
}) => {
  const desktop = await launch();
  await desktop.page();
  await answerDialogs(desktop, {});
  await expect.poll(() => menuLabel(desktop, 'about')).toBe('About Convas');
  await chooseMenu(desktop, 'about');
  await expect
    .poll(() => askedQuestions(desktop), { timeout: 30_000 })
    .toEqual([expect.stringMatching(/Convas .*Engine: (native|wasm) .*Node\.js/s)]);
  await chooseMenu(desktop, 'updates');
  await expect.poll(async () => (await askedQuestions(desktop)).at(-1)).toContain('runs from its sources');
});

test('follows the language and the colours that its menus set', async ({ launch }) => {
  const desktop = await launch();
  const page = await desktop.page();
  await expect.poll(() => menuLabel(desktop, 'zh-TW')).toBe('繁體中文');
  await chooseMenu(desktop, 'zh-TW');
  await expect(page.getByRole('button', { name: '訓練' }).first()).toBeVisible();
  await expect.poll(() => menuLabel(desktop, 'about')).toBe('關於 Convas');
  await chooseMenu(desktop, 'dark');
  const source = () => desktop.evaluate(({ nativeTheme }) => nativeTheme.themeSource);
  await expect.poll(source).toBe('dark');
  await expect.poll(() => page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(true);
});

test('runs on WebAssembly where TensorFlow is not set up, and says so', async ({ launch, folder }) => {
  const file = folder.in('small.convas');
  await writeFile(file, JSON.stringify(smallProject));
  const desktop = await launch({ args: [file], env: { CONVAS_ENGINE_DIR: folder.in('nothing') } });
  const page = await desktop.page();
  await expect(page.getByRole('button', { name: /WebAssembly/ })).toBeVisible({ timeout: 30_000 });
});

test('shows a crashed page again with its drawing', async ({ launch }) => {
  const desktop = await launch();
  const page = await desktop.page();
  await page.getByText('LeNet-5').first().click();
  await expect(page.getByText('Draft saved')).toBeVisible();
  await answerDialogs(desktop, { buttons: [0] });
  await page.goto('chrome://crash').catch(() => undefined);
  await expect.poll(() => askedQuestions(desktop)).toEqual([expect.stringContaining('crashed')]);
  await expect(async () => {
    await expect((await desktop.page()).getByText('61 706 parameters').first()).toBeVisible({
      timeout: 1000,
    });
  }).toPass();
});
