/**
 * @typedef {import('@playwright/test').Page} Page
 * @typedef {(key: string) => string} Texts
 * @typedef {(page: Page, t: Texts) => Promise<void>} Scene
 */

/**
 * What each picture of the documentation shows, and how one gets there.
 *
 * @type {Readonly<Record<string, Scene>>}
 */
export const scenes = {
  empty: () => Promise.resolve(),
  async designer(page) {
    await openTemplate(page, 'LeNet-5');
    await block(page, 'conv2d_1').click();
    await block(page, 'conv2d_1').hover();
  },
  async training(page) {
    await openTemplate(page, 'LeNet-5');
    await page.keyboard.press('ControlOrMeta+Enter');
    await page.locator('.recharts-wrapper').first().waitFor({ timeout: 60_000 });
    await page.mouse.move(700, 300);
    await page.waitForTimeout(6000);
  },
  async broken(page, t) {
    await openTemplate(page, 'LeNet-5');
    await block(page, 'conv2d_3').click();
    await page.locator('[data-param="kernelSize"] input').first().fill('9');
    await tab(page, t('problems.label')).click();
    await page.locator('.fix-button').first().hover();
  },
  async commands(page) {
    await openTemplate(page, 'LeNet-5');
    await page.keyboard.press('ControlOrMeta+k');
  },
};

/** @param {Page} page @param {string} name */
async function openTemplate(page, name) {
  await page.getByText(name, { exact: true }).first().click();
  await page.locator('.react-flow__node').first().waitFor();
}

/** @param {Page} page @param {string} id */
const block = (page, id) => page.locator(`.react-flow__node[data-id="${id}"]`);

/** @param {Page} page @param {string} name */
const tab = (page, name) => page.getByRole('tab', { name: new RegExp(`^${name}`) });
