import { chmod, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { newErrorId, recordErrorsWith } from '../../shared/errorLog.ts';
import { createLog, readLogs, startLog } from './log.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'convas-log-'));
});
afterEach(async () => {
  await chmod(folder, 0o700);
  await rm(folder, { recursive: true });
});

describe('the log of a process', () => {
  it('has an error under the id that it gave, with its stack', async () => {
    const log = createLog(folder, 'server');
    const id = log.record(new Error('no such tensor'));
    const text = await readFile(log.file, 'utf8');
    expect(text).toContain(`[${id}] Error: no such tensor`);
    expect(text).toContain('log.test');
  });

  it('can be read by its user alone', async () => {
    const log = createLog(folder, 'server');
    log.write('a line');
    expect((await stat(log.file)).mode & 0o077).toBe(0);
    expect((await stat(join(folder, 'logs'))).mode & 0o077).toBe(0);
  });

  it('does not grow without end', async () => {
    const log = createLog(folder, 'server');
    for (let line = 0; line < 3000; line += 1) log.write('x'.repeat(1000));
    const names = (await readdir(join(folder, 'logs'))).sort();
    expect(names).toEqual(['server.log', 'server.old.log']);
    for (const name of names)
      expect((await stat(join(folder, 'logs', name))).size).toBeLessThan(1.1 * 2 ** 20);
  });

  it('ends nothing where it cannot be written', async () => {
    await writeFile(join(folder, 'logs'), 'a file in the place of the folder');
    const log = createLog(folder, 'server');
    expect(log.record(new Error('no such tensor'))).toMatch(/^\w{8}$/);
  });

  it('has what ends the process', async () => {
    const before = process.listeners('uncaughtExceptionMonitor');
    const { file } = startLog(folder, 'server', '1.2.3');
    const [listener] = process.listeners('uncaughtExceptionMonitor').filter((one) => !before.includes(one));
    process.removeListener('uncaughtExceptionMonitor', listener!);
    recordErrorsWith(newErrorId);
    listener!(new Error('the end'), 'uncaughtException');
    const text = await readFile(file, 'utf8');
    expect(text).toContain('Convas 1.2.3');
    expect(text).toContain('Error: the end');
  });
});

describe('logs for a screen', () => {
  it('are the ends of all there are, whole lines', async () => {
    createLog(folder, 'server').write('of the server');
    const trainer = createLog(folder, 'trainer');
    for (let line = 0; line < 100; line += 1) trainer.write(`line ${String(line)}`);
    const { logs } = await readLogs(folder, 200);
    expect(logs.map(({ name }) => name)).toEqual(['server', 'trainer']);
    expect(logs[0]?.text).toContain('of the server');
    expect(logs[1]?.text.length).toBeLessThanOrEqual(200);
    expect(logs[1]?.text).toMatch(/^\[.*line \d+\n/);
    expect(logs[1]?.text).toMatch(/line 99\n$/);
  });

  it('are none where nothing was written', async () => {
    expect((await readLogs(folder)).logs).toEqual([]);
  });
});
