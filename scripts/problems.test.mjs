import { readFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { expect, it } from 'vitest';
import { problemCatalogue } from '../shared/problems/catalogue.ts';
import { at } from './project.mjs';

it('docs/problems.md says what the code says: npm run problems', async () => {
  const file = at('docs/problems.md');
  const current = await format(problemCatalogue(), { ...(await resolveConfig(file)), filepath: file });
  expect(await readFile(file, 'utf8')).toBe(current);
});
