import { expect, test } from './support/designer.ts';
import { BlocksPage } from './support/blocksPage.ts';
import { centre } from './support/designerPage.ts';

const branches = [
  { id: 'input_1', kind: 'Input', params: { shape: [28, 28, 1] }, position: { x: 0, y: 0 } },
  ...(['left', 'right'] as const).map((id, index) => ({
    ...{ id, kind: 'Conv2D', position: { x: 280, y: 220 * index } },
    params: { filters: 3 + index, kernelSize: [3, 3], padding: 'same' },
  })),
];
const toBranches = [
  { source: 'input_1', target: 'left' },
  { source: 'input_1', target: 'right' },
];

/** Two branches, and a block that joins them. */
const twoBranches = {
  ...{ format: 'convas-project', version: 2, name: 'Branches', dataset: null },
  nodes: [
    ...branches,
    ...['Concatenate', 'BatchNormalization'].map((kind, index) => ({
      ...{ id: kind.toLowerCase(), kind, params: {}, block: 'block_1' },
      position: { x: 560 + 280 * index, y: 0 },
    })),
  ],
  edges: [
    ...toBranches,
    { source: 'left', target: 'concatenate', targetHandle: 'input_0' },
    { source: 'right', target: 'concatenate', targetHandle: 'input_1' },
    { source: 'concatenate', target: 'batchnormalization' },
  ],
  blocks: [{ id: 'block_1', name: 'Join', collapsed: true, position: { x: 560, y: 0 } }],
};

test('a selection becomes a block that collapses into one, expands again and is undone step by step', async ({
  designer,
}) => {
  const blocks = new BlocksPage(designer);
  await designer.openTemplate('LeNet-5');
  await blocks.groupLayers(['conv2d_1', 'max_pooling2d_1']);
  await expect(blocks.frame('Block')).toHaveAccessibleName(
    'Block Block, 2 layers, output 14 by 14 by 6, expanded',
  );
  await designer.field('Name').fill('Stage');
  await blocks.collapse('Stage');
  await expect(blocks.collapsed('Stage')).toHaveAccessibleName(
    'Block Stage, 2 layers, output 14 by 14 by 6, collapsed',
  );
  await expect(designer.block('conv2d_1')).toHaveCount(0);
  await expect(designer.edge('input_1', 'Stage')).toBeAttached();
  await expect(designer.edge('Stage', 'conv2d_2')).toBeAttached();
  await expect(designer.undo).toHaveAccessibleName('Undo collapse Stage');

  await blocks.collapsed('Stage').dblclick({ position: { x: 30, y: 60 } });
  await expect(designer.block('conv2d_1')).toBeAttached();
  for (const step of ['expand Stage', 'collapse Stage', 'rename Block', 'group 2 layers']) {
    await expect(designer.undo).toHaveAccessibleName(`Undo ${step}`);
    await designer.undo.click();
  }
  await expect(designer.undo).toHaveAccessibleName('Undo open LeNet-5');
  await expect(blocks.frame('Block')).toHaveCount(0);
});

test('a block is repeated three times, and an edit in one changes all', async ({ designer }) => {
  const blocks = new BlocksPage(designer);
  for (const kind of ['Input', 'Conv2D', 'Flatten', 'Dense']) await designer.append(kind);
  await designer.block('conv2d_1').click();
  await designer.page.keyboard.press('ControlOrMeta+g');
  await designer.field('Name').fill('Conv');
  await blocks.collapse('Conv');
  await designer.field('Repeat').fill('3');
  await designer.field('Repeat').press('Enter');
  for (const name of ['Conv', 'Conv 2', 'Conv 3']) await expect(blocks.collapsed(name)).toBeAttached();
  await expect(designer.edge('Conv', 'Conv 2')).toBeAttached();
  await expect(designer.edge('Conv 2', 'Conv 3')).toBeAttached();
  await expect(designer.edge('Conv 3', 'flatten_1')).toBeAttached();
  await expect(blocks.collapsed('Conv 2')).toContainText('2 of 3');

  await blocks.expand('Conv');
  await designer.block('conv2d_1').click();
  await designer.field('Filters').fill('5');
  for (const name of ['Conv 2', 'Conv 3'])
    await expect(blocks.collapsed(name)).toHaveAccessibleName(/output \d+ by \d+ by 5, collapsed/);
  await designer.undo.click();
  await expect(blocks.collapsed('Conv 3')).not.toHaveAccessibleName(/by 5, collapsed/);
});

