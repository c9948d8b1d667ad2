import { smallProject } from './support/networks.ts';
import { expect, test } from './support/designer.ts';

const measured = { timeout: 30_000 };
const measuring = 'measuring the time per epoch …';

/** A training that a test leaves behind would stand in the way of the next. */
test.afterEach(async ({ designer }) => {
  const stop = designer.tool('Stop');
  if (await stop.isVisible()) await stop.click();
  await expect(stop).toHaveCount(0, measured);
});

test('the time per epoch appears beside Train, and undo brings it back', async ({ designer }) => {
  await designer.openTemplate('LeNet-5');
  const estimate = designer.lowerPanel.getByRole('button', { name: /per epoch/ });
  await expect(estimate).toHaveText(/^≈ [\d.]+ (s|min) per epoch≈ [\d.]+ (s|min) in all$/, measured);
  await expect(designer.status.getByText(/^≈ [\d.]+ (s|min) per epoch$/)).toBeVisible();
  const train = designer.lowerPanel.getByRole('button', { name: 'Train', exact: true });
  await expect(train).toHaveAccessibleDescription(/per epoch/);
  await train.focus();
  await designer.page.keyboard.press('Tab');
  await expect(estimate).toBeFocused();
  await expect(
    designer.page.getByRole('tooltip').filter({ hasText: /Estimated from \d+ training steps/ }),
  ).toBeVisible();

  const before = await estimate.textContent();
  await designer.block('conv2d_1').click();
  await designer.field('Filters').fill('7');
  await expect(estimate).toHaveCount(0);
  await designer.undoByKey();
  await expect(estimate).toHaveText(before ?? '');
});

test('Train that is pressed while it is measured starts the training', async ({ designer }) => {
  await designer.openProject({
    ...smallProject,
    name: 'Hasty',
    training: { epochs: 100_000, batchSize: 64 },
  });
  await expect(designer.lowerPanel.getByText(measuring)).toBeVisible(measured);
  await designer.tool('Train').click();
  await expect(designer.lowerPanel.getByText(measuring)).toHaveCount(0);
  await expect(designer.lowerPanel.getByText(/batch \d+ of 938/)).toBeVisible(measured);
  await expect(designer.lowerPanel.getByRole('alert')).toHaveCount(0);
});

test('nothing is measured where nothing can be trained', async ({ designer }) => {
  await designer.openTemplate('AlexNet');
  await designer.page
    .getByRole('button', { name: 'Engine: TensorFlow' })
    .or(designer.page.getByRole('button', { name: 'Engine: WebAssembly' }))
    .waitFor();
  await designer.openProject(smallProject);
  await expect(designer.status.getByText(/per epoch$/)).toBeVisible(measured);
  await designer.undoByKey();
  await expect(designer.status.getByText(/per epoch/)).toHaveCount(0);
});
