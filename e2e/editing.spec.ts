import type { Locator } from '@playwright/test';

import { expect, test } from './support/designer.ts';
import { centre, type DesignerPage, type Point } from './support/designerPage.ts';
import { EditingPage } from './support/editingPage.ts';

/** Where the upper left corners of blocks are on the screen. */
async function corners(designer: DesignerPage, ...ids: readonly string[]): Promise<readonly Point[]> {
  return Promise.all(
    ids.map(async (id) => {
      const box = await designer.block(id).boundingBox();
      return { x: Math.round(box?.x ?? NaN), y: Math.round(box?.y ?? NaN) };
    }),
  );
}

async function openLenet(designer: DesignerPage): Promise<EditingPage> {
  await designer.openTemplate('LeNet-5');
  return new EditingPage(designer.page);
}

test('layers are selected by a box, by Shift and by commands', async ({ designer }) => {
  const editing = await openLenet(designer);
  const { keyboard, mouse } = designer.page;
  const [from, to] = [await centre(designer.block('input_1')), await centre(designer.block('conv2d_1'))];
  await keyboard.down('Shift');
  await mouse.move(from.x, from.y - 85);
  await mouse.down();
  await mouse.move(to.x, to.y, { steps: 6 });
  await mouse.up();
  await keyboard.up('Shift');
  await expect(designer.properties.getByText('2 layers selected')).toBeVisible();
  await designer.block('max_pooling2d_1').click({ modifiers: ['Shift'] });
  await expect(designer.properties.getByText('3 layers selected')).toBeVisible();
  await designer.command('Invert the selection');
  await expect(designer.properties.getByText('6 layers selected')).toBeVisible();
  await keyboard.press('Escape');
  await expect(designer.properties.getByRole('heading', { name: 'Project' })).toBeVisible();
  await designer.block('conv2d_1').click();
  await designer.command('Select all layers of the same kind');
  await expect(designer.properties.getByText('3 layers selected')).toBeVisible();
  await designer.block('conv2d_1').click();
  await keyboard.press(']');
  await expect(designer.properties.getByText('8 layers selected')).toBeVisible();
  await expect(editing.announcement).toHaveText('8 layers selected.');
});

test('layers are put in line and at equal distances', async ({ designer }) => {
  await openLenet(designer);
  const ids = ['input_1', 'conv2d_1', 'max_pooling2d_1'] as const;
  await designer.drag('conv2d_1', { x: 12, y: 70 });
  await designer.block('input_1').click();
  for (const id of ids.slice(1)) await designer.block(id).click({ modifiers: ['Shift'] });
  await designer.properties.getByRole('button', { name: 'Align top edges' }).click();
  await expect.poll(async () => new Set((await corners(designer, ...ids)).map(({ y }) => y)).size).toBe(1);
  await designer.properties.getByRole('button', { name: 'Distribute horizontally' }).click();
  await expect
    .poll(async () => {
      const [a, b, c] = await corners(designer, ...ids);
      return Math.abs((b?.x ?? 0) * 2 - (a?.x ?? 0) - (c?.x ?? 0));
    })
    .toBeLessThanOrEqual(2);
  await expect(designer.undo).toHaveAccessibleName('Undo distribute 3 layers');
});

test('a block that is dragged stops in line with others, freely with Ctrl', async ({ designer }) => {
  const editing = await openLenet(designer);
  const { mouse, keyboard } = designer.page;
  const at = await centre(designer.block('conv2d_1').getByText('conv2d_1', { exact: true }));
  const [before] = await corners(designer, 'conv2d_1');
  await mouse.move(at.x, at.y);
  await mouse.down();
  // A drag counts from where it is known to be one.
  await mouse.move(at.x + 4, at.y);
  await mouse.move(at.x + 30, at.y + 60, { steps: 4 });
  await mouse.move(at.x + 37, at.y + 3, { steps: 4 });
  await expect(editing.guides).not.toHaveCount(0);
  expect((await corners(designer, 'conv2d_1'))[0]?.y).toBe(before?.y);
  await keyboard.down('Control');
  await mouse.move(at.x + 38, at.y + 3, { steps: 2 });
  await expect(editing.guides).toHaveCount(0);
  await mouse.up();
  await keyboard.up('Control');
  expect((await corners(designer, 'conv2d_1'))[0]?.y).not.toBe(before?.y);
});

