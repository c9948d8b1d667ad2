/**
 * @typedef {import('@playwright/test').Page} Page
 * @typedef {(key: string, values?: Readonly<Record<string, string>>) => string} Texts
 * @typedef {(page: Page, t: Texts) => Promise<void>} Scene
 */

/**
 * What each picture of the documentation shows, and how one gets there.
 *
 * @type {Readonly<Record<string, Scene>>}
 */
export const scenes = {
  async empty(page) {
    await page.locator('.dataset-pictures').waitFor();
    await page.waitForTimeout(2000);
  },
  async designer(page, t) {
    await openTemplate(page, t, 'LeNet-5');
    await block(page, 'conv2d_1').click();
    await block(page, 'conv2d_1').hover();
  },
  async templates(page, t) {
    await page.getByRole('button', { name: t('toolbar.templates'), exact: true }).click();
    await page.locator('.template-card').first().waitFor();
  },
  async blocks(page, t) {
    await openTemplate(page, t, 'ResNet-50');
    await moveView(page, -1700);
  },
  async 'block-open'(page, t) {
    await openTemplate(page, t, 'ResNet-50');
    await moveView(page, -900);
    await page.locator('.collapsed-block .block-open').first().click();
    await moveView(page, -500);
    for (let times = 0; times < 4; times += 1)
      await page.getByRole('button', { name: t('canvas.zoomOut'), exact: true }).click();
    await page.mouse.move(700, 120);
  },
  async training(page, t) {
    await openTemplate(page, t, 'LeNet-5');
    await startTraining(page);
    await page.waitForTimeout(6000);
  },
  async runs(page, t) {
    await trainedNetwork(page, t);
    await tab(page, t('app.tabRuns')).click();
    await page.locator('.runs tbody tr').first().waitFor();
  },
  async export(page, t) {
    await trainedNetwork(page, t);
    await page.keyboard.press('ControlOrMeta+e');
    await page.getByRole('button', { name: t('export.write'), exact: true }).click();
    await page.locator('.receipt').waitFor({ timeout: 60_000 });
  },
  async broken(page, t) {
    await openTemplate(page, t, 'LeNet-5');
    await block(page, 'conv2d_2').click();
    await page.locator('[data-param="kernelSize"] input').first().fill('15');
    await tab(page, t('problems.label')).click();
    await page.locator('.problems button.problem-layer').first().click();
    await page.locator('.problems .fix-button').first().hover();
  },
  async analysis(page, t) {
    await openTemplate(page, t, 'LeNet-5');
    await tab(page, t('analysis.tab')).click();
    await raiseLowerPanel(page);
    await page.getByLabel(t('analysis.heat')).selectOption('macs');
    await page.locator('[data-layer="conv2d_2"]').click();
  },
  async code(page, t) {
    await openTemplate(page, t, 'LeNet-5');
    await block(page, 'conv2d_2').click();
    await page.locator('[data-param="filters"] input').first().fill('24');
    await tab(page, t('code.label')).click();
    await raiseLowerPanel(page);
    await page.locator('.code-line').first().waitFor();
  },
  async picture(page, t) {
    await openTemplate(page, t, 'LeNet-5');
    await page.getByRole('button', { name: t('picture.button'), exact: true }).click();
    await page.getByRole('radio', { name: t('picture.figure'), exact: true }).check();
    await page.locator('.picture-preview img').waitFor();
  },
  async find(page, t) {
    await openTemplate(page, t, 'LeNet-5');
    await page.keyboard.press('ControlOrMeta+f');
    await page.keyboard.type('conv');
    await page.keyboard.press('Enter');
  },
  async history(page, t) {
    await openTemplate(page, t, 'LeNet-5');
    await block(page, 'conv2d_1').click();
    await page.locator('[data-param="filters"] input').first().fill('8');
    await block(page, 'max_pooling2d_1').click();
    await page.keyboard.press('l');
    await page.keyboard.press('Escape');
    await page.keyboard.press('ControlOrMeta+z');
    await page.keyboard.press('h');
    await page.locator('.history-step').first().waitFor();
  },
  async tabs(page, t) {
    for (const name of ['LeNet-5', 'U-Net', 'SqueezeNet']) await openTemplate(page, t, name);
  },
  async keys(page, t) {
    await openTemplate(page, t, 'LeNet-5');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: t('editing.sheet.title') }).waitFor();
  },
  async commands(page, t) {
    await openTemplate(page, t, 'LeNet-5');
    await page.keyboard.press('ControlOrMeta+k');
  },
  async lessons(page, t) {
    await command(page, t, 'lessons');
    await page.getByRole('dialog', { name: t('lessons.label') }).waitFor();
  },
  async stepper(page, t) {
    await openTemplate(page, t, 'LeNet-5');
    await block(page, 'conv2d_1').click();
    await command(page, t, 'stepThrough');
    await page.locator('.stepper-matrix, .stepper canvas').first().waitFor({ timeout: 60_000 });
    await page.keyboard.press('ArrowRight');
  },
  async digit(page, t) {
    await trainedNetwork(page, t);
    await tab(page, t('digit.tab')).click();
    await raiseLowerPanel(page);
    await drawSeven(page);
    await page.locator('.digit-strip canvas').first().waitFor({ timeout: 60_000 });
    await page.waitForTimeout(1500);
  },
  async maps(page, t) {
    await trainedNetwork(page, t);
    await page.locator('.canvas').focus();
    await page.keyboard.press('m');
    await page.locator('.block-picture canvas').first().waitFor({ timeout: 60_000 });
    await page.waitForTimeout(2000);
  },
  async weights(page, t) {
    await trainedNetwork(page, t);
    await raiseLowerPanel(page);
    await page.locator('.lucide-chart-area').click();
    await page.locator('.distributions .recharts-wrapper').first().waitFor({ timeout: 60_000 });
    await page.waitForTimeout(1000);
  },
  async results(page, t) {
    await trainedNetwork(page, t);
    await tab(page, t('results.tab')).click();
    await raiseLowerPanel(page);
    await page.locator('.confusion').first().waitFor({ timeout: 60_000 });
  },
  async explain(page, t) {
    await trainedNetwork(page, t);
    await tab(page, t('explain.tab')).click();
    await raiseLowerPanel(page);
    await page.locator('.explain canvas').first().waitFor({ timeout: 60_000 });
    await page.waitForTimeout(1500);
  },
};