test('a block that does not take what it gives is not repeated, and the arithmetic says why', async ({
  designer,
}) => {
  const blocks = new BlocksPage(designer);
  await designer.openTemplate('LeNet-5');
  await blocks.groupLayers(['conv2d_2', 'max_pooling2d_2']);
  await designer.field('Repeat').fill('3');
  await designer.field('Repeat').press('Enter');
  await expect(designer.properties.getByRole('alert')).toContainText(
    'it takes 14 × 14 × 6, but gives 5 × 5 × 16',
  );
  await expect(designer.undo).toHaveAccessibleName('Undo group 2 layers');
});

test('a block is saved to the palette, survives a reload and is used again', async ({ designer }) => {
  const blocks = new BlocksPage(designer);
  await designer.openTemplate('LeNet-5');
  await blocks.groupLayers(['conv2d_1', 'max_pooling2d_1']);
  await designer.field('Name').fill('My stage');
  await designer.properties.getByRole('button', { name: 'Save to the palette' }).click();
  await expect(blocks.paletteEntry('My stage')).toBeVisible();
  await designer.page.reload();
  await designer.isReady();
  await expect(blocks.paletteEntry('My stage')).toBeVisible();
  await designer.block('max_pooling2d_2').click();
  await blocks.paletteEntry('My stage').click();
  await expect(designer.edge('max_pooling2d_2', 'My stage')).toBeAttached();
  await expect(designer.edge('My stage', 'conv2d_3')).toBeAttached();
  await designer.palette.getByRole('button', { name: 'Remove My stage from the palette' }).click();
  await expect(blocks.paletteEntry('My stage')).toHaveCount(0);
});

