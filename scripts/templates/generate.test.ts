import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

import { at } from '../project.mjs';
import { generate } from './generate.ts';

it.each([...generate()])('%s in shared/templates is what `npm run templates` writes', (name, text) => {
  expect(readFileSync(at('shared/templates', name), 'utf8')).toBe(text);
});