/**
 * @param {Page} page
 * @param {Texts} t
 * @param {string} name
 */
async function openTemplate(page, t, name) {
  await page.getByRole('button', { name: t('toolbar.templates'), exact: true }).click();
  const gallery = page.getByRole('dialog', { name: t('templates.label') });
  await gallery.getByRole('button', { name: t('templates.openLabel', { name }), exact: true }).click();
  await gallery.waitFor({ state: 'hidden' });
  await page.locator('.react-flow__node').first().waitFor();
}

/**
 * Drags the empty canvas, in several pulls where one does not go so far.
 *
 * @param {Page} page
 * @param {number} by
 */
async function moveView(page, by) {
  const canvas = await page.locator('.canvas').boundingBox();
  if (canvas === null) throw new Error('There is no canvas.');
  const most = canvas.width - 80;
  for (let left = Math.abs(by); left > 0; left -= most) {
    const step = Math.sign(by) * Math.min(left, most);
    const x = canvas.x + canvas.width / 2;
    await page.mouse.move(x - step / 2, canvas.y + 24);
    await page.mouse.down();
    await page.mouse.move(x + step / 2, canvas.y + 24, { steps: 4 });
    await page.mouse.up();
  }
}

/** Makes the lower panel higher, by its edge. @param {Page} page */
async function raiseLowerPanel(page) {
  const edge = await page.locator('.separator-row').boundingBox();
  if (edge === null) throw new Error('There is no lower panel.');
  await page.mouse.move(edge.x + edge.width / 2, edge.y);
  await page.mouse.down();
  await page.mouse.move(edge.x + edge.width / 2, edge.y - 120, { steps: 4 });
  await page.mouse.up();
}

/** Waits until both charts have lines. @param {Page} page */
async function startTraining(page) {
  await page.keyboard.press('ControlOrMeta+Enter');
  await page.locator('.recharts-wrapper').first().waitFor({ timeout: 60_000 });
  // Away from the buttons, whose hints would lie over the picture.
  await page.mouse.move(700, 300);
}

/** Runs a command of the command palette. @param {Page} page @param {Texts} t @param {string} id */
export async function command(page, t, id) {
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByPlaceholder(t('commands.placeholder')).fill(t(`commands.${id}`));
  await page.keyboard.press('Enter');
}

/** Draws a seven on the pad. @param {Page} page */
async function drawSeven(page) {
  const pad = await page.locator('.digit-paper').boundingBox();
  if (pad === null) throw new Error('There is no pad.');
  /** @type {readonly (readonly [number, number])[]} */
  const corners = [
    [0.25, 0.22],
    [0.74, 0.22],
    [0.42, 0.85],
  ];
  const at = corners.map(([x, y]) => [pad.x + pad.width * x, pad.y + pad.height * y]);
  for (const [index, [x = 0, y = 0]] of at.entries()) {
    await page.mouse.move(x, y, { steps: 12 });
    if (index === 0) await page.mouse.down();
  }
  await page.mouse.up();
}

/** A network after one epoch. @param {Page} page @param {Texts} t */
async function trainedNetwork(page, t) {
  await openTemplate(page, t, 'LeNet-5');
  await page.locator('[data-param="epochs"] input').fill('1');
  await startTraining(page);
  await page.locator('.run-status[data-phase="done"]').waitFor({ timeout: 120_000 });
  // The news of the training that ended.
  await page.locator('.mantine-Notification-closeButton').first().click();
}

/** @param {Page} page @param {string} id */
const block = (page, id) => page.locator(`.react-flow__node[data-id="${id}"]`);

/** @param {Page} page @param {string} name */
const tab = (page, name) => page.getByRole('tab', { name: new RegExp(`^${name}`) });
