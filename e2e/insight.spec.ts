import { expect, test } from './support/designer.ts';
import { smallProject } from './support/networks.ts';

const answered = { timeout: 30_000 };

test('feature maps stand on the blocks by a key, and open enlarged by a click; a block is still dragged by them', async ({
  designer,
}) => {
  await designer.openTemplate('LeNet-5');
  const { page } = designer;
  await page.getByRole('button', { name: 'Show feature maps on the blocks' }).click();
  const legend = page.getByRole('group', { name: 'Feature maps on the blocks' });
  await expect(legend).toContainText('Untrained: initial weights', answered);
  await expect(legend).toContainText('Test picture 0, labelled 7');
  const maps = page.getByRole('button', { name: /^Feature maps of conv2d_1: 6 of 6/ });
  await expect(maps).toBeVisible(answered);

  const block = page.locator('.react-flow__node[data-id="conv2d_1"]');
  const before = (await block.boundingBox())!;
  await maps.hover();
  await page.mouse.down();
  await page.mouse.move(before.x + before.width / 2 + 40, before.y - 20, { steps: 6 });
  await page.mouse.up();
  await expect.poll(async () => (await block.boundingBox())!.y).toBeLessThan(before.y - 20);
  await expect(designer.tab('Digit')).toHaveAttribute('aria-selected', 'false');

  await maps.click();
  await expect(designer.tab('Digit')).toHaveAttribute('aria-selected', 'true');
  await expect(designer.lowerPanel.getByRole('button', { name: /^conv2d_1/ })).toHaveAttribute(
    'aria-expanded',
    'true',
  );
  await designer.lowerPanel.getByRole('button', { name: 'Next test picture' }).click();
  await expect(legend).toContainText('Test picture 1', answered);
  await page.locator('.react-flow__pane').click({ position: { x: 30, y: 30 } });
  await page.keyboard.press('m');
  await expect(legend).toHaveCount(0);
});

test('the weights and gradients of a training are read while it goes on and after it', async ({
  designer,
}) => {
  await designer.openProject(smallProject);
  await designer.tool('Train').click();
  await expect(designer.lowerPanel.getByText(/^Done: /)).toBeVisible(answered);
  await designer.lowerPanel.getByTitle('Weights and gradients').click();
  const weights = designer.lowerPanel.getByRole('slider', { name: 'Weights by moment' });
  await expect(weights).toBeVisible(answered);
  await expect(designer.lowerPanel.getByRole('slider', { name: 'Gradients by moment' })).toBeVisible();
  await weights.press('End');
  await expect(weights).toHaveAttribute('aria-valuetext', /^Epoch \d+: mean -?\d.*, std \d/);
  const choice = designer.lowerPanel.getByRole('combobox', { name: 'Weight of a layer' });
  await choice.selectOption({ index: 1 });
  await expect(weights).toHaveAttribute('aria-valuetext', /^Epoch /);
});
