import { AnalysisPage } from './support/analysisPage.ts';
import { expect, test } from './support/designer.ts';
import { seriousFaults } from './support/faults.ts';
import { brokenProject, chain } from './support/networks.ts';

/** Text with its thin spaces as plain ones. */
const plain = (text: string | null) => (text ?? '').replaceAll('\u202f', ' ');

test('the analysis shows every layer, sorted as one likes, linked with the canvas both ways', async ({
  designer,
}) => {
  const analysis = new AnalysisPage(designer);
  await designer.openTemplate('AlexNet');
  await designer.tool('Go to the analysis').click();
  await expect(analysis.row('conv2d_1')).toContainText('128 × 55 × 55 × 96');

  await analysis.sortBy('Parameters');
  expect((await analysis.layers())[0]).toBe('dense_1');
  await expect(analysis.table.getByRole('columnheader', { name: 'Parameters', exact: true })).toHaveAttribute(
    'aria-sort',
    'descending',
  );
  await analysis.layer('dense_1').click();
  await expect(designer.properties.getByRole('heading', { name: 'Dense' })).toBeVisible();
  await expect(designer.block('dense_1')).toBeInViewport();

  await designer.canvas.focus();
  await designer.command('Fit the network into view');
  await designer.block('conv2d_4').click();
  await expect(analysis.layer('conv2d_4')).toHaveAttribute('aria-current', 'true');
  await expect(analysis.layer('conv2d_4')).toBeInViewport();

  // Columns can be left out, and stay so.
  await designer.page.getByRole('button', { name: 'Columns' }).click();
  await designer.page.getByRole('menuitemcheckbox', { name: 'Weights' }).click();
  await designer.page.keyboard.press('Escape');
  await expect(analysis.table.getByRole('columnheader', { name: 'Weights' })).toHaveCount(0);
  await designer.page.reload();
  await analysis.table.waitFor();
  await expect(analysis.table.getByRole('columnheader', { name: 'Weights' })).toHaveCount(0);
});

test('the batch stands in front of shapes, on edges too, and decides the memory', async ({ designer }) => {
  const analysis = new AnalysisPage(designer);
  await designer.openTemplate('LeNet-5');
  await analysis.open();
  const memory = () => designer.lowerPanel.getByText('Memory of a training').locator('..').textContent();
  const before = await memory();
  await designer.lowerPanel.getByRole('textbox', { name: 'Batch' }).fill('256');
  await expect(analysis.row('conv2d_1')).toContainText('256 × 28 × 28 × 6');
  expect(await memory()).not.toBe(before);
  await expect(designer.edge('conv2d_1', 'max_pooling2d_1')).toContainText('256 × 28 × 28 × 6');
  await designer.lowerPanel.getByRole('switch').press('Space');
  await expect(analysis.row('conv2d_1')).toContainText('N × 28 × 28 × 6');
});

test('the table is read by keyboard', async ({ designer }) => {
  const analysis = new AnalysisPage(designer);
  await designer.openTemplate('LeNet-5');
  await analysis.open();
  await analysis.layer('input_1').focus();
  await designer.page.keyboard.press('ArrowDown');
  await designer.page.keyboard.press('ArrowDown');
  await expect(analysis.layer('max_pooling2d_1')).toBeFocused();
  await designer.page.keyboard.press('End');
  await expect(analysis.layer('dense_2')).toBeFocused();
  await designer.page.keyboard.press('Enter');
  await expect(designer.properties.getByRole('heading', { name: 'Dense' })).toBeVisible();
});

test('the table is saved as CSV and as Markdown, with plain numbers', async ({ designer }) => {
  const analysis = new AnalysisPage(designer);
  await designer.openTemplate('LeNet-5');
  await analysis.open();
  const csv = await analysis.save('Save as CSV');
  expect(csv.name).toBe('LeNet-5-layers.csv');
  expect(csv.text.split('\r\n')).toHaveLength(11);
  expect(csv.text).toContain('conv2d_1,,Conv2D,input_1,128 × 28 × 28 × 6,');
  expect(csv.text).toContain(',117600,');
  const markdown = await analysis.save('Save as Markdown');
  expect(markdown.text.split('\n')[1]).toMatch(/^\| --- \|/);
  expect(markdown.text).toContain('| 48120 |');
});

