import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

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
    const script = `
      import { runnerImport } from 'vite';
      const { module } = await runnerImport(${JSON.stringify(join(import.meta.dirname, 'atomicWrite.ts'))}, {
        configFile: false,
        logLevel: 'error',
      });
      for (let n = 0; ; n += 1) {
        await module.atomicWrite(${JSON.stringify(path)}, String(n % 10).repeat(200_000));
        if (n === 0) console.log('writes');
      }
    `;
    for (let round = 0; round < 8; round += 1) {
      const writer = spawn(process.execPath, ['--input-type=module', '--no-warnings', '--eval', script]);
      const exited = once(writer, 'exit');
      await once(writer.stdout, 'data');
      await delay(3 + 17 * round);
      writer.kill('SIGKILL');
      await exited;
      const content = await readFile(path, 'utf8');
      expect(content).toBe((content[0] ?? '?').repeat(200_000));
    }
  }, 60_000);
});
