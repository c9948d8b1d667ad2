import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createSavedBlocks } from './savedBlocks.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'convas-palette-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('blocks in the palette', () => {
  it('are there after a restart, in the order in which they were saved', async () => {
    const blocks = createSavedBlocks(folder);
    expect(await blocks.list()).toEqual([]);
    await blocks.save({ name: 'one' });
    await new Promise((resolve) => setTimeout(resolve, 5));
    await blocks.save({ name: 'two' });
    const names = (await createSavedBlocks(folder).list()).map(({ document }) => document);
    expect(names).toEqual([{ name: 'one' }, { name: 'two' }]);
  });

  it('can be removed, once and again', async () => {
    const blocks = createSavedBlocks(folder);
    const id = await blocks.save({ name: 'one' });
    await blocks.remove(id);
    await blocks.remove(id);
    expect(await blocks.list()).toEqual([]);
    expect(await readdir(join(folder, 'palette'))).toEqual([]);
  });

  it('whose file is broken are passed over', async () => {
    const blocks = createSavedBlocks(folder);
    await blocks.save({ name: 'one' });
    await writeFile(join(folder, 'palette', 'broken.json'), '{"savedAt":');
    expect(await blocks.list()).toHaveLength(1);
  });
});
