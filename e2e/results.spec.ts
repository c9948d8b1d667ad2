import { expect, test } from './support/designer.ts';
import { seriousFaults } from './support/faults.ts';
import { smallProject } from './support/networks.ts';

const trained = { timeout: 60_000 };

test('after a training one sees where it fails, and what it looks at there', async ({ designer }) => {
  const { page, lowerPanel } = designer;
  await designer.openProject(smallProject);
  await page.getByRole('tab', { name: 'Results' }).click();
  await expect(lowerPanel.getByText('Untrained: initial weights')).toBeVisible();
  await lowerPanel.getByRole('button', { name: 'Train' }).click();
  await expect(lowerPanel.getByText(/^Done: /)).toBeVisible(trained);

  await page.getByRole('tab', { name: 'Results' }).click();
  await expect(lowerPanel.getByText(/^Test accuracy \d+\.\d\d\s%/)).toBeVisible(trained);
  const matrix = lowerPanel.getByRole('table', { name: 'Confusion matrix' });
  const counts = await matrix.getByRole('button').allTextContents();
  const total = counts.reduce((sum, text) => sum + Number(text.replace(/\s/g, '')), 0);
  expect(total).toBe(10_000);

  // By keyboard to a cell, whose pictures come.
  await matrix.getByRole('button', { name: /^0 taken for 0:/ }).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  const found = lowerPanel.getByRole('region', { name: '1, found' });
  const first = found.getByRole('button', { name: /^Test picture \d+: 1, taken for 1/ }).first();
  await first.click();
  await expect(page.getByRole('tab', { name: 'Digit' })).toHaveAttribute('aria-selected', 'true');
  await page.getByRole('tab', { name: 'Results' }).click();

  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect.soft(await seriousFaults(page, '.results'), `results, ${colorScheme}`).toEqual([]);
  }

  await page.getByRole('tab', { name: 'Explain' }).click();
  for (const method of ['Occlusion', 'Saliency']) {
    await lowerPanel.getByText(method, { exact: true }).click();
    await expect(lowerPanel.getByRole('img', { name: new RegExp(`${method} · class \\d`) })).toBeVisible(
      trained,
    );
  }
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect.soft(await seriousFaults(page, '.explain'), `explain, ${colorScheme}`).toEqual([]);
  }
});
