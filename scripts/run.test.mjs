import { describe, expect, test } from 'vitest';
import { run, runTool } from './run.mjs';

const node = (/** @type {string} */ code, /** @type {import('./run.mjs').RunOptions} */ options = {}) =>
  run(process.execPath, ['-e', code], options);

describe('run', () => {
  test('passes on the exit code and both streams', async () => {
    expect(await node('console.log("out"); console.error("err"); process.exit(7)')).toEqual({
      code: 7,
      timedOut: false,
      output: expect.stringMatching(/^(out\nerr|err\nout)\n$/),
    });
  });

  test.skipIf(process.platform === 'win32')('gives a signal as 128 and its number', async () => {
    const { code } = await node('process.kill(process.pid, "SIGTERM"); setInterval(() => {}, 1000)');
    expect(code).toBe(143);
  });

  test('ends a program that does not end by itself', async () => {
    expect(await node('setInterval(() => {}, 1000)', { seconds: 0.3 })).toMatchObject({ timedOut: true });
  });

  test.skipIf(process.platform === 'win32')(
    'ends what that program started, too',
    async () => {
      const deaf = 'process.on("SIGTERM", () => {}); console.log("started"); setInterval(() => {}, 1000)';
      const starter = `require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(deaf)}], { stdio: "inherit" }); setInterval(() => {}, 1000)`;
      // This ends when both pipes do, which the program's child holds too.
      expect(await node(starter, { seconds: 1 })).toMatchObject({ timedOut: true, output: 'started\n' });
    },
    20_000,
  );

  test('reports a missing program as an ending', async () => {
    const { code, output } = await run('convas-no-such-program', []);
    expect(code).toBe(127);
    expect(output).toContain('ENOENT');
  });

  test('runs the program of an installed package', async () => {
    const { code, output } = await runTool('typescript', ['--version'], { bin: 'tsc' });
    expect(code).toBe(0);
    expect(output).toMatch(/^Version \d/);
  });
});
