import type { Download, Locator } from '@playwright/test';

import { expect, test } from './support/designer.ts';
import type { DesignerPage } from './support/designerPage.ts';
import { seriousFaults } from './support/faults.ts';

/** The dialog for pictures. English alone. */
class PicturePage {
  readonly designer: DesignerPage;
  readonly dialog: Locator;
  readonly preview: Locator;

  constructor(designer: DesignerPage) {
    this.designer = designer;
    this.dialog = designer.dialog('Export a picture');
    this.preview = this.dialog.getByRole('img', { name: /^Preview/ });
  }

  async open(): Promise<void> {
    await this.designer.tool('Picture').click();
    await this.preview.waitFor();
  }

  async choose(name: string): Promise<void> {
    await this.dialog.getByRole('radio', { name, exact: true }).check();
  }

  async save(): Promise<Download> {
    const download = this.designer.page.waitForEvent('download');
    await this.dialog.getByRole('button', { name: 'Save' }).click();
    return download;
  }
}

async function bytesOf(download: Download): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
}

/** Width and height of a PNG, from its header. */
const sizeOfPng = (png: Buffer) => [png.readUInt32BE(16), png.readUInt32BE(20)];

test('a picture of each kind is seen before it is saved as SVG', async ({ designer }) => {
  const picture = new PicturePage(designer);
  await designer.openTemplate('LeNet-5');
  await designer.command('Export a picture');
  for (const [kind, words] of [
    ['Graph', 'conv2d_1'],
    ['Figure', 'C1: 6@28×28'],
    ['Table', 'Receptive field'],
  ] as const) {
    await picture.choose(kind);
    await expect(picture.preview).toHaveAccessibleName(`Preview: ${kind} of LeNet-5`);
    const drawn = await picture.preview.evaluate((image: HTMLImageElement) =>
      image.decode().then(() => image.naturalWidth),
    );
    expect(drawn).toBeGreaterThan(400);
    const file = await picture.save();
    expect(file.suggestedFilename()).toMatch(/^LeNet-5-(graph|figure|analysis)\.svg$/);
    expect((await bytesOf(file)).toString('utf8')).toContain(words);
  }
});

test('a PNG has the size that was chosen, and print has no background', async ({ designer }) => {
  const picture = new PicturePage(designer);
  await designer.openTemplate('LeNet-5');
  await picture.open();
  await picture.choose('Figure');
  await picture.choose('Print');
  await picture.choose('PNG');
  const [width, height] = await picture.preview.evaluate((image: HTMLImageElement) => [
    image.naturalWidth,
    image.naturalHeight,
  ]);
  for (const scale of [1, 4]) {
    await picture.dialog.getByLabel('Size').selectOption(String(scale));
    const png = await bytesOf(await picture.save());
    expect(sizeOfPng(png)).toEqual([width * scale, height * scale]);
  }
  // What was chosen last is there again.
  await designer.page.keyboard.press('Escape');
  await picture.open();
  await expect(picture.dialog.getByRole('radio', { name: 'Print' })).toBeChecked();
});

test('a picture is copied, as text of SVG and as PNG', async ({ designer, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const picture = new PicturePage(designer);
  await designer.openTemplate('LeNet-5');
  await picture.open();
  const copy = picture.dialog.getByRole('button', { name: 'Copy' });
  await copy.click();
  await expect(picture.dialog.getByRole('status')).toHaveText('Copied');
  expect(await designer.page.evaluate(() => navigator.clipboard.readText())).toMatch(/^<svg/);
  await picture.choose('PNG');
  await copy.click();
  await expect
    .poll(() =>
      designer.page.evaluate(async () =>
        (await navigator.clipboard.read()).flatMap(({ types }) => [...types]),
      ),
    )
    .toContain('image/png');
});

test('the dialog is used by keyboard, and has no serious faults of accessibility', async ({ designer }) => {
  const picture = new PicturePage(designer);
  await designer.openTemplate('MNIST CNN');
  for (const theme of ['Light', 'Dark'] as const) {
    await designer.chooseTheme(theme);
    await picture.open();
    await picture.choose('PNG');
    expect.soft(await seriousFaults(designer.page, '[role=dialog]'), theme).toEqual([]);
    await picture.dialog.getByRole('radio', { name: 'Figure' }).focus();
    await designer.page.keyboard.press('ArrowDown');
    await expect(picture.dialog.getByRole('radio', { name: 'Table' })).toBeChecked();
    await designer.page.keyboard.press('ArrowUp');
    await designer.page.keyboard.press('Escape');
    await expect(picture.dialog).toHaveCount(0);
  }
});
