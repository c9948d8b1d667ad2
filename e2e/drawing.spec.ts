import { expect, test } from './support/designer.ts';
import { centre, type DesignerPage } from './support/designerPage.ts';

/** LeNet-5: the layer, what is set of it, and the shape that stands above its block then. */
const lenet = [
  {
    kind: 'Input',
    id: 'input_1',
    shape: '32 × 32 × 1',
    fields: { 'Shape: Height': '32', 'Shape: Width': '32' },
  },
  {
    kind: 'Conv2D',
    id: 'conv2d_1',
    shape: '28 × 28 × 6',
    fields: { Filters: '6', 'Kernel size: Height': '5' },
    valid: true,
  },
  { kind: 'MaxPooling2D', id: 'max_pooling2d_1', shape: '14 × 14 × 6' },
  {
    kind: 'Conv2D',
    id: 'conv2d_2',
    shape: '10 × 10 × 16',
    fields: { Filters: '16', 'Kernel size: Height': '5' },
    valid: true,
  },
  { kind: 'MaxPooling2D', id: 'max_pooling2d_2', shape: '5 × 5 × 16' },
  {
    kind: 'Conv2D',
    id: 'conv2d_3',
    shape: '1 × 1 × 120',
    fields: { Filters: '120', 'Kernel size: Height': '5' },
    valid: true,
  },
  { kind: 'Flatten', id: 'flatten_1', shape: '120' },
  { kind: 'Dense', id: 'dense_1', shape: '84', fields: { Units: '84' } },
  { kind: 'Dense', id: 'dense_2', shape: '10', fields: { Units: '10' }, softmax: true },
] as const;

/** Sets what a new layer, which is selected, needs. */
async function setUp(designer: DesignerPage, layer: (typeof lenet)[number]): Promise<void> {
  await expect(designer.properties.getByText(layer.id, { exact: true }).first()).toBeVisible();
  if ('fields' in layer) {
    for (const [name, value] of Object.entries(layer.fields)) {
      // What is typed anew is set by hand, also where the same stood there by itself.
      await designer.field(name).fill('');
      await designer.field(name).fill(value);
    }
  }
  if ('softmax' in layer) await designer.choice('Activation').selectOption('softmax');
  if ('valid' in layer) await designer.choice('Padding').selectOption('valid');
}

async function expectLenet(designer: DesignerPage): Promise<void> {
  for (const { id, shape } of lenet) await expect(designer.shape(id, shape)).toBeAttached();
  await expect(designer.blocks).toHaveCount(9);
  await expect(designer.edges).toHaveCount(8);
  await expect(designer.status).toContainText('61 706 parameters');
  await expect(designer.status).toContainText('9 layers');
  await expect(designer.status.getByRole('button')).toHaveCount(0);
}

test('LeNet-5 is drawn by dragging layers onto the canvas and edges from block to block', async ({
  designer,
}) => {
  await designer.page.getByRole('button', { name: 'Show or hide the lower panel' }).click();
  for (let times = 0; times < 3; times += 1)
    await designer.canvas.getByRole('button', { name: 'Zoom out' }).click();
  for (const [index, layer] of lenet.entries()) {
    await designer.drop(layer.kind, { x: 130 + 245 * Math.floor(index / 3), y: 120 + 190 * (index % 3) });
    await setUp(designer, layer);
  }
  await expect(designer.blocks).toHaveCount(9);
  await expect(designer.edges).toHaveCount(0);
  for (const [index, { id }] of lenet.entries()) {
    const before = lenet[index - 1];
    if (before === undefined) continue;
    await designer.connect(before.id, id);
    await expect(designer.edge(before.id, id)).toBeAttached();
  }
  await expectLenet(designer);
});

test('LeNet-5 is drawn by clicking one layer after the other', async ({ designer }) => {
  for (const layer of lenet) {
    await designer.append(layer.kind);
    await setUp(designer, layer);
  }
  await expectLenet(designer);
});

