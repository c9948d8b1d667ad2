import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';

import { brokenProject } from './support/networks.ts';
import { expect, test } from './support/designer.ts';
import type { DesignerPage } from './support/designerPage.ts';

/** Checks the page as it is now, or a part of it, and names each place that has a serious fault. */
async function expectAccessible(page: Page, state: string, part?: string): Promise<void> {
  const axe = new AxeBuilder({ page });
  const { violations } = await (part === undefined ? axe : axe.include(part)).analyze();
  const faults = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
  expect.soft(faults, state).toEqual([]);
}

const panel = '[role=tabpanel]';
const dialog = '[role=dialog]';

for (const theme of ['Light', 'Dark'] as const) {
  test(`${theme.toLowerCase()} screens have no serious faults of accessibility`, async ({ designer }) => {
    const { page } = designer;
    await designer.chooseTheme(theme);
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', theme.toLowerCase());
    await expect(page.getByRole('menu')).toHaveCount(0);
    await expectAccessible(page, 'an empty canvas');

    await designer.openTemplate('LeNet-5');
    await designer.block('conv2d_1').click();
    await expect(page.getByRole('tooltip')).toBeVisible();
    await expectAccessible(page, 'a template with a block selected');
    await designer.tab('Runs').click();
    await expectAccessible(page, 'the runs', panel);

    await designer.tool('Export').click();
    await expect(designer.dialog('Export')).toBeVisible();
    await expectAccessible(page, 'the export', dialog);
    await page.keyboard.press('Escape');
    await expect(designer.dialog('Export')).toHaveCount(0);
    await designer.tool('All commands').click();
    await expect(designer.dialog('All commands')).toBeVisible();
    await expectAccessible(page, 'all commands', dialog);
    await page.keyboard.press('Escape');
    await expect(designer.dialog('All commands')).toHaveCount(0);
    await designer.tool('Templates').click();
    await expect(designer.dialog('Templates')).toBeVisible();
    await expectAccessible(page, 'the templates', dialog);
    await page.keyboard.press('Escape');

    await designer.openProject(brokenProject);
    await designer.block('conv2d_2').click();
    await designer.tab('Train').click();
    await expectAccessible(page, 'a broken network');
    await designer.tab('Problems').click();
    await expectAccessible(page, 'the problems', panel);
    const mending = page
      .getByRole('list', { name: 'Problems' })
      .getByRole('button', { name: /^Set padding/ })
      .first();
    await mending.hover();
    await expect(designer.canvas.locator('.preview-shape').first()).toBeAttached();
    await expectAccessible(page, 'the preview of a mending');

    await designer.command('New');
    await expect(designer.blocks).toHaveCount(0);
    await designer.append('Input');
    await designer.append('Conv2D');
    await expect(designer.properties.getByText('automatic').first()).toBeVisible();
    await expectAccessible(page, 'a layer whose values are automatic');
  });
}

test('a training has no serious faults of accessibility', async ({ designer }) => {
  const { page } = designer;
  await designer.openTemplate('LeNet-5');
  await designer.tool('Train').click();
  await expect(designer.lowerPanel.getByText(/batch \d+ of/)).toBeVisible({ timeout: 30_000 });
  await expectAccessible(page, 'a training');
  await designer.tool('Stop').click();
  await expect(designer.lowerPanel.getByText(/^Stopped/)).toBeVisible({ timeout: 30_000 });
  await expectAccessible(page, 'a training that was stopped');
  await designer.lowerPanel.getByTitle('Epochs as a table').click();
  await expectAccessible(page, 'a table of epochs', panel);
  await designer.tab('Runs').click();
  await expect(designer.lowerPanel.getByRole('row')).not.toHaveCount(0);
  await expectAccessible(page, 'the list of runs', panel);
});

/** What buttons, tabs, headings and labels are called, without those that have a Chinese word. */
function notChinese(page: Page): Promise<readonly string[]> {
  return page
    .locator('button, [role=tab], [role=slider], [role=radiogroup], h1, h2, h3, h4, label, summary, th, dt')
    .evaluateAll((elements) =>
      elements
        .filter((element) => element.checkVisibility())
        .flatMap((element) => [
          element.textContent,
          element.getAttribute('aria-label') ?? '',
          element.getAttribute('title') ?? '',
        ])
        .map((text) => text.trim())
        .filter((text) => /[a-z]/i.test(text) && !/\p{Script=Han}/u.test(text)),
    );
}

/** Proper names, and what TensorFlow calls things. */
const untranslated =
  /^(Convas|LeNet-5|MNIST CNN|Residual CNN|AlexNet|TensorFlow|(TensorFlow\.js|Keras|PyTorch)+|[a-z]+\w*_\d+|kernel|bias)$/;

