import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** Serious faults of accessibility in a part of the page as it is now, each with its place. */
export async function seriousFaults(page: Page, part: string): Promise<readonly string[]> {
  // A colour that is still on its way to another is none of the page's.
  await page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity)
        .map(({ finished }) => finished.catch(() => undefined)),
    ),
  );
  const { violations } = await new AxeBuilder({ page }).include(part).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}
