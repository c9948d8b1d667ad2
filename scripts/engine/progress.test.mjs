import { expect, it } from 'vitest';
import { createProgress } from './progress.mjs';

it('writes a line for the start of a step and each of its quarters where there is no terminal', async () => {
  /** @type {string[]} */
  const lines = [];
  const step = createProgress((line) => lines.push(line), { isTTY: false, write: () => true });
  const result = await step('downloading', async (tell) => {
    for (let done = 0; done <= 100; done += 1) tell(done / 100);
    return 'the file';
  });

  expect(result).toBe('the file');
  expect(lines.map((line) => line.replace(/\d+ s/, 'N s'))).toEqual([
    'downloading',
    '  25 % (N s)',
    '  50 % (N s)',
    '  75 % (N s)',
    '  took N s',
  ]);
});

it('leaves one line of a step on a terminal', async () => {
  /** @type {string[]} */
  const lines = [];
  let drawn = '';
  const terminal = { isTTY: true, write: (/** @type {string} */ text) => (drawn += text) };
  const step = createProgress((line) => lines.push(line), terminal);
  await step('downloading', async (tell) => {
    tell(0.42);
    await new Promise((resolve) => setTimeout(resolve, 600));
  });

  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^downloading: \d+ s$/);
  expect(drawn).toContain('downloading 42 %');
  expect(drawn.endsWith('\u001B[2K')).toBe(true);
});

it('lets a failure of the step through', async () => {
  const step = createProgress(() => undefined, { write: () => true });
  await expect(step('compiling', () => Promise.reject(new Error('no compiler')))).rejects.toThrow(
    'no compiler',
  );
});