test('a parameter changes the shapes behind it while it is typed, as one step', async ({ designer }) => {
  await designer.openTemplate('LeNet-5');
  await designer.block('conv2d_1').click();
  await designer.field('Filters').fill('8');
  await expect(designer.shape('conv2d_1', '28 × 28 × 8')).toBeVisible();
  await expect(designer.shape('max_pooling2d_1', '14 × 14 × 8')).toBeVisible();
  await designer.field('Filters').fill('12');
  await expect(designer.shape('max_pooling2d_1', '14 × 14 × 12')).toBeVisible();
  await designer.choice('Padding').selectOption('same');
  await expect(designer.shape('conv2d_1', '32 × 32 × 12')).toBeVisible();

  await expect(designer.undo).toHaveAccessibleName('Undo set padding of conv2d_1');
  await designer.undo.click();
  await expect(designer.shape('conv2d_1', '28 × 28 × 12')).toBeVisible();
  await expect(designer.undo).toHaveAccessibleName('Undo set filters of conv2d_1');
  await designer.undo.click();
  await expect(designer.shape('conv2d_1', '28 × 28 × 6')).toBeVisible();
  await designer.redo.click();
  await expect(designer.shape('conv2d_1', '28 × 28 × 12')).toBeVisible();
});

test('what a field cannot take is said below it, and changes nothing', async ({ designer }) => {
  await designer.openTemplate('LeNet-5');
  await designer.block('conv2d_1').click();
  await designer.field('Filters').fill('0');
  await expect(designer.properties.getByText('A whole number from 1 to 65536')).toBeVisible();
  await expect(designer.shape('conv2d_1', '28 × 28 × 6')).toBeVisible();
  await designer.field('Filters').press('Escape');
  await expect(designer.field('Filters')).toHaveValue('6');
});

test('a block under the pointer shows the arithmetic of its shape', async ({ designer }) => {
  await designer.openTemplate('LeNet-5');
  const card = designer.page.getByRole('tooltip');
  await expect(card).toHaveCount(0);
  await designer.block('conv2d_1').hover();
  await expect(card).toContainText('32 × 32 × 1 → 28 × 28 × 6');
  await expect(card).toContainText('(32 − 5 + 2·0)/1 + 1 = 28');
  await expect(card).toContainText('156 parameters');
  await designer.block('max_pooling2d_1').hover();
  await expect(card).toContainText('28 × 28 × 6 → 14 × 14 × 6');
  await designer.toolbar.hover();
  await expect(card).toHaveCount(0);
});

test('an edge that cannot be says why while it is drawn, and is not drawn', async ({ designer }) => {
  await designer.openTemplate('LeNet-5');
  const { mouse } = designer.page;
  for (const [target, reason] of [
    ['conv2d_1', 'conv2d_1 already feeds max_pooling2d_1: this edge would make a circle.'],
    ['input_1', 'input_1 is an Input: data starts there, nothing can be connected into it.'],
  ] as const) {
    await designer.drawEdge('max_pooling2d_1', designer.block(target));
    await expect(designer.canvas.getByText(reason)).toBeVisible();
    await mouse.up();
    await expect(designer.canvas.getByText(reason)).toHaveCount(0);
  }
  await expect(designer.edges).toHaveCount(8);
  await expect(designer.undo).toHaveAccessibleName('Undo open LeNet-5');
});

test('a layer that is dropped on an edge goes between the two, and a deleted one closes the gap', async ({
  designer,
}) => {
  await designer.openTemplate('LeNet-5');
  const [from, to] = [
    await centre(designer.output('conv2d_1')),
    await centre(designer.input('max_pooling2d_1')),
  ];
  const canvas = await designer.canvas.boundingBox();
  await designer.drop('BatchNormalization', {
    x: (from.x + to.x) / 2 - (canvas?.x ?? 0),
    y: (from.y + to.y) / 2 - (canvas?.y ?? 0),
  });
  await expect(designer.edge('conv2d_1', 'batch_normalization_1')).toBeAttached();
  await expect(designer.edge('batch_normalization_1', 'max_pooling2d_1')).toBeAttached();
  await expect(designer.edge('conv2d_1', 'max_pooling2d_1')).toHaveCount(0);
  await expect(designer.blocks).toHaveCount(10);

  await designer.undo.click();
  await expect(designer.edge('conv2d_1', 'max_pooling2d_1')).toBeAttached();
  await expect(designer.blocks).toHaveCount(9);
  await designer.redo.click();
  await expect(designer.blocks).toHaveCount(10);

  await designer.block('batch_normalization_1').click();
  await designer.page.keyboard.press('Delete');
  await expect(designer.edge('conv2d_1', 'max_pooling2d_1')).toBeAttached();
  await expect(designer.blocks).toHaveCount(9);
  await designer.page.keyboard.press('ControlOrMeta+z');
  await expect(designer.block('batch_normalization_1')).toBeAttached();
  await designer.page.keyboard.press('ControlOrMeta+Shift+z');
  await expect(designer.block('batch_normalization_1')).toHaveCount(0);
});

