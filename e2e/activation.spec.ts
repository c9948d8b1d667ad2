import { expect, test } from './support/designer.ts';

test('an activation clicks into a layer, comes out as a layer of its own, and goes back in', async ({
  designer,
}) => {
  await designer.paletteEntry('Input').click();
  await designer.paletteEntry('Conv2D').click();
  await designer.properties.getByLabel('Activation', { exact: true }).selectOption('linear');
  await expect(designer.block('conv2d_1').getByTitle('relu')).toHaveCount(0);

  await designer.paletteEntry('Activation').dragTo(designer.block('conv2d_1').locator('.block-title'));
  await expect(designer.blocks).toHaveCount(2);
  await expect(designer.block('conv2d_1').getByTitle('relu')).toBeVisible();
  await expect(designer.properties.getByLabel('Activation', { exact: true })).toHaveValue('relu');

  await designer.properties.getByRole('button', { name: 'Make relu a layer of its own' }).click();
  await expect(designer.blocks).toHaveCount(3);
  await expect(designer.edge('conv2d_1', 'activation_1')).toBeVisible();

  await designer.block('activation_1').locator('.block-title').click();
  await designer.properties.getByRole('button', { name: 'Put it into conv2d_1' }).click();
  await expect(designer.blocks).toHaveCount(2);

  await designer.undo.click();
  await expect(designer.blocks).toHaveCount(3);
});
