import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { describe, expect, it } from 'vitest';

const run = promisify(execFile);
const script = fileURLToPath(new URL('../scripts/verify-peers.mjs', import.meta.url));
const environment = fileURLToPath(new URL('../.cache/keras', import.meta.url));

interface Row {
  readonly network: string;
  readonly objections: readonly string[];
}

describe('the generated Keras code', () => {
  it('runs in Keras, and gives the shapes, counts and outputs that TensorFlow.js gives', async ({ skip }) => {
    const hasPython = await run('python3', ['--version']).then(
      () => true,
      () => existsSync(environment),
    );
    skip(!hasPython, 'There is no Python 3 on this machine.');
    const args = ['--framework', 'keras', '--largest', '1300000', '--random', '25', '--json'];
    const { stdout } = await run(process.execPath, [script, ...args], { timeout: 540_000 }).catch(
      (error: unknown) => {
        const failed = error as { readonly stdout: string; readonly stderr: string };
        skip(failed.stderr.includes('cannot be had'), failed.stderr.trim().slice(0, 300));
        return failed;
      },
    );
    const rows = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Row);
    expect(rows.length).toBeGreaterThan(25);
    expect(rows.filter(({ objections }) => objections.length > 0)).toEqual([]);
  }, 600_000);
});