test('in Chinese no button, tab or heading stays English, also after a reload', async ({ designer }) => {
  const { page } = designer;
  const expectChinese = async (state: string) => {
    const left = (await notChinese(page)).filter((text) => !untranslated.test(text));
    expect.soft(left, state).toEqual([]);
  };
  await expect(page.getByText('TensorFlow').or(page.getByText('WebAssembly')).first()).toBeVisible();
  await designer.chooseLanguage('繁體中文');
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-TW');
  await expect(page.getByText('把層拖到這裡').first()).toBeVisible();
  await expectChinese('an empty canvas');
  await page.getByRole('button', { name: /LeNet-5/ }).click();
  await page.getByRole('group', { name: /^Conv2D conv2d_1/ }).click();
  await expectChinese('a template with a block selected');

  await page.reload();
  await expect(page.getByRole('group', { name: /^Conv2D conv2d_1/ })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-TW');
  for (const name of ['問題', '訓練紀錄', '訓練']) {
    await page.getByRole('tab', { name, exact: true }).click();
    await expectChinese(name);
  }
  await page.getByRole('button', { name: '匯出' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectChinese('the export');
  await page.keyboard.press('Escape');
  await page.keyboard.press('ControlOrMeta+k');
  await expect(page.getByRole('dialog', { name: '所有指令' })).toBeVisible();
  await expectChinese('all commands');
});

test('dark colours are remembered after a reload', async ({ designer }) => {
  const { page } = designer;
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await designer.chooseTheme('Light');
  const light = await paper();
  await designer.chooseTheme('Dark');
  await expect.poll(paper).not.toBe(light);
  const dark = await paper();
  await page.reload();
  await designer.isReady();
  expect(await paper()).toBe(dark);
  await designer.openTemplate('LeNet-5');
  await expect(designer.canvas.locator('.react-flow')).toHaveClass(/dark/);
});

/** Presses Tab until something has the focus. */
async function tabTo(designer: DesignerPage, wanted: Locator, most = 40): Promise<void> {
  for (let times = 0; times < most; times += 1) {
    await designer.page.keyboard.press('Tab');
    const here = await wanted.evaluateAll((elements) =>
      elements.includes(document.activeElement as HTMLElement),
    );
    if (here) return;
  }
  throw new Error(`Tab does not come to it in ${String(most)} steps.`);
}

test('a network is opened, changed and trained without a mouse', async ({ designer }) => {
  const { page } = designer;
  const { keyboard } = page;
  const skip = page.getByRole('link', { name: 'Skip to the canvas' });
  await tabTo(designer, skip, 1);
  await keyboard.press('Enter');
  await tabTo(designer, designer.canvas.getByRole('button', { name: 'Open the template LeNet-5' }), 12);
  await keyboard.press('Enter');
  await expect(designer.blocks).toHaveCount(9);

  // Moves a block.
  await skip.focus();
  await keyboard.press('Enter');
  await tabTo(designer, designer.block('conv2d_1'), 14);
  await expect(page.getByRole('tooltip')).toContainText('28 × 28 × 6');
  await keyboard.press('Enter');
  await expect(designer.properties.getByRole('heading', { name: 'Conv2D' })).toBeVisible();
  const top = async () => (await designer.block('conv2d_1').boundingBox())?.y ?? 0;
  const before = await top();
  await keyboard.press('ArrowDown');
  await expect.poll(top).toBeGreaterThan(before);
  await expect(designer.undo).toHaveAccessibleName('Undo move a layer');

  // Appends a layer behind it.
  await keyboard.press('/');
  await expect(designer.palette.getByRole('textbox', { name: 'Search layers' })).toBeFocused();
  await keyboard.type('batch');
  await keyboard.press('Enter');
  await expect(designer.edge('conv2d_1', 'batch_normalization_1')).toBeAttached();
  await expect(designer.edge('batch_normalization_1', 'max_pooling2d_1')).toBeAttached();

  // Connects it with another layer, in its properties.
  await tabTo(designer, designer.choice('Input 1').or(designer.field('Input 1')), 160);
  await keyboard.press('ControlOrMeta+a');
  await keyboard.type('input_1');
  await expect(page.getByRole('listbox').getByRole('option')).toHaveCount(1);
  await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  await expect(designer.edge('input_1', 'batch_normalization_1')).toBeAttached();
  await designer.undoByKey();
  await expect(designer.edge('conv2d_1', 'batch_normalization_1')).toBeAttached();

  // Removes it.
  await skip.focus();
  await keyboard.press('Enter');
  await tabTo(designer, designer.block('batch_normalization_1'), 40);
  await keyboard.press('Enter');
  await keyboard.press('Delete');
  await expect(designer.blocks).toHaveCount(9);
  await expect(designer.edge('conv2d_1', 'max_pooling2d_1')).toBeAttached();

  await keyboard.press('ControlOrMeta+Enter');
  await expect(designer.lowerPanel.getByText(/batch \d+ of/)).toBeVisible({ timeout: 30_000 });
  await keyboard.press('ControlOrMeta+Enter');
  await expect(designer.lowerPanel.getByText(/^Stopped/)).toBeVisible({ timeout: 30_000 });
});