test('a block is shared as a file, and keeps its two inputs where it is used', async ({ designer }) => {
  const blocks = new BlocksPage(designer);
  await designer.openProject(twoBranches);
  await blocks.collapsed('Join').click();
  await designer.properties.getByRole('button', { name: 'Save to the palette' }).click();
  const download = designer.page.waitForEvent('download');
  await designer.palette.getByRole('button', { name: 'Export Join to a file' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('Join.convas');
  await designer.palette.getByRole('button', { name: 'Remove Join from the palette' }).click();
  await expect(blocks.paletteEntry('Join')).toHaveCount(0);

  const chooser = designer.page.waitForEvent('filechooser');
  await designer.palette.getByRole('button', { name: 'Import blocks from a file …' }).click();
  await (await chooser).setFiles(await file.path());
  await expect(blocks.paletteEntry('Join')).toBeVisible();

  await designer.openProject({
    ...twoBranches,
    name: 'Other',
    nodes: branches,
    edges: toBranches,
    blocks: [],
  });
  await expect(blocks.collapsed('Join')).toHaveCount(0);
  await designer.block('left').click();
  await designer.block('right').click({ modifiers: ['ControlOrMeta'] });
  await blocks.paletteEntry('Join').click();
  await expect(designer.edge('left', 'Join')).toBeAttached();
  await expect(designer.edge('right', 'Join')).toBeAttached();
  await expect(blocks.collapsed('Join')).toHaveAccessibleName(/output 28 by 28 by 7, collapsed/);
  await designer.undo.click();
  // Where one layer is selected, it feeds the first input; the second is still to be connected.
  await designer.block('left').click();
  await blocks.paletteEntry('Join').click();
  await expect(designer.edge('left', 'Join')).toBeAttached();
  await expect(designer.edge('right', 'Join')).toHaveCount(0);
  await expect(designer.tab(/^Problems/)).toContainText(/[1-9]/);
  await designer.palette.getByRole('button', { name: 'Remove Join from the palette' }).click();
});

test('a ready block fits at once behind the layer that it is put behind', async ({ designer }) => {
  const blocks = new BlocksPage(designer);
  for (const kind of ['Input', 'Conv2D']) await designer.append(kind);
  for (const name of ['Residual block', 'Bottleneck block', 'Inception block', 'Inverted residual block']) {
    await blocks.paletteEntry(name).click();
    await expect(blocks.collapsed(name)).toHaveAccessibleName(/output 28 by 28 by \d+, collapsed/);
  }
  await expect(designer.edge('Inception block', 'Inverted residual block')).toBeAttached();
});

test('a block is expanded and collapsed by keyboard, and the focus stays with it', async ({ designer }) => {
  const blocks = new BlocksPage(designer);
  for (const kind of ['Input', 'Conv2D']) await designer.append(kind);
  await blocks.paletteEntry('Residual block').click();
  await blocks.collapsed('Residual block').focus();
  await designer.page.keyboard.press('Space');
  await expect(blocks.frame('Residual block')).toBeFocused();
  await designer.page.keyboard.press('Space');
  await expect(blocks.collapsed('Residual block')).toBeFocused();
  await designer.page.keyboard.press('Delete');
  await expect(blocks.collapsed('Residual block')).toHaveCount(0);
  await expect(designer.blocks).toHaveCount(2);
});

test('an error inside a collapsed block marks it, and leads to its layer', async ({ designer }) => {
  const blocks = new BlocksPage(designer);
  for (const kind of ['Input', 'Conv2D']) await designer.append(kind);
  await blocks.paletteEntry('Residual block').click();
  await designer.block('conv2d_1').click();
  await designer.field('Filters').fill('7');
  const block = blocks.collapsed('Residual block');
  await expect(block).toContainText('takes inputs of one shape');
  await block.getByRole('button', { name: 'Show add_1' }).click();
  await expect(designer.block('add_1')).toBeVisible();
  await expect(designer.properties.getByText('add_1', { exact: true }).first()).toBeVisible();
});

test('a layer dragged into a frame belongs to the block, and dragged out of it no longer does', async ({
  designer,
}) => {
  const blocks = new BlocksPage(designer);
  for (const kind of ['Input', 'Conv2D', 'MaxPooling2D', 'Flatten']) await designer.append(kind);
  await blocks.groupLayers(['conv2d_1', 'max_pooling2d_1']);
  await designer.command('Fit');
  const frame = (count: number) =>
    expect(blocks.frame('Block')).toHaveAccessibleName(new RegExp(`^Block Block, ${String(count)} layers?,`));
  await frame(2);

  const [pooling, flatten] = [
    await centre(designer.block('max_pooling2d_1')),
    await centre(designer.block('flatten_1')),
  ];
  await designer.drag('flatten_1', { x: pooling.x - flatten.x, y: 20 });
  await frame(3);
  await expect(designer.undo).toHaveAccessibleName('Undo put flatten_1 into Block');
  await blocks.collapse('Block');
  await expect(designer.edge('input_1', 'Block')).toBeAttached();
  await expect(blocks.collapsed('Block')).toHaveAccessibleName(/^Block Block, 3 layers, output 3136, /);
  await designer.undo.click();
  await designer.undo.click();
  await frame(2);

  await designer.block('conv2d_1').click();
  await designer.drag('conv2d_1', { x: 0, y: -230 });
  await frame(1);
  await expect(designer.undo).toHaveAccessibleName('Undo take conv2d_1 out of its block');
  await designer.undo.click();
  await frame(2);
  // With Shift, it stays in its block however far it goes.
  await designer.page.keyboard.down('Shift');
  await designer.drag('conv2d_1', { x: 0, y: -200 });
  await designer.page.keyboard.up('Shift');
  await frame(2);
});

test('a layer from the palette that is dropped in a frame belongs to the block', async ({ designer }) => {
  const blocks = new BlocksPage(designer);
  for (const kind of ['Input', 'Conv2D', 'MaxPooling2D']) await designer.append(kind);
  await blocks.groupLayers(['conv2d_1', 'max_pooling2d_1']);
  await designer.command('Fit');
  const [canvas, frame] = [await designer.canvas.boundingBox(), await centre(blocks.frame('Block'))];
  const [conv, pool] = [
    await centre(designer.block('conv2d_1')),
    await centre(designer.block('max_pooling2d_1')),
  ];
  await designer.drop('Dropout', {
    x: (conv.x + pool.x) / 2 - (canvas?.x ?? 0),
    y: frame.y + 14 - (canvas?.y ?? 0),
  });
  await expect(blocks.frame('Block')).toHaveAccessibleName(/^Block Block, 3 layers,/);
  await designer.undo.click();
  await expect(blocks.frame('Block')).toHaveAccessibleName(/^Block Block, 2 layers,/);
});