test('blocks are coloured by a measure, with a legend, also after a reload, until that is switched off', async ({
  designer,
}) => {
  const analysis = new AnalysisPage(designer);
  await designer.openTemplate('LeNet-5');
  await expect(analysis.legend).toHaveCount(0);
  await analysis.open();
  await analysis.colourBy('Parameters');
  await expect(analysis.legend).toContainText('156');
  const colour = (id: string) =>
    designer
      .block(id)
      .locator('.block')
      .evaluate((block) => getComputedStyle(block).backgroundColor);
  expect(await colour('conv2d_1')).not.toBe(await colour('conv2d_2'));
  await designer.page.reload();
  await expect(analysis.legend).toBeVisible();
  await analysis.colourBy('Nothing');
  await expect(analysis.legend).toHaveCount(0);
  expect(await colour('conv2d_1')).toBe(await colour('conv2d_2'));
});

test('the receptive field is drawn over a digit, and told step by step', async ({ designer }) => {
  const analysis = new AnalysisPage(designer);
  await designer.openTemplate('LeNet-5');
  await analysis.open();
  await expect(analysis.field).toContainText('Select a layer');
  await analysis.layer('conv2d_2').click();
  await expect(analysis.field).toContainText('sees 14 × 14 pixels');
  await expect(analysis.field).toContainText('6 + (5 − 1)·2 = 14');
  await expect(analysis.field.locator('canvas')).toBeVisible();
  await expect(analysis.field.getByRole('img')).toHaveAccessibleName(/rows 9 to 22 and columns 9 to 22/);
});

test('a broken network says what waits for what, and that the totals are at least', async ({ designer }) => {
  const analysis = new AnalysisPage(designer);
  await designer.openProject(brokenProject);
  await analysis.open();
  await expect(analysis.row('conv2d_2')).toContainText('no shape');
  await expect(analysis.row('flatten_1')).toContainText('waiting for conv2d_2');
  await expect(designer.lowerPanel.getByText(/^at least/).first()).toBeVisible();
});

test('a thousand layers are scrolled through, each in its row', async ({ designer }) => {
  const analysis = new AnalysisPage(designer);
  const long = chain(
    'Long',
    ['input_1', 'Input', { shape: [8, 8, 1] }],
    ...Array.from(
      { length: 999 },
      (_, index) => [`r_${String(index + 1)}`, 'Activation', { activation: 'relu' }] as const,
    ),
  );
  await designer.openProject(long);
  await analysis.open();
  await expect(analysis.table).toHaveAttribute('aria-rowcount', '1001');
  await analysis.layer('input_1').focus();
  await designer.page.keyboard.press('End');
  await expect(analysis.layer('r_999')).toBeFocused();
  await expect(analysis.row('r_999')).toHaveAttribute('aria-rowindex', '1001');
  expect((await analysis.layers()).length).toBeLessThan(100);
});

for (const theme of ['Light', 'Dark'] as const) {
  test(`${theme.toLowerCase()}, the analysis has no serious faults of accessibility`, async ({
    designer,
  }) => {
    const analysis = new AnalysisPage(designer);
    await designer.chooseTheme(theme);
    await designer.openTemplate('LeNet-5');
    await analysis.open();
    for (const measure of ['Parameters', 'Output size']) {
      await analysis.colourBy(measure);
      await designer.block('conv2d_1').click();
      expect.soft(await seriousFaults(designer.page, '.layout'), measure).toEqual([]);
    }
    await designer.openProject(brokenProject);
    expect.soft(await seriousFaults(designer.page, '.layout'), 'a broken network').toEqual([]);
  });
}

test('in Chinese no word of the analysis stays English', async ({ designer }) => {
  await designer.openTemplate('LeNet-5');
  await designer.chooseLanguage('繁體中文');
  await designer.page.getByRole('tab', { name: '分析' }).click();
  await designer.page.getByRole('group', { name: /^Conv2D conv2d_1/ }).click();
  const words = await designer.lowerPanel
    .locator('thead th, dt, label, h3, summary, .analysis-tools button')
    .evaluateAll((all) => all.map((one) => one.textContent));
  expect(words.map(plain).filter((text) => text !== '' && !/\p{Script=Han}/u.test(text))).toEqual([]);
});
