import { expect, it } from 'vitest';

import { pageBudget, pageFiles } from '../scripts/page-budget.mjs';

const list = (files: readonly { readonly name: string; readonly kibibytes: number }[]) =>
  files.map(({ name, kibibytes }) => `${name}: ${kibibytes.toFixed(0)} KiB`).join('\n');

it('the first screen loads no more than its budget', async () => {
  const { firstScreen } = await pageFiles();
  const total = firstScreen.reduce((sum, { kibibytes }) => sum + kibibytes, 0);
  expect(firstScreen.length).toBeGreaterThan(1);
  expect(total, list(firstScreen)).toBeLessThan(pageBudget.firstScreen);
});

it('curves, and the layout of large networks, come when they are needed, each within its budget', async () => {
  const { later } = await pageFiles();
  expect(later.map(({ name }) => name).join(' ')).toMatch(/Charts-.*layout\.worker-/);
  for (const { name, kibibytes } of later) expect(kibibytes, name).toBeLessThan(pageBudget.later);
});
