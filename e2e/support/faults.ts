import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** Serious faults of accessibility in a part of the page as it is now, each with its place. */
export async function seriousFaults(page: Page, part: string): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).include(part).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}
