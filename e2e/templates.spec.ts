import { expect, test } from './support/designer.ts';

test('a template is found and opened without a mouse, and undo brings back the empty canvas', async ({
  designer,
}) => {
  const { page } = designer;
  await designer.tool('Templates').focus();
  await page.keyboard.press('Enter');
  const gallery = designer.dialog('Templates');
  const field = gallery.getByRole('textbox', { name: 'Search templates' });
  await expect(field).toBeFocused();
  await expect(gallery.getByRole('status')).toHaveText('18 networks');
  await page.keyboard.type('resnet 50');
  await expect(gallery.getByRole('button', { name: /^Open the template/ })).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(gallery).toHaveCount(0);
  await expect(designer.status).toContainText('177 layers');
  await designer.undo.click();
  await expect(designer.canvas.getByRole('button', { name: 'Open the template LeNet-5' })).toBeVisible();
});

test('the empty canvas leads to all templates', async ({ designer }) => {
  await designer.canvas.getByRole('button', { name: 'All 18 templates' }).click();
  const gallery = designer.dialog('Templates');
  for (const group of ['Digits', 'Classics', 'Modern', 'Pictures to pictures'])
    await expect(gallery.getByRole('region', { name: group, exact: true })).toBeVisible();
  await gallery.getByRole('button', { name: 'Open the template U-Net' }).click();
  await expect(designer.status).toContainText('31 030 658 parameters');
});
