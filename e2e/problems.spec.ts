import { brokenProject, chain } from './support/networks.ts';
import { expect, test } from './support/designer.ts';
import type { DesignerPage } from './support/designerPage.ts';

const sentence =
  'conv2d_2: a window of 5 × 5 does not fit into the 3 × 3 of max_pooling2d_1: (3 − 5 + 2·0)/1 + 1 = −1.';

/** The buttons of the mendings that the list of problems offers. */
const listed = (designer: DesignerPage, name: string) =>
  designer.page.getByRole('list', { name: 'Problems' }).getByRole('button', { name, exact: true });

test('what does not fit says so with its numbers, and what follows from it waits', async ({ designer }) => {
  await designer.openProject(brokenProject);
  await expect(designer.block('conv2d_2')).toHaveAccessibleName(`Conv2D conv2d_2, ${sentence}`);
  await expect(designer.block('conv2d_2').getByText(sentence)).toBeVisible();
  await expect(designer.block('conv2d_2').getByText('no shape')).toBeVisible();
  for (const id of ['flatten_1', 'dense_1']) {
    await expect(designer.block(id).getByText('waits for conv2d_2')).toBeAttached();
  }
  // What stands before the mistake keeps its shape, and what cannot be counted is not left out in silence.
  await expect(designer.shape('max_pooling2d_1', '3 × 3 × 4')).toBeVisible();
  await expect(designer.status).toContainText('at least 40 parameters');
  await expect(designer.status).toContainText(/at least .* multiply-adds/);
  await expect(designer.properties.getByText('at least 40')).toBeVisible();
  await expect(designer.status.getByRole('button', { name: '1 error' })).toBeVisible();
});

test('a beginning is no mistake: what comes next is said, and nothing is red', async ({ designer }) => {
  await designer.append('Input');
  const steps = designer.status.getByRole('button', { name: '1 step before training' });
  await expect(designer.block('input_1')).toHaveAccessibleName('Input input_1, output 28 by 28 by 1, valid');
  await expect(designer.tab('Problems')).toHaveText('Problems');
  await designer.tool('Train').hover();
  await expect(designer.page.getByRole('tooltip')).toContainText('Not ready to train yet');
  await steps.click();
  const list = designer.lowerPanel.getByRole('list', { name: 'Problems' });
  await expect(list.getByRole('listitem')).toHaveText(/^Next step.*No layer has weights yet/);
  await expect(designer.properties.getByText('Next step')).toBeAttached();
  await list.getByRole('button', { name: 'Add Flatten, Dense 10 behind it' }).click();
  await expect(steps).toHaveCount(0);

  await designer.openTemplate('AlexNet');
  await expect(steps).toBeVisible();
  await expect(list.getByRole('listitem')).toHaveText(/^Next step.*Choose a dataset first: AlexNet/);
  await expect(designer.properties.getByText('Choose a dataset first: AlexNet')).toBeVisible();
  await designer.properties.getByRole('button', { name: 'Use MNIST handwritten digits' }).hover();
  await expect(designer.page.getByRole('tooltip')).toContainText('problem');
});

test('the list of problems selects the block and brings it into view', async ({ designer }) => {
  await designer.openProject(brokenProject);
  await designer.status.getByRole('button', { name: '1 error' }).click();
  await expect(designer.tab('Problems (1)')).toHaveAttribute('aria-selected', 'true');
  await designer.pan({ x: 700, y: 0 });
  await expect(designer.block('conv2d_2')).not.toBeInViewport();
  await listed(designer, 'Show conv2d_2').click();
  await expect(designer.block('conv2d_2')).toBeInViewport();
  await expect(designer.properties.getByRole('heading', { name: 'Conv2D' })).toBeVisible();
  await expect(designer.properties.getByText(sentence)).toBeVisible();
});

test('a mending shows what it would give before it is pressed', async ({ designer }) => {
  await designer.openProject(brokenProject);
  await designer.tab('Problems').click();
  await listed(designer, 'Set kernelSize to 3 × 3').hover();
  const preview = designer.page.getByRole('tooltip');
  await expect(preview).toContainText('conv2d_2 → 1 × 1 × 8');
  await expect(preview).toContainText('no problem left');
  await expect(designer.block('conv2d_2').getByText('no shape')).toBeVisible();
});

test('a mending shows on the canvas what it would change, by the pointer and by the focus', async ({
  designer,
}) => {
  await designer.openProject(brokenProject);
  await designer.tab('Problems').click();
  const shapes = designer.canvas.locator('.preview-shape');
  await listed(designer, 'Set padding to same').hover();
  await expect(shapes).toHaveText(['→ 3 × 3 × 8', '→ 72', '→ 10']);
  await listed(designer, 'Remove max_pooling2d_1').hover();
  await expect(designer.canvas.locator('.preview-gone')).toHaveCount(1);
  await designer.page.mouse.move(5, 5);
  await expect(shapes).toHaveCount(0);

  await listed(designer, 'Show conv2d_2').focus();
  await designer.page.keyboard.press('Tab');
  await expect(listed(designer, 'Set padding to same')).toBeFocused();
  await expect(listed(designer, 'Set padding to same')).toHaveAttribute(
    'aria-description',
    'then 0 problems remain; output 10',
  );
  await expect(shapes).toHaveCount(3);
  await designer.page.keyboard.press('Enter');
  await expect(shapes).toHaveCount(0);
  await expect(designer.shape('conv2d_2', '3 × 3 × 8')).toBeVisible();
  await expect(designer.page.getByRole('log')).toContainText('Mended; no problem is left.');
  await designer.undoByKey();
  await expect(designer.block('conv2d_2').getByText('no shape')).toBeVisible();
});

