import type { Locator, Page } from '@playwright/test';

import { expect, test } from './support/designer.ts';
import type { DesignerPage } from './support/designerPage.ts';

/** What a person does who has no mouse: everything below goes through the keyboard alone. */
class Keyboard {
  readonly #designer: DesignerPage;
  readonly #page: Page;

  constructor(designer: DesignerPage) {
    this.#designer = designer;
    this.#page = designer.page;
  }

  /** Appends a layer behind the selected one: `/`, its name, Enter. */
  async append(kind: string, id: string): Promise<void> {
    // In a text field, `/` is a letter like others.
    await this.#page.keyboard.press('Escape');
    await this.#page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await this.#page.keyboard.press('/');
    await expect(this.#designer.palette.getByRole('textbox')).toBeFocused();
    await this.#page.keyboard.type(kind);
    await this.#page.keyboard.press('Enter');
    await expect(this.#designer.block(id)).toBeAttached();
  }

  /** Goes to the properties of the selected layer, and on by Tab to one of them. */
  async field(wanted: Locator): Promise<void> {
    await this.#page.keyboard.press('ControlOrMeta+i');
    await expect(this.#designer.properties.locator('input, select').first()).toBeVisible();
    await expect.poll(() => this.#inProperties()).toBe(true);
    for (let step = 0; step < 30; step += 1) {
      if (await this.#has(wanted)) return;
      await this.#page.keyboard.press('Tab');
    }
    throw new Error('Tab does not come to the field.');
  }

  async type(name: string, text: string): Promise<void> {
    await this.field(this.#designer.field(name));
    await this.#page.keyboard.press('ControlOrMeta+a');
    await this.#page.keyboard.type(text);
  }

  async choose(name: string, option: string): Promise<void> {
    const choice = this.#designer.choice(name);
    await this.field(choice);
    await this.#page.keyboard.type(option);
    await expect(choice).toHaveValue(option);
  }

  #inProperties(): Promise<boolean> {
    return this.#designer.properties.evaluate((element) => element.contains(document.activeElement));
  }

  #has(wanted: Locator): Promise<boolean> {
    return wanted.evaluateAll((elements) => elements.includes(document.activeElement as HTMLElement));
  }
}

test('the whole of LeNet-5 is built by keyboard from an empty canvas', async ({ designer }) => {
  test.setTimeout(180_000);
  const { page } = designer;
  const keys = new Keyboard(designer);
  await expect(designer.blocks).toHaveCount(0);

  await keys.append('input', 'input_1');
  await keys.type('Shape: Height', '32');
  await keys.type('Shape: Width', '32');
  await expect(designer.block('input_1')).toHaveAccessibleName('Input input_1, output 32 by 32 by 1, valid');

  const convolution = async (id: string, filters: string) => {
    await keys.append('conv2d', id);
    await keys.type('Filters', filters);
    // Height and width of a size change together.
    await keys.type('Kernel size: Height', '5');
    await keys.choose('Padding', 'valid');
    await keys.choose('Activation', 'tanh');
  };
  await convolution('conv2d_1', '6');
  await expect(designer.block('conv2d_1')).toHaveAccessibleName(
    'Conv2D conv2d_1, output 28 by 28 by 6, valid',
  );
  await keys.append('maxpooling2d', 'max_pooling2d_1');
  await convolution('conv2d_2', '16');
  await keys.append('maxpooling2d', 'max_pooling2d_2');
  await convolution('conv2d_3', '120');
  await keys.append('flatten', 'flatten_1');
  await keys.append('dense', 'dense_1');
  await keys.type('Units', '84');
  await keys.choose('Activation', 'tanh');
  // The last layer has the classes of the dataset, and softmax, by itself.
  await keys.append('dense', 'dense_2');

  await expect(designer.blocks).toHaveCount(9);
  await expect(designer.status).toContainText('61 706 parameters');
  await expect(designer.block('dense_2')).toHaveAccessibleName('Dense dense_2, output 10, valid');
  await expect(designer.tab('Problems')).toHaveText('Problems');
  // A problem that goes before the canvas has come to rest was never told, and so is not told to be gone.
  await expect(page.getByRole('log')).toContainText(/no problem is left|Dense dense_2, output 10, valid/);

  // By Ctrl+K everything else is reached, too: the network is brought into view, and undone step by step.
  await page.keyboard.press('ControlOrMeta+k');
  await expect(designer.dialog('All commands')).toBeVisible();
  await page.keyboard.type('fit');
  await page.keyboard.press('Enter');
  await expect(designer.dialog('All commands')).toHaveCount(0);
  await expect(designer.block('input_1')).toBeInViewport();
  await designer.undoByKey();
  await expect(designer.blocks).toHaveCount(8);
});

test('what changes is said to screen readers, once it has come to rest', async ({ designer }) => {
  const { page } = designer;
  const said = page.getByRole('log', { name: 'What changes on the canvas' });
  await expect(said).toHaveAttribute('aria-live', 'polite');
  await designer.openTemplate('LeNet-5');
  await designer.block('conv2d_1').focus();
  await page.keyboard.press('Enter');
  await expect(designer.properties.getByRole('heading', { name: 'Conv2D' })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+i');
  await expect(designer.field('Filters')).toBeFocused();
  // Each letter is a change; only what it came to is told.
  await said.evaluate((element) => {
    const heard: string[] = [];
    element.dataset['heard'] = '[]';
    new MutationObserver(() => {
      heard.push(element.textContent);
      element.dataset['heard'] = JSON.stringify(heard);
    }).observe(element, { childList: true, characterData: true, subtree: true });
  });
  await page.keyboard.type('128');
  await expect(said).toContainText('conv2d_1 gives 28 by 28 by 128. max_pooling2d_1 gives 14 by 14 by 128.');
  const heard = JSON.parse((await said.getAttribute('data-heard')) ?? '') as readonly string[];
  expect(heard).toHaveLength(1);
});
