import { expect, test } from './support/designer.ts';

test('a digit drawn by mouse has ten probabilities, and feature maps of every layer', async ({
  designer,
}) => {
  await designer.openTemplate('LeNet-5');
  await designer.tab('Digit').click();
  const panel = designer.lowerPanel;
  await expect(panel.getByText('Untrained: initial weights.')).toBeVisible();
  const pad = panel.getByRole('img', { name: /^Pad to draw a digit on/ });
  const box = (await pad.boundingBox())!;
  const { mouse } = designer.page;
  await mouse.move(box.x + 100, box.y + 30);
  await mouse.down();
  await mouse.move(box.x + 95, box.y + 100, { steps: 8 });
  await mouse.move(box.x + 90, box.y + 170, { steps: 8 });
  await mouse.up();
  await expect(panel.getByText('Drawn on the pad')).toBeVisible();

  const bars = panel.getByRole('list', { name: 'Probabilities of the classes' }).getByRole('listitem');
  await expect(bars).toHaveCount(10);
  await expect(panel.getByText(/^The network says: \d$/)).toBeVisible({ timeout: 30_000 });
  const maps = panel.getByRole('region', { name: 'Feature maps' });
  await expect(maps.getByRole('button')).toHaveCount(9);
  const layer = maps.getByRole('button', { name: /^conv2d_2/ });
  await layer.press('Enter');
  await expect(layer).toHaveAttribute('aria-expanded', 'true');
  await expect(maps.getByRole('img', { name: 'Feature maps of conv2d_2: 16 of 16' })).toBeVisible();
  await maps.getByRole('combobox', { name: 'Channel of the input' }).selectOption('Channel 6 of 6');
  await expect(maps.getByRole('img', { name: '16 filters of conv2d_2' })).toBeVisible();

  await panel.getByRole('button', { name: 'Next test picture' }).press('Enter');
  await expect(panel.getByText(/^Test picture 0, labelled \d$/)).toBeVisible();
});
