import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { makeFolder } from './makeFolder.ts';
import { createRunFolder } from './runFolder.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'convas-folders-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('a folder', () => {
  it('is made with all that is missing above it, also by two at once, and may be there', async () => {
    const path = join(folder, 'a', 'b', 'c');
    await Promise.all([makeFolder(path), makeFolder(path), makeFolder(join(folder, 'a', 'other'))]);
    expect((await stat(path)).isDirectory()).toBe(true);
    expect((await readdir(join(folder, 'a'))).sort()).toEqual(['b', 'other']);
    await makeFolder(path);
  });

  it('cannot be made below a file, nor through a link to nowhere', async () => {
    await writeFile(join(folder, 'file'), '');
    await expect(makeFolder(join(folder, 'file', 'a'))).rejects.toThrow('ENOTDIR');
    await symlink(join(folder, 'nowhere'), join(folder, 'link'));
    await expect(makeFolder(join(folder, 'link', 'a'))).rejects.toThrow('ENOENT');
  });
});

describe.skipIf(!existsSync('/proc/self'))('a folder in /proc', () => {
  it.each(['/proc/xx', '/proc/zz/y', '/proc/self/a/b/c'])('is refused with a sentence: %s', async (path) => {
    expect(await createRunFolder(path)).toMatchObject({
      ok: false,
      problems: [{ code: 'unwritable-folder', values: { path } }],
    });
  });
});