test('Alt leaves the layer and drags a copy away, as one step', async ({ designer }) => {
  await openLenet(designer);
  const [before] = await corners(designer, 'conv2d_1');
  const at = await centre(designer.block('conv2d_1').getByText('conv2d_1', { exact: true }));
  const { mouse, keyboard } = designer.page;
  await mouse.move(at.x, at.y);
  await mouse.down();
  await keyboard.down('Alt');
  await mouse.move(at.x + 20, at.y + 150, { steps: 5 });
  await mouse.up();
  await keyboard.up('Alt');
  await expect(designer.block('conv2d_4')).toBeVisible();
  expect((await corners(designer, 'conv2d_1'))[0]).toEqual(before);
  await expect(designer.undo).toHaveAccessibleName('Undo duplicate a layer');
});

test('the network is arranged downward and back, its wires with it, and what is locked stays', async ({
  designer,
}) => {
  await openLenet(designer);
  const { keyboard } = designer.page;
  await keyboard.press('Shift+D');
  await expect(designer.undo).toHaveAccessibleName('Undo arrange');
  await expect
    .poll(async () => {
      const [a, b] = await corners(designer, 'input_1', 'conv2d_1');
      return a?.x === b?.x && (a?.y ?? 0) < (b?.y ?? 0);
    })
    .toBe(true);
  const [output, input] = [
    await centre(designer.output('input_1')),
    await centre(designer.input('conv2d_1')),
  ];
  expect(Math.abs(output.x - input.x)).toBeLessThan(3);
  await designer.command('Fit the network into view');
  await designer.append('Dropout');
  await expect
    .poll(async () => {
      const [last, added] = await corners(designer, 'dense_2', 'dropout_1');
      return (added?.y ?? 0) > (last?.y ?? 0);
    })
    .toBe(true);
  await designer.canvas.getByRole('button', { name: 'Arrange from left to right' }).click();
  await expect
    .poll(async () => {
      const [a, b] = await corners(designer, 'input_1', 'conv2d_1');
      return a?.y === b?.y;
    })
    .toBe(true);
});

test('a layer is put into a wire by the wire’s button, by key, and by dropping one that is there', async ({
  designer,
}) => {
  const editing = await openLenet(designer);
  const { page } = designer;
  const wire = await editing.middleOfWire(designer, 'conv2d_1', 'max_pooling2d_1');
  await page.mouse.move(wire.x, wire.y);
  await designer.edge('conv2d_1', 'max_pooling2d_1').locator('.wire-plus').click();
  await editing.choose('Insert a layer', 'batch');
  await expect(designer.edge('conv2d_1', 'batch_normalization_1')).toBeAttached();
  await expect(designer.edge('batch_normalization_1', 'max_pooling2d_1')).toBeAttached();

  await designer.block('batch_normalization_1').click();
  await page.keyboard.press('b');
  await expect(designer.edge('conv2d_1', 'max_pooling2d_1')).toBeAttached();
  await expect(designer.undo).toHaveAccessibleName('Undo bypass batch_normalization_1');

  await designer.block('conv2d_1').click();
  await page.keyboard.press('i');
  await editing.choose('Insert a layer', 'dropout');
  await expect(designer.edge('conv2d_1', 'dropout_1')).toBeAttached();
  await expect(designer.edge('dropout_1', 'max_pooling2d_1')).toBeAttached();
});

test('a layer is replaced by another kind, with its wires and values', async ({ designer }) => {
  const editing = await openLenet(designer);
  await designer.block('max_pooling2d_1').click({ button: 'right' });
  await editing.menuItem('Replace by another layer …').click();
  await editing.choose('Replace max_pooling2d_1 by …', 'average');
  await expect(designer.edge('conv2d_1', 'average_pooling2d_1')).toBeAttached();
  await expect(designer.edge('average_pooling2d_1', 'conv2d_2')).toBeAttached();
  await expect(designer.block('max_pooling2d_1')).toHaveCount(0);
  await expect(designer.shape('average_pooling2d_1', '14 × 14 × 6')).toBeVisible();
  await expect(designer.undo).toHaveAccessibleName('Undo replace max_pooling2d_1 by AveragePooling2D');
});

