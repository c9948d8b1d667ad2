import { encode } from 'fast-png';

import { expect, test } from './support/designer.ts';
import { smallProject } from './support/networks.ts';

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

test('after a training one goes through its epochs, and a picture file is answered', async ({ designer }) => {
  const { page, lowerPanel: panel } = designer;
  await designer.openProject({ ...smallProject, training: { epochs: 3, batchSize: 256 } });
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(panel.getByText(/^Done: /)).toBeVisible({ timeout: 90_000 });
  await designer.tab('Digit').click();
  const chooser = page.waitForEvent('filechooser');
  await panel.getByRole('button', { name: 'Open a picture' }).click();
  await (await chooser).setFiles({ name: 'one.png', mimeType: 'image/png', buffer: blackOnWhite() });
  const says = panel.getByText(/^The network says: \d$/);
  await expect(says).toHaveText('The network says: 1', { timeout: 30_000 });

  // Dark on light, as on paper, and far from the middle: it is looked at as MNIST's digits are.
  const bars = panel.getByRole('list', { name: 'Probabilities of the classes' }).getByRole('listitem');
  const shares = () => bars.allTextContents();
  const last = await shares();
  const epochs = panel.getByRole('slider', { name: 'Weights after epoch' });
  await epochs.focus();
  await page.keyboard.press('Home');
  await expect(panel.getByText(/^Weights of the training of .*, epoch \d/)).toBeVisible();
  await expect.poll(shares).not.toEqual(last);
  await page.keyboard.press('End');
  await expect.poll(shares).toEqual(last);
});

/** A picture file of a straight stroke near the upper left, as somebody draws it on paper: PNG bytes. */
function blackOnWhite(): Buffer {
  const [width, height] = [120, 160];
  const data = new Uint8Array(width * height).fill(255);
  for (let row = 20; row < 110; row += 1)
    for (let column = 30; column < 42; column += 1) data[row * width + column] = 0;
  return Buffer.from(encode({ width, height, data, channels: 1, depth: 8 }));
}
