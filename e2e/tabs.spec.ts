import { smallProject } from './support/networks.ts';
import { expect, test } from './support/designer.ts';
import { TabsPage } from './support/tabsPage.ts';

test('projects are open in tabs, each with its own history and selection', async ({ designer }) => {
  const tabs = new TabsPage(designer.page);
  await designer.openTemplate('LeNet-5');
  await designer.block('conv2d_1').click();
  await designer.field('Filters').fill('7');
  await designer.openProject(smallProject);
  await expect(tabs.all).toHaveText(['LeNet-5', 'Small']);
  await expect(designer.blocks).toHaveCount(4);
  await designer.append('Dropout');

  await tabs.tab('LeNet-5').click();
  await expect(designer.blocks).toHaveCount(9);
  await expect(designer.field('Filters')).toHaveValue('7');
  await expect(designer.undo).toHaveAccessibleName('Undo set filters of conv2d_1');
  await designer.undo.click();
  await expect(designer.shape('conv2d_1', '28 × 28 × 6')).toBeVisible();

  await designer.page.keyboard.press('Alt+PageDown');
  await expect(designer.blocks).toHaveCount(5);
  await expect(designer.undo).toHaveAccessibleName('Undo add Dropout');
});

test('a tab that is closed comes back, and all tabs come back when the page is loaded anew', async ({
  designer,
}) => {
  const tabs = new TabsPage(designer.page);
  await designer.openTemplate('LeNet-5');
  await designer.openProject(smallProject);
  await designer.block('dense_1').click();
  await designer.field('Units').fill('9');
  await expect(tabs.tab(/^Small, not saved/)).toBeVisible();
  await tabs.close('Small');
  await expect(tabs.all).toHaveText(['LeNet-5']);
  await designer.command('Reopen the closed tab');
  await expect(tabs.all).toHaveText(['LeNet-5', 'Small']);
  await expect(designer.field('Units')).toHaveValue('9');

  await designer.draftSaved.waitFor();
  await designer.page.reload();
  await designer.isReady();
  await expect(tabs.all).toHaveText(['LeNet-5', 'Small']);
  await expect(designer.shape('dense_1', '9')).toBeVisible();
  await tabs.tab('LeNet-5').click();
  await expect(designer.blocks).toHaveCount(9);
});

test('tabs are gone through, moved and closed by keyboard, and moved by the mouse', async ({ designer }) => {
  const tabs = new TabsPage(designer.page);
  await designer.openTemplate('LeNet-5');
  await designer.openProject(smallProject);
  await tabs.tab(/^Small/).focus();
  await designer.page.keyboard.press('ArrowLeft');
  await expect(tabs.tab(/^LeNet-5/)).toBeFocused();
  await expect(designer.blocks).toHaveCount(9);
  await designer.page.keyboard.press('Alt+ArrowRight');
  await expect(tabs.all).toHaveText(['Small', 'LeNet-5']);
  await tabs.tab(/^LeNet-5/).dragTo(tabs.tab(/^Small/));
  await expect(tabs.all).toHaveText(['LeNet-5', 'Small']);
  await tabs.tab(/^LeNet-5/).focus();
  await designer.page.keyboard.press('Delete');
  await expect(tabs.all).toHaveText(['Small']);
  await expect(designer.blocks).toHaveCount(4);
  await tabs.add.click();
  await expect(designer.blocks).toHaveCount(0);
  await expect(tabs.all).toHaveText(['Small', 'Untitled']);
});