test('what a mending would put into a wire stands there as a ghost', async ({ designer }) => {
  await designer.openProject(
    chain(
      'Flat',
      ['in', 'Input', { shape: [28, 28, 1] }],
      ['dense_1', 'Dense', { units: 10, activation: 'softmax' }],
    ),
  );
  await designer.tab('Problems').click();
  await listed(designer, 'Insert Flatten before it').hover();
  await expect(designer.canvas.locator('.preview-ghost')).toHaveText('Flatten784');
  await expect(designer.canvas.locator('.preview-wire')).toHaveCount(2);
  await expect(designer.blocks).toHaveCount(2);
});

/** Networks with one problem, and each mending that is offered for it, with what it leads to. */
const mendings: readonly {
  readonly title: string;
  readonly project: object;
  readonly problem: RegExp;
  readonly fixes: readonly {
    readonly name: string;
    readonly shape?: readonly [string, string];
    readonly gone?: string;
  }[];
}[] = [
  {
    title: 'a window that does not fit',
    project: brokenProject,
    problem: /does not fit into/,
    fixes: [
      { name: 'Set padding to same', shape: ['conv2d_2', '3 × 3 × 8'] },
      { name: 'Set kernelSize to 3 × 3', shape: ['conv2d_2', '1 × 1 × 8'] },
      { name: 'Remove max_pooling2d_1', gone: 'max_pooling2d_1' },
    ],
  },
  {
    title: 'a Dense on a picture',
    project: chain(
      'Flat',
      ['in', 'Input', { shape: [28, 28, 1] }],
      ['dense_1', 'Dense', { units: 10, activation: 'softmax' }],
    ),
    problem: /works on each pixel/,
    fixes: [
      { name: 'Insert Flatten before it', shape: ['flatten_1', '784'] },
      { name: 'Insert GlobalAveragePooling2D before it', shape: ['global_average_pooling2d_1', '1'] },
    ],
  },
  {
    title: 'an end that is not the classes',
    project: chain(
      'Seven',
      ['in', 'Input', { shape: [28, 28, 1] }],
      ['flat', 'Flatten', {}],
      ['out', 'Dense', { units: 7, activation: 'softmax' }],
    ),
    problem: /has 10 classes/,
    fixes: [
      { name: 'Set units to 10', shape: ['out', '10'] },
      { name: 'Add Dense 10 behind it', shape: ['dense_1', '10'] },
    ],
  },
  {
    title: 'an Input that is too small for the pictures',
    project: chain(
      'Tiny',
      ['in', 'Input', { shape: [20, 20, 1] }],
      ['flat', 'Flatten', {}],
      ['out', 'Dense', { units: 10, activation: 'softmax' }],
    ),
    problem: /must be as large or larger/,
    fixes: [{ name: 'Set shape to 28 × 28 × 1', shape: ['in', '28 × 28 × 1'] }],
  },
  {
    title: 'an end without softmax',
    project: chain(
      'Linear',
      ['in', 'Input', { shape: [28, 28, 1] }],
      ['flat', 'Flatten', {}],
      ['out', 'Dense', { units: 10 }],
    ),
    problem: /does not end with softmax/,
    fixes: [{ name: 'Set activation to softmax', shape: ['out', '10'] }],
  },
  {
    title: 'a network without Input',
    project: chain(
      'Headless',
      ['flat', 'Flatten', {}],
      ['out', 'Dense', { units: 10, activation: 'softmax' }],
    ),
    problem: /Nothing is connected to flat/,
    fixes: [{ name: 'Insert Input before it', shape: ['input_1', '28 × 28 × 1'] }],
  },
];

test('each mending mends its problem by one click, and can be undone', async ({ designer }) => {
  for (const { title, project, problem, fixes } of mendings) {
    await test.step(title, async () => {
      await designer.openProject(project);
      await designer.tab('Problems').click();
      const list = designer.page.getByRole('list', { name: 'Problems' });
      const row = list.getByRole('listitem').filter({ hasText: problem });
      for (const { name, shape, gone } of fixes) {
        await row.getByRole('button', { name, exact: true }).click();
        await expect(row).toHaveCount(0);
        if (shape !== undefined) await expect(designer.shape(...shape)).toBeAttached();
        if (gone !== undefined) await expect(designer.block(gone)).toHaveCount(0);
        await expect(designer.undo).toHaveAccessibleName(`Undo ${name}`);
        await designer.undo.click();
        await expect(row).toHaveCount(1);
      }
    });
  }
});

test('the buttons below a block mend it too', async ({ designer }) => {
  await designer.openProject(brokenProject);
  await designer.block('conv2d_2').getByRole('button', { name: 'Set padding to same' }).click();
  await expect(designer.block('conv2d_2')).toHaveAccessibleName('Conv2D conv2d_2, output 3 by 3 by 8, valid');
  await expect(designer.tab('Problems')).toHaveText('Problems');
  await expect(designer.status).not.toContainText('at least');
});