test('Delete closes the gap, and Shift + Delete leaves it', async ({ designer }) => {
  await openLenet(designer);
  await designer.block('max_pooling2d_1').click();
  await designer.page.keyboard.press('Shift+Delete');
  await expect(designer.edges).toHaveCount(6);
  await designer.page.keyboard.press('ControlOrMeta+z');
  await expect(designer.edges).toHaveCount(8);
  await designer.block('max_pooling2d_1').click();
  await designer.page.keyboard.press('Delete');
  await expect(designer.edge('conv2d_1', 'conv2d_2')).toBeAttached();
});

test('an edge’s end is dragged to another layer, and off it', async ({ designer }) => {
  await openLenet(designer);
  const { mouse } = designer.page;
  const dragEnd = async (from: Locator, to: Point) => {
    const end = await centre(from);
    // The end can be grasped just before the layer's own handle.
    await mouse.move(end.x - 17, end.y);
    await mouse.down();
    await mouse.move(to.x, to.y, { steps: 8 });
    await mouse.up();
  };
  await dragEnd(designer.input('max_pooling2d_1'), await centre(designer.block('conv2d_2')));
  await expect(designer.edge('conv2d_1', 'conv2d_2')).toBeAttached();
  await expect(designer.undo).toHaveAccessibleName('Undo connect conv2d_1 to conv2d_2');
  await designer.undo.click();
  await expect(designer.edge('conv2d_1', 'max_pooling2d_1')).toBeAttached();
  const block = await centre(designer.block('max_pooling2d_1'));
  await dragEnd(designer.input('max_pooling2d_1'), { x: block.x - 150, y: block.y - 200 });
  await expect(designer.edges).toHaveCount(7);
});

test('one goes along the wires by keyboard, and the focus follows', async ({ designer }) => {
  const editing = await openLenet(designer);
  const { keyboard } = designer.page;
  await designer.block('conv2d_1').focus();
  await keyboard.press('Enter');
  for (const [keys, id] of [
    ['Alt+ArrowRight', 'max_pooling2d_1'],
    ['Alt+ArrowRight', 'conv2d_2'],
    ['Alt+ArrowLeft', 'max_pooling2d_1'],
    ['End', 'dense_2'],
    ['Home', 'input_1'],
  ] as const) {
    await keyboard.press(keys);
    await expect(designer.block(id)).toBeFocused();
    await expect(designer.block(id)).toBeInViewport();
  }
  await keyboard.press('Alt+ArrowLeft');
  await expect(editing.announcement).toHaveText('There is none on this side.');
});

test('layers are found by what is written on them', async ({ designer }) => {
  const editing = await openLenet(designer);
  const { keyboard } = designer.page;
  await keyboard.press('ControlOrMeta+f');
  await expect(editing.findField).toBeFocused();
  await keyboard.type('pool');
  await expect(editing.findBar).toContainText('1 of 2');
  await expect(designer.properties).toContainText('max_pooling2d_1');
  await keyboard.press('Enter');
  await expect(editing.findBar).toContainText('2 of 2');
  await expect(designer.block('max_pooling2d_2')).toBeInViewport();
  await keyboard.press('Shift+Enter');
  await expect(editing.findBar).toContainText('1 of 2');
  await editing.findField.fill('1x1x120');
  await expect(designer.properties).toContainText('conv2d_3');
  await keyboard.press('Escape');
  await expect(editing.findBar).toHaveCount(0);
  await expect(designer.block('conv2d_3')).toBeFocused();
});

