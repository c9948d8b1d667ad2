import type { Page } from '@playwright/test';

import { layers } from '../shared/layers/index.ts';
import { templates } from '../shared/templates/index.ts';
import { brokenProject } from './support/networks.ts';
import { expect, test } from './support/designer.ts';

/** Everything that can be read or heard on the page: text, names, descriptions, hints. Code and typed values are left out. */
function textsOf(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const skipped = 'code, pre, script, style, option, [data-code], .layer-code';
    const attributes = [
      'aria-label',
      'aria-description',
      'aria-roledescription',
      'title',
      'placeholder',
      'alt',
    ];
    const found: string[] = [];
    for (const element of document.body.querySelectorAll('*')) {
      if (element.closest(skipped) !== null) continue;
      if (!element.checkVisibility()) continue;
      for (const name of attributes) found.push(element.getAttribute(name) ?? '');
      const described = (element.getAttribute('aria-describedby') ?? '').split(' ');
      for (const id of described) found.push(document.getElementById(id)?.textContent ?? '');
      for (const child of element.childNodes) {
        if (child.nodeType === Node.TEXT_NODE) found.push(child.textContent ?? '');
      }
    }
    return [...new Set(found.map((text) => text.trim()))];
  });
}

const names = new Set([
  ...layers.keys(),
  ...templates.map(({ document }) => document.name),
  ...[
    'Convas',
    'English',
    'Broken',
    'TensorFlow',
    'TensorFlow.js',
    'WebAssembly',
    'React Flow',
    'React Flow attribution',
    'MNIST',
    'Keras',
    'PyTorch',
  ],
  // What the fields of TensorFlow take, and names of weights.
  ...[
    'valid',
    'same',
    'relu',
    'tanh',
    'softmax',
    'linear',
    'kernel',
    'bias',
    'adam',
    'sgd',
    'SVG',
    'PNG',
    'CSV',
    'JSON',
  ],
]);

/** English words that are left when names, ids, keys, numbers with their units and file names are taken away. */
function english(text: string): boolean {
  if (/\p{Script=Han}/u.test(text)) return false;
  const rest = text
    .replace(/[a-z][a-z0-9]*(?:_[a-z0-9]+)*_\d+/g, '')
    .replace(/[\w-]+\.(?:json|convas|bin)/g, '')
    .replace(/(?:Ctrl|Shift|Alt|Del|Esc|Enter|Tab|Home|End|F\d+)(?:\+|$|\b)/g, '')
    .replace(/\d+(?:\.\d+)?\s*(?:k|M|G|ms|s|B|kB|MB|GB)\b/g, '');
  const words = rest.match(/[A-Za-z][\w.-]*/g) ?? [];
  return words.some((word) => word.length > 1 && !names.has(word)) && !names.has(rest.trim());
}

test('in Chinese nothing on any screen stays English', async ({ designer }) => {
  test.setTimeout(120_000);
  const { page } = designer;
  await designer.chooseLanguage('繁體中文');
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-TW');
  const expectChinese = async (state: string) => {
    expect.soft((await textsOf(page)).filter(english), state).toEqual([]);
  };
  const open = page.getByRole('toolbar').getByRole('button', { name: '開啟', exact: true });
  await expect(page.getByText('把層拖到這裡').first()).toBeVisible();
  await expectChinese('an empty canvas');

  await page.getByRole('button', { name: /LeNet-5/ }).click();
  await page.getByRole('group', { name: /^Conv2D conv2d_1/ }).click();
  await expectChinese('a template with a convolution selected');
  for (const id of ['Input input_1', 'MaxPooling2D max_pooling2d_1', 'Flatten flatten_1', 'Dense dense_2']) {
    await page.getByRole('group', { name: new RegExp(`^${id}`) }).focus();
    await page.keyboard.press('Enter');
    await expectChinese(id);
  }
  await page.keyboard.press('ControlOrMeta+a');
  await expectChinese('several layers selected');
  await page.keyboard.press('Escape');

  for (const tab of await page.getByRole('tab').all()) {
    await tab.click();
    await expectChinese(`the tab ${(await tab.textContent()) ?? ''}`);
  }
  for (const { name } of [{ name: '匯出' }, { name: '範本' }, { name: '所有指令' }]) {
    await page.getByRole('toolbar').getByRole('button', { name, exact: true }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectChinese(name);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }

  const chooser = page.waitForEvent('filechooser');
  await open.click();
  await (
    await chooser
  ).setFiles({
    name: 'broken.convas',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(brokenProject)),
  });
  await page.getByRole('tab', { name: /問題/ }).click();
  await page.getByRole('list', { name: '問題' }).getByRole('button').last().hover();
  await expectChinese('a broken network with the preview of a mending');
});

test.describe('a window that is enlarged twice', () => {
  // 1280 × 800 has room for half as much then.
  test.use({ viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 });

  test('loses nothing: all that can be done is still there', async ({ designer }) => {
    const { page } = designer;
    await designer.openTemplate('LeNet-5');
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(640);
    for (const name of ['Train', 'Export', 'Templates', 'All commands', /^Undo/, 'Open', 'Colours']) {
      await expect.soft(designer.tool(name)).toBeInViewport({ ratio: 0.95 });
    }
    await expect(designer.block('input_1')).toBeInViewport();
    // What has no room beside the canvas comes over it.
    await page.keyboard.press('/');
    await expect(designer.palette.getByRole('textbox')).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await designer.block('conv2d_1').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('ControlOrMeta+i');
    await expect(designer.field('Filters')).toBeFocused();
    await expect(designer.field('Filters')).toBeInViewport();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('8');
    await expect(designer.block('conv2d_1')).toHaveAccessibleName(/output 28 by 28 by 8/);
  });
});

test('less motion is asked for, and nothing moves by itself', async ({ designer }) => {
  const { page } = designer;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await designer.openProject(brokenProject);
  await designer.tab('Problems').click();
  const list = page.getByRole('list', { name: 'Problems' });
  await list.getByRole('button', { name: 'Set padding to same' }).hover();
  await expect(designer.canvas.locator('.preview-shape > span').first()).toBeVisible();
  const moving = await page.evaluate(() =>
    document
      .getAnimations()
      .map((animation) => {
        const { duration = 0 } = animation.effect?.getComputedTiming() ?? {};
        const { target } = animation.effect as KeyframeEffect;
        return { name: target?.className ?? '', duration: Number(duration) };
      })
      .filter(({ duration }) => duration > 10),
  );
  expect(moving).toEqual([]);
});
