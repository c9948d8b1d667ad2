import { expect, it } from 'vitest';

import { layers } from './index.ts';
import { categories } from './spec.ts';

it('offers some layers of each category at once, but not so many that one must scroll far', () => {
  const usual = [...layers.values()].filter((spec) => spec.usual);
  for (const category of categories) {
    const ofCategory = usual.filter((spec) => spec.category === category);
    expect(ofCategory.length, category).toBeGreaterThan(0);
    expect(ofCategory.length, category).toBeLessThanOrEqual(4);
  }
});
