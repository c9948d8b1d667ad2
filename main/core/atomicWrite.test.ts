import { fork } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { atomicWrite } from './atomicWrite.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'convas-write-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('an atomic write', () => {
  it('makes folders on the way and leaves nothing but the file', async () => {
    const path = join(folder, 'a', 'b', 'project.convas');
    await atomicWrite(path, 'first');
    await atomicWrite(path, 'second');
    expect(await readFile(path, 'utf8')).toBe('second');
    expect(await readdir(join(folder, 'a', 'b'))).toEqual(['project.convas']);
  });

  it('that fails keeps the old file and leaves nothing behind', async () => {
    // A file cannot take the place of a folder that is not empty.
    await writeFile(join(folder, 'inside'), '');
    await atomicWrite(join(folder, 'taken', 'kept'), 'kept');
    await expect(atomicWrite(join(folder, 'taken'), 'new')).rejects.toThrow();
    expect(await readFile(join(folder, 'taken', 'kept'), 'utf8')).toBe('kept');
    expect((await readdir(folder)).sort()).toEqual(['inside', 'taken']);
  });

  it('leaves the old or the new content when the process is killed at any moment', async () => {
    const path = join(folder, 'project');
    await atomicWrite(path, '0'.repeat(200_000));
    const script = join(folder, 'writer.mjs');
    const source = (await readFile(new URL('./atomicWrite.ts', import.meta.url), 'utf8'))
      .replace(
        /\((path): string, data: string \| Uint8Array, mode = 0o600\): Promise<void>|\((from): string, to: string\): Promise<void>|\((folder): string\): Promise<void>/g,
        (_all, write?: string, rename?: string) =>
          write ? '(path, data, mode = 0o600)' : rename ? '(from, to)' : '(folder)',
      )
      // The folder is there.
      .replace(/^import \{ makeFolder \}.*$/m, 'const makeFolder = () => undefined;');
    await writeFile(
      script,
      `${source}\nfor (let n = 0; ; n += 1) await atomicWrite(process.argv[2], String(n % 10).repeat(200000));`,
    );
    for (let round = 0; round < 8; round += 1) {
      const writer = fork(script, [path], { execArgv: [] });
      await new Promise((resolve) => setTimeout(resolve, 120 + 17 * round));
      writer.kill('SIGKILL');
      await new Promise((resolve) => writer.once('exit', resolve));
      const content = await readFile(path, 'utf8');
      expect(content).toBe((content[0] ?? '?').repeat(200_000));
    }
  });
});
