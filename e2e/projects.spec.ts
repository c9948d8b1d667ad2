import { readFile } from 'node:fs/promises';

import { smallProject } from './support/networks.ts';
import { expect, test } from './support/designer.ts';
import type { DesignerPage } from './support/designerPage.ts';

/** Saves by the button and gives what was downloaded. */
async function save(designer: DesignerPage): Promise<{ name: string; text: string }> {
  const downloaded = designer.page.waitForEvent('download');
  await designer.tool('Save').click();
  const download = await downloaded;
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
}

/** Drops a file on the window, as a file manager does. */
async function dropFile(designer: DesignerPage, name: string, content: string): Promise<void> {
  const data = await designer.page.evaluateHandle(
    ([name, content]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([content], name));
      return transfer;
    },
    [name, content] as const,
  );
  await designer.canvas.dispatchEvent('dragover', { dataTransfer: data });
  await expect(designer.page.getByText('Drop the file to open it')).toBeVisible();
  await designer.canvas.dispatchEvent('drop', { dataTransfer: data });
}

test('a saved project that is opened again is the same', async ({ designer }) => {
  await designer.openTemplate('Residual CNN');
  const name = designer.toolbar.getByRole('textbox', { name: 'Project name' });
  await name.fill('My 網路: one/two');
  await name.press('Enter');
  await designer.block('input_1').click();
  await designer.field('Name').fill('Digits');
  const saved = await save(designer);
  expect(saved.name).toBe('My 網路 one two.convas');

  await designer.command('New, empty network');
  await expect(designer.blocks).toHaveCount(0);
  await designer.openFile(saved.name, saved.text);
  await expect(name).toHaveValue('My 網路: one/two');
  await expect(designer.block('input_1').getByText('Digits')).toBeVisible();
  await expect(designer.status).toContainText('19 946 parameters');
  expect((await save(designer)).text).toBe(saved.text);
});

test('a file that is dropped on the window is opened in a tab of its own beside what was there', async ({
  designer,
}) => {
  await designer.openTemplate('LeNet-5');
  await dropFile(designer, 'small.convas', JSON.stringify(smallProject));
  await expect(designer.blocks).toHaveCount(4);
  await expect(designer.page.getByText('Drop the file to open it')).toHaveCount(0);
  await designer.tab('LeNet-5').click();
  await expect(designer.blocks).toHaveCount(9);
});

test('a model.json is opened by the button and by dropping it, with a word about its weights', async ({
  designer,
}) => {
  const model = JSON.stringify({
    format: 'layers-model',
    modelTopology: {
      class_name: 'Sequential',
      config: {
        name: 'digits',
        layers: [
          { class_name: 'Flatten', config: { name: 'flat', batch_input_shape: [null, 28, 28, 1] } },
          { class_name: 'Dense', config: { name: 'out', units: 10, activation: 'softmax' } },
        ],
      },
    },
    weightsManifest: [
      { paths: ['weights.bin'], weights: [{ name: 'out/kernel', shape: [784, 10], dtype: 'float32' }] },
    ],
  });
  const word = designer.page.getByText(/Only the network was taken from the file/);
  await designer.openFile('model.json', model);
  await expect(word).toBeVisible();
  await expect(designer.edge('input_1', 'flat')).toBeAttached();
  await expect(designer.shape('flat', '784')).toBeVisible();
  await designer.command('New, empty network');
  await expect(designer.blocks).toHaveCount(0);
  await dropFile(designer, 'model.json', model);
  await expect(designer.shape('flat', '784')).toBeVisible();
});

