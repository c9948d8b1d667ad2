import { existsSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { at } from '../project.mjs';
import { run } from '../run.mjs';

/** @type {string} */
let cache;

beforeEach(async () => (cache = await mkdtemp(join(tmpdir(), 'convas-setup-'))));
afterEach(() => rm(cache, { recursive: true }));

/** A machine without a compiler and without a connection. */
const poor = () => ({
  ...{ PATH: '', Path: '', CXX: '', CONVAS_ENGINE_DIR: '', CONVAS_CACHE_DIR: cache },
  TFJS_NODE_CDN_STORAGE: 'http://127.0.0.1:1/',
});

it('ends on WebAssembly where nothing better can be had, says why of each way, and is no failure', async () => {
  const { code, output } = await run(process.execPath, [at('scripts', 'setup-engine.mjs')], { env: poor() });

  expect(code).toBe(0);
  expect(output).toMatch(/TensorFlow's Python wheel: .+/);
  expect(output).toMatch(/the download of tfjs-node-gpu: .*ECONNREFUSED/);
  expect(output).toContain('training runs on WebAssembly');
  const report = JSON.parse(await readFile(join(cache, 'engine', 'setup.json'), 'utf8'));
  expect(report.rungs.map((/** @type {{ name: string, ok: boolean }} */ { name, ok }) => [name, ok])).toEqual(
    [
      ['existing', false],
      ['wheel', false],
      ['download', false],
      ['wasm', true],
    ],
  );
  expect(await readdir(join(cache, 'engine'))).toEqual(['setup.json']);
});

it('does not try again at each start what failed before', async () => {
  await run(process.execPath, [at('scripts', 'setup-engine.mjs')], { env: poor() });
  const start = `import { ensureEngine } from './scripts/engine/setup.mjs';
    console.log(JSON.stringify(await ensureEngine()));`;
  const { code, output } = await run(process.execPath, ['--input-type=module', '--eval', start], {
    env: poor(),
  });

  expect(code).toBe(0);
  expect(output).toContain('npm run setup-engine');
  expect(output).not.toContain('the download of tfjs-node-gpu:');
  expect(output).toContain('"rung":"wasm"');
});

it('refuses an option that it does not know', async () => {
  const { code, output } = await run(process.execPath, [at('scripts', 'setup-engine.mjs'), '--gpus'], {
    env: poor(),
  });

  expect(code).toBe(2);
  expect(output).toContain('--gpus');
  expect(existsSync(join(cache, 'engine'))).toBe(false);
});
