import { readFile } from 'node:fs/promises';

import * as tf from '@tensorflow/tfjs';
import { unzipSync } from 'fflate';

import { smallProject } from './support/networks.ts';
import { expect, test } from './support/designer.ts';
import type { DesignerPage } from './support/designerPage.ts';
import { TabsPage } from './support/tabsPage.ts';

/** Trains for long enough that a test can look at it. */
const longProject = { ...smallProject, name: 'Long', training: { epochs: 100_000, batchSize: 256 } };
const trained = { timeout: 30_000 };

/** A training that a test leaves behind would stand in the way of the next. */
test.afterEach(async ({ designer }) => {
  const stop = designer.tool('Stop');
  if (await stop.isVisible()) await stop.click();
  await expect(stop).toHaveCount(0, trained);
});

function curves(designer: DesignerPage) {
  return {
    loss: designer.lowerPanel.getByRole('slider', { name: 'Loss by batch' }),
    accuracy: designer.lowerPanel.getByRole('slider', { name: 'Accuracy by batch' }),
  };
}

test('the settings are used: epochs, batch size, optimizer', async ({ designer }) => {
  await designer.openProject(smallProject);
  const settings = designer.page.getByRole('region', { name: 'Settings of the training' });
  await settings.getByRole('textbox', { name: 'Epochs', exact: true }).fill('2');
  await settings.getByRole('textbox', { name: 'Batch size', exact: true }).fill('1000');
  await settings.getByRole('combobox', { name: 'Optimizer' }).selectOption('SGD');
  await settings.getByRole('textbox', { name: 'Learning rate', exact: true }).fill('0.5');
  await designer.tool('Train').click();
  await expect(designer.lowerPanel.getByText(/^Done: /)).toBeVisible(trained);
  // 60 000 pictures in batches of 1000, twice.
  await expect(curves(designer).loss).toHaveAttribute('aria-valuemax', '120');
  await curves(designer).loss.press('End');
  await expect(curves(designer).loss).toHaveAttribute('aria-valuetext', /^Epoch 2, batch 60: training \d/);

  await designer.lowerPanel.getByTitle('Epochs as a table').click();
  const rows = designer.lowerPanel.getByRole('table').getByRole('row');
  await expect(rows).toHaveCount(3);
  await expect(rows.nth(1)).toContainText(/^2\d\.\d+/);
});

test('while another tab is open, the training says whose it is and leads there', async ({ designer }) => {
  const tabs = new TabsPage(designer.page);
  await designer.openProject(longProject);
  await designer.tool('Train').click();
  await expect(designer.lowerPanel.getByText(/epoch \d+ of 100/)).toBeVisible(trained);
  const note = designer.lowerPanel.getByText('This is the training of “Long”, which is in another tab.');
  await expect(note).toHaveCount(0);
  await designer.openProject({ ...smallProject, name: 'Other' });
  await expect(note).toBeVisible();
  await designer.lowerPanel.getByRole('button', { name: 'Go to Long' }).click();
  await expect(tabs.tab('Long')).toHaveAttribute('aria-selected', 'true');
  await expect(note).toHaveCount(0);

  // It is known after the page is loaded anew, and when the tab is closed.
  await tabs.tab('Other').click();
  await designer.draftSaved.waitFor();
  await designer.page.reload();
  await designer.isReady();
  await expect(note).toBeVisible(trained);
  await tabs.close('Long');
  await expect(
    designer.lowerPanel.getByText('was not started from a tab that is open here', { exact: false }),
  ).toBeVisible();
});

test('a training shows its progress and curves, and Stop keeps what was learned', async ({ designer }) => {
  await designer.openProject(longProject);
  await designer.tool('Train').click();
  await expect(
    designer.lowerPanel.getByRole('progressbar', { name: 'Progress of the training' }),
  ).toBeVisible();
  await expect(designer.lowerPanel.getByText(/epoch \d+ of 100/)).toBeVisible(trained);
  await expect(designer.lowerPanel.getByText(/batch \d+ of 235/)).toBeVisible();
  await expect(designer.lowerPanel.getByText(/images\/s/)).toBeVisible();
  await expect(designer.lowerPanel.getByText(/ left$/)).toBeVisible();
  const { loss, accuracy } = curves(designer);
  const batches = async () => Number(await loss.getAttribute('aria-valuemax'));
  await expect.poll(batches).toBeGreaterThan(20);
  const before = await batches();
  await expect.poll(batches).toBeGreaterThan(before);
  for (const chart of [loss, accuracy])
    await expect(chart.locator('path.recharts-curve').first()).toBeVisible();

  // The network can be changed meanwhile; the run keeps its own.
  await designer.block('pool').click();
  await designer.field('Pool size: Height').fill('2');
  await expect(designer.shape('pool', '14 × 14 × 1')).toBeVisible();

  await designer.tool('Stop').click();
  await expect(designer.lowerPanel.getByText(/^Stopped; .* on the test set$/)).toBeVisible(trained);
  await expect(designer.tool('Train')).toBeVisible();
  await expect(designer.page.getByRole('alert').filter({ hasText: 'Long was stopped' })).toBeVisible();

  await designer.tab('Runs').click();
  const row = designer.lowerPanel.getByRole('row', { name: /^Long/ }).first();
  await expect(row).toContainText('stopped');
  await expect(row).toContainText('%');
  await row.getByRole('button', { name: 'Export the model of Long' }).click();
  await expect(designer.dialog('Export')).toContainText('The model that the run Long ended with.');
  await designer.page.keyboard.press('Escape');
});

