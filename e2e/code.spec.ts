import { readFile } from 'node:fs/promises';

import { CodePage } from './support/codePage.ts';
import { expect, test } from './support/designer.ts';
import { seriousFaults } from './support/faults.ts';
import { brokenProject } from './support/networks.ts';

test('the network stands there as Keras and as PyTorch, and follows what is drawn', async ({ designer }) => {
  const code = new CodePage(designer);
  await designer.openTemplate('LeNet-5');
  await code.open();
  await expect(code.line('"""LeNet-5 in Keras 3')).toBeVisible();
  await expect(code.line('layers.Conv2D(6, 5, activation="tanh", name="conv2d_1")')).toHaveCount(1);
  await expect(code.changes).toHaveCount(0);

  await code.show('PyTorch');
  await expect(code.line('"""LeNet-5 in PyTorch')).toBeVisible();
  await expect(code.line('self.conv2d_1 = nn.Conv2d(1, 6, 5)')).toHaveCount(1);

  // What is drawn from here on is in the code at once, and only what it touched is marked.
  await designer.block('conv2d_1').click();
  await designer.field('Filters').fill('24');
  await expect(code.line('removed: self.conv2d_1 = nn.Conv2d(1, 6, 5)')).toHaveCount(1);
  await expect(code.line('new: self.conv2d_1 = nn.Conv2d(1, 24, 5)')).toHaveCount(1);
  await expect(code.line('new: self.conv2d_2 = nn.Conv2d(24, 16, 5)')).toHaveCount(1);
  await expect(code.line(/^self.conv2d_3 = nn.Conv2d\(16, 120, 5\)/)).toHaveCount(1);
  await expect(code.changes).toHaveText('The last change touched 5 lines.');
  for (const theme of ['Dark', 'Light'] as const) {
    await designer.chooseTheme(theme);
    await expect(designer.page.getByRole('menu')).toHaveCount(0);
    expect(await seriousFaults(designer.page, '[role=tabpanel]'), theme).toEqual([]);
  }

  // The next change is compared with this one, and moving a block changes nothing.
  await designer.block('flatten_1').click();
  await designer.append('Dropout');
  await expect(code.line(/^self.conv2d_1 = nn.Conv2d\(1, 24, 5\)/)).toHaveCount(1);
  await expect(code.line(/^new: .*dropout/).first()).toBeAttached();
  const touched = await code.changes.textContent();
  await designer.drag('dropout_1', { x: 0, y: 60 });
  await expect(designer.undo).toHaveAccessibleName(/^Undo move/i);
  await expect(code.changes).toHaveText(touched ?? '');
  await code.show('Keras');
  await expect(code.line('layers.Conv2D(24, 5, activation="tanh", name="conv2d_1")')).toHaveCount(1);
});

test('a layer and its lines are selected together', async ({ designer }) => {
  const code = new CodePage(designer);
  await designer.openTemplate('AlexNet');
  await code.open();
  await designer.block('input_1').click();
  await expect(code.line('keras.Input((227, 227, 3)')).toHaveAttribute('aria-selected', 'true');
  await code.line('name="conv2d_3"').click();
  await expect(designer.properties.getByText('conv2d_3', { exact: true })).toBeVisible();
  await expect(designer.block('conv2d_3')).toBeInViewport();
  await expect(code.line('keras.Input((227, 227, 3)')).toHaveAttribute('aria-selected', 'false');
});

test('the code is copied with one click, and written to a file, without what was taken out', async ({
  designer,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const code = new CodePage(designer);
  await designer.openTemplate('LeNet-5');
  await code.open();
  await designer.block('conv2d_1').click();
  await designer.field('Filters').fill('24');
  await expect(code.changes).toBeVisible();
  await code.copy.click();
  await expect(code.copy).toHaveAccessibleName('Copied');
  const keras = await code.clipboard();
  expect(keras).toMatch(/^"""LeNet-5 in Keras 3, drawn in Convas\."""\n\nimport keras\n/);
  expect(keras).toContain('layers.Conv2D(24, 5, activation="tanh", name="conv2d_1")');
  expect(keras).not.toContain('Conv2D(6, 5');
  expect(keras).toMatch(/model\.summary\(\)\n$/);

  await code.show('PyTorch');
  await expect(code.copy).toHaveAccessibleName('Copy');
  await code.copy.click();
  await expect.poll(() => code.clipboard()).toMatch(/^"""LeNet-5 in PyTorch, drawn in Convas\."""\n/);
  const download = designer.page.waitForEvent('download');
  await code.button('Save to file').click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('LeNet-5_pytorch.py');
  expect(await readFile(await file.path(), 'utf8')).toBe(await code.clipboard());
});

test('all of it is done by keyboard', async ({ designer, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const code = new CodePage(designer);
  const { keyboard } = designer.page;
  await designer.openTemplate('LeNet-5');
  await designer.command('Go to the code');
  await expect(code.lines).toBeVisible();
  await designer.tab('Code').focus();
  await keyboard.press('Tab');
  await keyboard.press('Tab');
  await expect(code.framework('Keras')).toBeFocused();
  await keyboard.press('ArrowRight');
  await expect(code.framework('PyTorch')).toBeChecked();
  await expect(code.line('"""LeNet-5 in PyTorch')).toBeVisible();
  await keyboard.press('Tab');
  await expect(code.copy).toBeFocused();
  await keyboard.press('Enter');
  await expect.poll(() => code.clipboard()).toContain('class LeNet5(nn.Module):');
  await keyboard.press('Tab');
  await expect(code.button('Save to file')).toBeFocused();
  await keyboard.press('Tab');
  await keyboard.press('Tab');
  await expect(code.lines).toBeFocused();

  // From line to line, and from a line to its layer.
  const current = code.lines.locator('[data-current=true]');
  await keyboard.press('End');
  await expect(current).toHaveText(/print\(model\)/);
  await keyboard.press('Home');
  for (let times = 0; times < 12; times += 1) await keyboard.press('ArrowDown');
  await expect(current).toHaveText(/self\.conv2d_1 = nn\.Conv2d\(1, 6, 5\)/);
  await expect(code.lines).toHaveAttribute('aria-activedescendant', (await current.getAttribute('id')) ?? '');
  await keyboard.press('Enter');
  await expect(designer.properties.getByText('conv2d_1', { exact: true })).toBeVisible();
  await expect(code.lines).toBeFocused();
});

test('what cannot be code says so, keeps the code from before, and leads to what is wrong', async ({
  designer,
}) => {
  const code = new CodePage(designer);
  await designer.tab('Code').click();
  await expect(designer.lowerPanel).toContainText('The code appears here as you draw.');
  await expect(code.copy).toBeDisabled();
  await designer.openProject(brokenProject);
  await expect(designer.lowerPanel).toContainText('The code appears when the network has no errors.');
  await expect(code.copy).toBeDisabled();

  await designer.openTemplate('LeNet-5');
  await expect(code.line('name="conv2d_2"')).toHaveCount(1);
  await designer.block('conv2d_2').click();
  await designer.properties
    .getByRole('textbox', { name: /^Kernel size/ })
    .first()
    .fill('15');
  await expect(designer.lowerPanel).toContainText('The network has errors: this is its code from before.');
  await expect(code.line('layers.Conv2D(16, 5, activation="tanh", name="conv2d_2")')).toHaveCount(1);
  expect(await seriousFaults(designer.page, '[role=tabpanel]')).toEqual([]);
  await code.button('Show the problems').click();
  await expect(designer.tab('Problems (1)')).toHaveAttribute('aria-selected', 'true');
});
