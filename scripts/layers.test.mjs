import { readFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { expect, it } from 'vitest';
import { argumentTable } from '../shared/layers/argumentTable.ts';
import { at } from './project.mjs';

it('docs/layers.md says what the code says: npm run layers', async () => {
  const file = at('docs/layers.md');
  const current = await format(argumentTable(), { ...(await resolveConfig(file)), filepath: file });
  expect(await readFile(file, 'utf8')).toBe(current);
});