const bad: readonly (readonly [string, string, RegExp])[] = [
  ['an empty file', '', /The file is empty/],
  ['a cut-off file', '{"format":"convas-project","nodes":[', /The file is not JSON, or was cut off/],
  ['an image, as text', '\u0089PNG\r\n', /This is a text, not a network|This file is no text/],
  ['another JSON file', '{"a":1}', /neither a Convas project nor a network of Keras or TensorFlow\.js/],
  ['a project of a newer version', JSON.stringify({ ...smallProject, version: 999 }), /newer Convas/],
  [
    'a file that reaches for prototypes',
    '{"format":"convas-project","version":1,"name":"x","__proto__":{"polluted":1},"nodes":[],"edges":[]}',
    /The key “__proto__”/,
  ],
  [
    'a layer of an unknown kind',
    JSON.stringify({
      ...smallProject,
      nodes: [{ id: 'a', kind: 'Conv9D', params: {}, position: { x: 0, y: 0 } }],
      edges: [],
    }),
    /a layer of an unknown kind: "Conv9D"/,
  ],
  ['endless nesting', '['.repeat(100_000), /nested more than|not JSON/],
];

test('a file that is none is refused with a sentence, and the drawing stays', async ({ designer }) => {
  await designer.openTemplate('LeNet-5');
  for (const [index, [what, content, sentence]] of bad.entries()) {
    await test.step(what, async () => {
      const name = `bad-${String(index)}.convas`;
      await designer.openFile(name, content);
      const notice = designer.page.getByRole('alert').filter({ hasText: `${name} was not opened` });
      await expect(notice).toContainText(sentence);
      await expect(notice).toContainText('Your network is as it was.');
      await notice.getByRole('button', { name: 'Close' }).click();
      await expect(notice).toHaveCount(0);
    });
  }
  await expect(designer.blocks).toHaveCount(9);
  await expect(designer.undo).toHaveAccessibleName('Undo open LeNet-5');
});

test('the names of a hostile file are text, and run nothing', async ({ designer }) => {
  const evil = '<img src=x onerror="document.title=\'gone\'">';
  await designer.openProject({
    ...smallProject,
    name: evil,
    nodes: smallProject.nodes.map((node, index) => (index === 0 ? { ...node, name: evil } : node)),
  });
  await expect(designer.block('input_1').getByText(evil)).toBeVisible();
  await expect(designer.page).toHaveTitle(/Convas/);
  await expect(designer.canvas.locator('img')).toHaveCount(0);
});

test('a draft outlives a reload and the closing of its page, until it is discarded', async ({
  designer,
  open,
}) => {
  await designer.openTemplate('LeNet-5');
  await designer.block('conv2d_1').click();
  await designer.field('Filters').fill('7');
  await expect(designer.draftSaved).toBeVisible();
  await designer.page.reload();
  await expect(designer.shape('conv2d_1', '28 × 28 × 7')).toBeVisible();
  await expect(designer.undo).toHaveAccessibleName('Undo set filters of conv2d_1');

  // Closed at once after a change, before the pause in which it would be saved anyway.
  await designer.block('conv2d_1').click();
  await designer.field('Filters').fill('9');
  await designer.page.close({ runBeforeUnload: true });
  const second = await open();
  await expect(second.shape('conv2d_1', '28 × 28 × 9')).toBeVisible();

  await second.command('Discard the draft');
  await expect(second.blocks).toHaveCount(0);
  await second.page.reload();
  await second.isReady();
  await expect(second.blocks).toHaveCount(0);
});

test('two pages hold their own projects', async ({ designer, open }) => {
  await designer.openTemplate('LeNet-5');
  await expect(designer.draftSaved).toBeVisible();
  const other = await open();
  await other.command('New, empty network');
  await other.command('Residual CNN');
  await expect(other.block('add_1')).toBeAttached();
  await expect(other.draftSaved).toBeVisible();
  await designer.block('conv2d_1').click();
  await designer.field('Filters').fill('8');
  await expect(designer.draftSaved).toBeVisible();

  await Promise.all([designer.page.reload(), other.page.reload()]);
  await expect(designer.shape('conv2d_1', '28 × 28 × 8')).toBeVisible();
  await expect(designer.blocks).toHaveCount(9);
  await expect(other.block('add_1')).toBeAttached();
  await other.command('Discard the draft');
});