test('dragging a block is one step, and so is a run of arrow keys', async ({ designer }) => {
  await designer.openTemplate('LeNet-5');
  const block = designer.block('conv2d_1');
  const before = await centre(block);
  await designer.drag('conv2d_1', { x: 10, y: 90 });
  await expect.poll(async () => (await centre(block)).y - before.y).toBeGreaterThan(60);
  await expect(designer.undo).toHaveAccessibleName('Undo move a layer');
  await designer.undo.click();
  await expect.poll(() => centre(block)).toEqual(before);
  await expect(designer.undo).toHaveAccessibleName('Undo open LeNet-5');

  await block.click();
  await block.focus();
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowRight']) await designer.page.keyboard.press(key);
  await expect.poll(async () => (await centre(block)).y).toBeGreaterThan(before.y);
  await designer.undo.click();
  await expect.poll(() => centre(block)).toEqual(before);
});

test('an edge is selected by a click and removed by the Delete key', async ({ designer }) => {
  await designer.openTemplate('LeNet-5');
  const [from, to] = [await centre(designer.output('input_1')), await centre(designer.input('conv2d_1'))];
  await designer.page.mouse.click((from.x + to.x) / 2, (from.y + to.y) / 2);
  await designer.page.keyboard.press('Delete');
  await expect(designer.edges).toHaveCount(7);
  await expect(designer.block('conv2d_1')).toContainText('Nothing is connected to conv2d_1 yet.');
  await designer.undo.click();
  await expect(designer.edges).toHaveCount(8);
});

test('a text field keeps its own undo', async ({ designer }) => {
  await designer.openTemplate('LeNet-5');
  const name = designer.toolbar.getByRole('textbox', { name: 'Project name' });
  await name.click();
  await name.pressSequentially('My net');
  await name.press('ControlOrMeta+z');
  await expect(name).not.toHaveValue('My net');
  await expect(designer.blocks).toHaveCount(9);
  await name.press('Escape');
  await expect(name).toHaveValue('LeNet-5');
});

test('copied layers are pasted beside the network with the edges between them', async ({ designer }) => {
  await designer.openTemplate('LeNet-5');
  const { keyboard } = designer.page;
  await designer.block('conv2d_1').click();
  await designer.block('max_pooling2d_1').click({ modifiers: ['ControlOrMeta'] });
  await expect(designer.properties.getByText('2 layers selected')).toBeVisible();
  await keyboard.press('ControlOrMeta+c');
  await keyboard.press('ControlOrMeta+v');
  await expect(designer.blocks).toHaveCount(11);
  await expect(designer.edge('conv2d_4', 'max_pooling2d_3')).toBeAttached();
  await expect(designer.undo).toHaveAccessibleName('Undo paste 2 layers');
  await keyboard.press('ControlOrMeta+z');
  await expect(designer.blocks).toHaveCount(9);

  await keyboard.press('ControlOrMeta+a');
  await keyboard.press('ControlOrMeta+x');
  await expect(designer.blocks).toHaveCount(0);
  await keyboard.press('ControlOrMeta+v');
  await expect(designer.blocks).toHaveCount(9);
  await expect(designer.edges).toHaveCount(8);
});

test('the view zooms, fits and shows an overview', async ({ designer }) => {
  await designer.openTemplate('LeNet-5');
  const width = async () => (await designer.block('input_1').boundingBox())?.width ?? 0;
  const before = await width();
  await designer.canvas.getByRole('button', { name: 'Zoom in' }).click();
  await expect.poll(width).toBeGreaterThan(before * 1.1);
  await designer.canvas.getByRole('button', { name: 'Zoom out' }).click();
  await expect.poll(width).toBeLessThan(before * 1.05);
  const overview = designer.canvas.getByRole('img', { name: 'Overview' });
  for (let times = 0; times < 4; times += 1)
    await designer.canvas.getByRole('button', { name: 'Zoom in' }).click();
  await expect(overview).toBeVisible();
  await designer.canvas.getByRole('button', { name: 'Fit the network into view' }).click();
  await expect(designer.block('input_1')).toBeInViewport({ ratio: 0.99 });
  await expect(designer.block('dense_2')).toBeInViewport({ ratio: 0.99 });
  // What is all in view needs none.
  await expect(overview).toBeHidden();
});