test('comments, colours and locks are kept, and a locked layer refuses', async ({ designer }) => {
  const editing = await openLenet(designer);
  const { keyboard } = designer.page;
  await designer.block('conv2d_1').click();
  await keyboard.press('c');
  await expect(editing.comment).toBeFocused();
  await keyboard.type('Looks at strokes');
  await designer.properties.getByRole('button', { name: 'Teal' }).click();
  await expect(
    designer.block('conv2d_1').getByRole('img', { name: 'Comment: Looks at strokes' }),
  ).toBeVisible();
  await designer.properties.getByRole('button', { name: 'Lock', exact: true }).click();
  await expect(designer.block('conv2d_1').getByRole('img', { name: 'Locked' })).toBeVisible();
  await expect(designer.field('Filters')).toBeDisabled();

  const distance = async () => {
    const [one, other] = await corners(designer, 'conv2d_1', 'input_1');
    return (one?.y ?? NaN) - (other?.y ?? NaN);
  };
  const before = await distance();
  await designer.drag('conv2d_1', { x: 10, y: 90 });
  await designer.block('conv2d_1').click();
  await keyboard.press('Delete');
  await expect(designer.page.getByText('conv2d_1 is locked. Unlock it first.').first()).toBeVisible();
  expect(await distance()).toBe(before);

  await designer.draftSaved.waitFor();
  await designer.page.reload();
  await designer.isReady();
  await expect(designer.block('conv2d_1').getByRole('img', { name: 'Locked' })).toBeVisible();
});

test('the history goes to any of its steps', async ({ designer }) => {
  const editing = await openLenet(designer);
  await designer.append('Dropout');
  await designer.append('Dense');
  await designer.page.keyboard.press('Escape');
  await designer.tool('History').click();
  await expect(editing.steps).toHaveText(['The beginning', 'open LeNet-5', 'add Dropout', 'add Dense']);
  await expect(editing.currentStep).toHaveText('add Dense');
  await editing.steps.getByText('open LeNet-5').click();
  await expect(designer.blocks).toHaveCount(9);
  await expect(editing.currentStep).toHaveText('open LeNet-5');
  await editing.steps.getByText('add Dense').click();
  await expect(designer.blocks).toHaveCount(11);
});

test('shortcuts are on one sheet, and can be set otherwise', async ({ designer }) => {
  const editing = await openLenet(designer);
  const { keyboard } = designer.page;
  await keyboard.press('?');
  await expect(editing.sheet).toContainText('Shift + drag on the empty canvas');
  await editing.sheet.getByText('Touchpad', { exact: true }).click();
  await expect(editing.sheet).toContainText('Two fingers');
  await editing.shortcut('Duplicate the selection').click();
  await keyboard.press('ControlOrMeta+z');
  await expect(editing.sheet.getByRole('alert')).toContainText('Ctrl+Z belongs to “Undo”.');
  await editing.sheet.getByRole('button', { name: 'Leave it' }).click();
  await editing.shortcut('Duplicate the selection').click();
  await keyboard.press('q');
  await expect(editing.shortcut('Duplicate the selection')).toHaveText('Q');
  await keyboard.press('Escape');
  await expect(editing.sheet).toHaveCount(0);
  await designer.block('conv2d_1').click();
  await keyboard.press('q');
  await expect(designer.block('conv2d_4')).toBeAttached();

  await designer.page.reload();
  await designer.isReady();
  await keyboard.press('?');
  await expect(editing.shortcut('Duplicate the selection')).toHaveText('Q');
  await editing.sheet.getByRole('button', { name: 'Reset all shortcuts' }).click();
  await expect(editing.shortcut('Duplicate the selection')).toHaveText('Ctrl+D');
});

test('what is copied is text that another page, or an editor, can have', async ({
  designer,
  open,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openLenet(designer);
  await designer.block('conv2d_1').click();
  await designer.page.keyboard.press('ControlOrMeta+c');
  const text = await designer.page.evaluate(() => navigator.clipboard.readText());
  expect(JSON.parse(text)).toMatchObject({ format: 'convas-project', nodes: [{ id: 'conv2d_1' }] });
  const other = await open();
  const before = await other.blocks.count();
  await other.page.keyboard.press('ControlOrMeta+v');
  await expect(other.blocks).toHaveCount(before + 1);
});
