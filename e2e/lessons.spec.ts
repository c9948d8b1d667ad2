import { expect, test } from './support/designer.ts';

test('a lesson stands beside its live canvas: its numbers follow, mistakes are explained, progress stays', async ({
  designer,
}) => {
  const { page } = designer;
  await designer.openTemplate('LeNet-5');
  await designer.command('Lessons');
  await page.getByRole('button', { name: 'Open the lesson AlexNet’s first layer' }).click();
  const lesson = page.getByRole('article', { name: 'AlexNet’s first layer' });
  await expect(lesson.getByText('256 × 55 × 55 × 96').first()).toBeVisible();
  await expect(page.getByRole('tab', { name: /^LeNet-5/ })).toBeVisible();

  const shape = lesson.getByRole('region', { name: 'Exercise' }).first();
  await shape.getByRole('textbox', { name: 'Your answer' }).fill('54×54×96');
  await shape.getByRole('button', { name: 'Check' }).click();
  await expect(shape.getByRole('status')).toContainText('Add 1 after dividing');
  await shape.getByRole('textbox', { name: 'Your answer' }).fill('55×55×96');
  await shape.getByRole('button', { name: 'Check' }).click();
  await expect(shape.getByRole('status')).toContainText('Right.');

  await designer.block('conv2d_1').click();
  await designer.field('Filters').fill('64');
  await expect(lesson.getByText('256 × 55 × 55 × 64').first()).toBeVisible();
  await lesson.getByRole('button', { name: 'Keep as project' }).click();
  await expect(page.getByRole('tab', { name: /^AlexNet’s first layer/ })).toBeVisible();
  await lesson.getByRole('button', { name: 'Back to the lesson’s canvas' }).click();
  await lesson.getByRole('button', { name: 'Reset the canvas' }).click();
  await expect(lesson.getByText('256 × 55 × 55 × 96').first()).toBeVisible();
  await lesson.getByRole('button', { name: 'All lessons' }).click();
  await expect(page.getByText('Exercises: 1 of 2')).toBeVisible();
});

test('a lesson of a teacher’s own is opened from its files, or told what is wrong and in which line', async ({
  designer,
}) => {
  const { page } = designer;
  const open = async (text: string) => {
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Open lesson files …' }).click();
    await (
      await chooser
    ).setFiles([{ name: 'lesson.en.md', mimeType: 'text/markdown', buffer: Buffer.from(text) }]);
  };
  await designer.command('Lessons');
  await open('---\ntitle: Mine\nsummary: Short.\n---\n\nHere is {{nonsense}}.\n');
  await expect(page.getByRole('alert')).toContainText('lesson.en.md, line 6');
  await open('---\ntitle: Mine\nsummary: Short.\n---\n\nA lesson of my own.\n');
  await expect(page.getByRole('article', { name: 'Mine' })).toContainText('A lesson of my own.');
});
