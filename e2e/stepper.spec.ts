import { expect, test } from './support/designer.ts';
import { seriousFaults } from './support/faults.ts';
import { StepperPage } from './support/stepperPage.ts';

test('a layer is stepped through by keyboard and mouse, and its numbers are the trainer’s', async ({
  designer,
}) => {
  const { page } = designer;
  await designer.openTemplate('LeNet-5');
  await designer.block('conv2d_1').click();
  await designer.properties.getByRole('button', { name: 'Step through' }).click();
  const stepper = new StepperPage(page);
  await expect(stepper.output).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('Untrained: initial weights')).toBeVisible();
  // A large layer begins in the middle.
  await expect(stepper.place('Row 15 of 28, column 15 of 28 · Filter 1')).toBeVisible();

  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('PageDown');
  await expect(stepper.place('Row 15 of 28, column 14 of 28 · Filter 2')).toBeVisible();
  await page.keyboard.press('Home');
  await expect(stepper.place('Row 1 of 28, column 1 of 28 · Filter 2')).toBeVisible();
  await stepper.cell('Filter 2, row 3, column 4').click();
  await expect(stepper.place('Row 3 of 28, column 4 of 28 · Filter 2')).toBeVisible();
  await expect(stepper.cell('Filter 2, row 3, column 4')).toHaveAttribute('aria-current', 'true');
  // Where the trainer had another number, it would be told.
  await expect(stepper.root.getByRole('alert')).toHaveCount(0);

  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await expect(stepper.root).toHaveCount(0);
});

test('the lecture’s example follows whatever is changed in it', async ({ designer }) => {
  const { page } = designer;
  await designer.command('Lessons');
  await page.getByRole('button', { name: 'Open the lesson Convolution and activation' }).click();
  await page.getByRole('button', { name: 'Open large' }).click();
  const stepper = new StepperPage(page);
  await expect(stepper.output).toHaveText('1');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(stepper.output).toHaveText('−3');
  await page.keyboard.press('PageDown');
  await expect(stepper.output).toHaveText('−4');
  await stepper.cell('Filter 2, row 1, column 2').click();
  await expect(stepper.output).toHaveText('−6');
  await stepper.field('Bias of filter 2').fill('10');
  await expect(stepper.output).toHaveText('4');
  await stepper.field('Padding').fill('0');
  await expect(stepper.root.getByText('(5 − 3 + 2·0)/2 + 1 = 2').first()).toBeVisible();
  await stepper.root.getByRole('button', { name: 'Back to the lecture’s numbers' }).click();
  await expect(stepper.output).toHaveText('−6');

  await page.keyboard.press('Home');
  await stepper.root.getByRole('button', { name: 'Play' }).click();
  await expect(stepper.place(/^Row 2 of 3/)).toBeVisible({ timeout: 15_000 });
  await stepper.root.getByRole('button', { name: 'Pause' }).click();
});

test('a layer that slides no window says so', async ({ designer }) => {
  await designer.openTemplate('LeNet-5');
  await designer.block('flatten_1').click();
  await expect(designer.properties.getByRole('button', { name: 'Step through' })).toHaveCount(0);
  await designer.block('flatten_1').click({ button: 'right' });
  await designer.page.getByRole('menuitem', { name: /^Step through the layer/ }).click();
  await expect(designer.page.getByRole('dialog').getByText(/^flatten_1 slides no window/)).toBeVisible();
});

for (const theme of ['Light', 'Dark'] as const) {
  test(`${theme.toLowerCase()}, the stepper has no serious faults of accessibility`, async ({ designer }) => {
    await designer.chooseTheme(theme);
    await designer.openTemplate('LeNet-5');
    for (const layer of ['conv2d_2', 'max_pooling2d_1', 'dense_2']) {
      await designer.block(layer).click();
      await designer.properties.getByRole('button', { name: 'Step through' }).click();
      const stepper = new StepperPage(designer.page);
      await expect(stepper.output).toBeVisible({ timeout: 60_000 });
      expect.soft(await seriousFaults(designer.page, '[role="dialog"]'), layer).toEqual([]);
      await designer.page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
      await expect(stepper.root).toHaveCount(0);
    }
  });
}