test('a page that is loaded anew during a training shows its curve again, as a second page does', async ({
  designer,
  open,
}) => {
  await designer.openProject(longProject);
  await designer.tool('Train').click();
  await expect(designer.lowerPanel.getByText(/batch \d+ of 235/)).toBeVisible(trained);
  const { loss } = curves(designer);
  await expect.poll(async () => Number(await loss.getAttribute('aria-valuemax'))).toBeGreaterThan(30);
  const before = Number(await loss.getAttribute('aria-valuemax'));
  await designer.page.reload();
  await designer.isReady();
  await expect(designer.tool('Stop')).toBeVisible();
  await expect.poll(async () => Number(await loss.getAttribute('aria-valuemax'))).toBeGreaterThan(before);
  // From its very first batch on.
  await loss.press('Home');
  await expect(loss).toHaveAttribute('aria-valuetext', /^Epoch 1, batch 1: /);

  const other = await open();
  await expect(other.lowerPanel.getByText(/batch \d+ of 235/)).toBeVisible();
  await other.tool('Stop').click();
  await expect(designer.lowerPanel.getByText(/^Stopped/)).toBeVisible(trained);
});

test('a trained network is exported with a receipt, as files that stock TensorFlow.js loads', async ({
  designer,
}) => {
  await designer.openProject({ ...smallProject, name: 'Exported' });
  await designer.tool('Train').click();
  await expect(designer.lowerPanel.getByText(/^Done: /)).toBeVisible(trained);
  await designer.tool('Export').click();
  const dialog = designer.dialog('Export');
  await expect(dialog.getByRole('radio', { name: 'Trained weights, from the last training' })).toBeChecked();
  await dialog.getByRole('button', { name: 'Write and check' }).click();
  await expect(dialog.getByText(/compared on 100 test digits: the same answers/)).toBeVisible(trained);
  await expect(dialog.getByRole('row', { name: /^model\.json/ })).toBeVisible();
  await expect(dialog.getByRole('definition').first()).toHaveText('trained');

  const downloaded = designer.page.waitForEvent('download');
  await dialog.getByRole('button', { name: /^Download/ }).click();
  const download = await downloaded;
  expect(download.suggestedFilename()).toBe('Exported.zip');
  const files = unzipSync(new Uint8Array(await readFile(await download.path())));
  const json = JSON.parse(new TextDecoder().decode(files['model.json'])) as tf.io.ModelJSON;
  const [group] = json.weightsManifest;
  const weights = files[group?.paths[0] ?? ''];
  await tf.setBackend('cpu');
  const model = await tf.loadLayersModel(
    tf.io.fromMemory({
      modelTopology: json.modelTopology,
      weightSpecs: group?.weights ?? [],
      weightData: weights?.slice().buffer ?? new ArrayBuffer(0),
    }),
  );
  expect(model.inputs[0]?.shape).toEqual([null, 28, 28, 1]);
  const [sum] = (model.predict(tf.ones([1, 28, 28, 1])) as tf.Tensor).sum(1).dataSync();
  expect(sum).toBeCloseTo(1, 4);
});

test('a network that was not trained is exported with its initial weights, and says so', async ({
  designer,
}) => {
  await designer.openTemplate('LeNet-5');
  await designer.tool('Export').click();
  const dialog = designer.dialog('Export');
  await expect(dialog).toContainText('This network has not been trained yet');
  await dialog.getByRole('button', { name: 'Write and check' }).click();
  await expect(dialog.getByText(/the same answers/)).toBeVisible(trained);
  await expect(dialog.getByRole('definition').first()).toHaveText('initial, untrained');
});

test('Train says what is missing where there is no dataset, and offers it', async ({ designer }) => {
  await designer.openTemplate('AlexNet');
  await designer.tool('Train').click();
  const reasons = designer.page.getByRole('list', { name: 'In the way of training' });
  await expect(reasons).toContainText('Choose a dataset first: AlexNet has none to learn from.');
  await expect(designer.lowerPanel.getByRole('button', { name: 'Train', exact: true })).toBeDisabled();
  await reasons.getByRole('button', { name: 'Use MNIST handwritten digits' }).click();
  await expect(reasons).not.toContainText('Choose a dataset');
  await expect(reasons).toContainText('The Input needs 1 channel.');
});

test('an empty canvas says what training needs', async ({ designer }) => {
  await designer.tool('Train').click();
  await expect(designer.lowerPanel.getByText('Draw a network first, or open a template.')).toBeVisible();
});
