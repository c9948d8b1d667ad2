import { readFile } from 'node:fs/promises';

import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

import { expect, test } from './support/designer.ts';
import { seriousFaults } from './support/faults.ts';

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

test('a lesson is saved as a zip archive, changed, given a picture, and opened again', async ({
  designer,
}) => {
  const { page } = designer;
  await designer.command('Lessons');
  await page.getByRole('button', { name: 'Open the lesson Pooling' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: /^Save the lesson as a zip archive/ }).click();
  const saved = await download;
  expect(saved.suggestedFilename()).toBe('03-pooling.zip');
  const files = unzipSync(new Uint8Array(await readFile(await saved.path())));
  expect(Object.keys(files).sort()).toEqual([
    '03-pooling/lesson.en.md',
    '03-pooling/lesson.zh-TW.md',
    '03-pooling/pooling.convas',
  ]);

  const text = strFromU8(files['03-pooling/lesson.en.md']!)
    .replace('title: Pooling', 'title: My pooling')
    .replace('\n---\n', '\n---\n\n![A red square](square.svg)\n');
  const square =
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><path d="M0 0h40v40H0z"/></svg>';
  const open = async (name: string, changed: string) => {
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Open lesson files …' }).click();
    const archive = zipSync({
      'mine/lesson.en.md': strToU8(changed),
      'mine/pooling.convas': files['03-pooling/pooling.convas']!,
      'mine/square.svg': strToU8(square),
      '__MACOSX/mine/._square.svg': strToU8('nothing'),
    });
    await (await chooser).setFiles([{ name, mimeType: 'application/zip', buffer: Buffer.from(archive) }]);
  };
  await page.getByRole('button', { name: 'All lessons' }).click();
  await open('mine.zip', text.replace('max_pooling2d_1', 'max_pooling2d_7'));
  await expect(page.getByRole('alert')).toContainText('pooling.convas has no layer max_pooling2d_7');
  await open('mine.zip', text);
  const lesson = page.getByRole('article', { name: 'My pooling' });
  const picture = lesson.getByRole('img', { name: 'A red square' });
  await expect(picture).toBeVisible();
  expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(40);
});

test('a lesson and its canvas are there again after a reload, and the lower panel after the lesson', async ({
  designer,
}) => {
  const { page } = designer;
  await designer.command('Lessons');
  await page.getByRole('button', { name: 'Open the lesson Pooling' }).click();
  const lesson = page.getByRole('article', { name: 'Pooling' });
  await expect(lesson).toBeVisible();
  await expect(page.getByText('Draft saved')).toBeVisible();
  const tabs = await page.getByRole('tab').count();
  await page.reload();
  await expect(lesson).toBeVisible();
  await expect(designer.block('max_pooling2d_1')).toBeVisible();
  expect(await page.getByRole('tab').count()).toBe(tabs);
  await lesson.getByRole('button', { name: 'Close the lesson' }).click();
  await expect(page.getByRole('tab', { name: 'Train' })).toBeVisible();
});

test('an exercise is asked again with other numbers', async ({ designer }) => {
  const { page } = designer;
  await designer.command('Lessons');
  await page.getByRole('button', { name: 'Open the lesson How to compute' }).click();
  const exercise = page.getByRole('region', { name: 'Exercise' }).filter({ hasText: 'W = 28' });
  await exercise.getByRole('button', { name: 'Other numbers' }).click();
  const asked = page.getByRole('region', { name: 'Exercise' }).nth(1);
  const [, w = 0, f = 0, p = 0, s = 1] = (
    /W = (\d+), F = (\d+), P = (\d+), S = (\d+)/.exec(await asked.innerText()) ?? []
  ).map(Number);
  await asked.getByRole('textbox', { name: 'Your answer' }).fill(String(Math.floor((w - f + 2 * p) / s) + 1));
  await asked.getByRole('button', { name: 'Check' }).click();
  await expect(asked.getByRole('status')).toContainText('Right.');
});

for (const theme of ['Light', 'Dark'] as const) {
  test(`${theme.toLowerCase()}, no lesson has serious faults of accessibility`, async ({ designer }) => {
    test.setTimeout(180_000);
    const { page } = designer;
    await designer.chooseTheme(theme);
    await designer.command('Lessons');
    const cards = page.locator('.lesson-card strong');
    await expect(cards).toHaveCount(11);
    const titles = await cards.allTextContents();
    expect.soft(await seriousFaults(page, '.lesson-list'), 'the list').toEqual([]);
    await page.locator('.lesson-card').first().click();
    for (const [index, title] of titles.entries()) {
      const lesson = page.getByRole('article', { name: title });
      await expect(lesson).toBeVisible();
      expect.soft(await seriousFaults(page, '.lesson'), title).toEqual([]);
      if (index < titles.length - 1)
        await lesson.getByRole('button', { name: 'Next lesson' }).first().click();
    }
  });
}
