import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { withLock } from './lock.mjs';
import { at } from './project.mjs';

const name = `test-${process.pid}`;
const file = at('.cache', `${name}.lock`);

describe('withLock', () => {
  test('lets one work at a time and tells the others whom they wait for', async () => {
    /** @type {string[]} */
    const log = [];
    const work = (/** @type {string} */ id) => async () => {
      log.push(`${id} starts`);
      await turn();
      log.push(`${id} ends`);
    };
    await Promise.all([
      withLock(name, work('first'), () => log.push('first waits')),
      withLock(name, work('second'), (line) => log.push(line.replace(/process (\d+).*/, '$1'))),
    ]);
    expect(log).toEqual([
      'first starts',
      `waiting for ${process.pid}`,
      'first ends',
      'second starts',
      'second ends',
    ]);
  });

  test('is given back when the work fails', async () => {
    const failing = withLock(
      name,
      () => Promise.reject(new Error('no')),
      () => undefined,
    );
    await expect(failing).rejects.toThrow('no');
    expect(existsSync(file)).toBe(false);
  });

  test('takes over the lock of a process that has ended', async () => {
    const ended = spawnSync(process.execPath, ['-e', '']);
    mkdirSync(at('.cache'), { recursive: true });
    writeFileSync(file, String(ended.pid));
    expect(
      await withLock(
        name,
        () => Promise.resolve('done'),
        () => undefined,
      ),
    ).toBe('done');
  });
});
