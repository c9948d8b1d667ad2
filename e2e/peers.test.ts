import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { describe, expect, it } from 'vitest';

const run = promisify(execFile);
const environment = fileURLToPath(new URL('../.cache/keras', import.meta.url));

/** Rows that a script of the bench tells as JSON, one a line; skips the test where there is no Keras. */
async function rowsOf<T>(
  script: string,
  args: readonly string[],
  skip: (condition: boolean, note: string) => void,
): Promise<T[]> {
  const hasPython = await run('python3', ['--version']).then(
    () => true,
    () => existsSync(environment),
  );
  skip(!hasPython, 'There is no Python 3 on this machine.');
  const path = fileURLToPath(new URL(`../scripts/${script}`, import.meta.url));
  const { stdout } = await run(process.execPath, [path, ...args, '--json'], { timeout: 540_000 }).catch(
    (error: unknown) => {
      const failed = error as { readonly stdout: string; readonly stderr: string };
      skip(failed.stderr.includes('cannot be had'), failed.stderr.trim().slice(0, 300));
      return failed;
    },
  );
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T);
}

// In one file, so that one comes after the other: both build the bench.
describe('the generated Keras code', () => {
  it('runs in Keras, and gives the shapes, counts and outputs that TensorFlow.js gives', async ({ skip }) => {
    const args = ['--framework', 'keras', '--largest', '1300000', '--random', '25'];
    const rows = await rowsOf<{ readonly network: string; readonly objections: readonly string[] }>(
      'verify-peers.mjs',
      args,
      skip,
    );
    expect(rows.length).toBeGreaterThan(25);
    expect(rows.filter(({ objections }) => objections.length > 0)).toEqual([]);
  }, 600_000);
});

describe('feature maps, Grad-CAM and saliency', () => {
  it('are what Keras makes of the exported network', async ({ skip }) => {
    const rows = await rowsOf<{
      readonly network: string;
      readonly differs: readonly string[];
      readonly gradCam: { readonly compared: number };
    }>('verify-maps.mjs', ['--limit', '1000', '--pictures', '2'], skip);
    expect(rows.map(({ network, differs }) => [network, differs])).toEqual([
      ['lenet-5', []],
      ['mnist-cnn', []],
      ['residual-cnn', []],
    ]);
    expect(rows.every(({ gradCam }) => gradCam.compared > 0)).toBe(true);
  }, 600_000);
});
