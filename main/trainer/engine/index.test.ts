import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import util from 'node:util';
import { describe, expect, it } from 'vitest';

import type { TensorFlow } from '../tensorflow.ts';
import { loadEngine, loadTensorFlowJs } from './index.ts';

const folder = process.env['CONVAS_TEST_ENGINE'];
const require = createRequire(import.meta.url);

describe('loading an engine', () => {
  it('gives every package the same TensorFlow.js', async () => {
    const tf = loadTensorFlowJs();
    const core = require('@tensorflow/tfjs-core') as TensorFlow;
    const imported = await import('@tensorflow/tfjs');

    expect(core.engine()).toBe(tf.engine());
    expect(imported.engine()).toBe(tf.engine());
  });

  it('takes WebAssembly where TensorFlow cannot be loaded, and says why', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'convas-engine-'));
    const loaded = await loadEngine({ choice: 'auto', folder: empty });
    await rm(empty, { recursive: true });

    if (!loaded.ok) throw new Error(loaded.problems[0]?.message);
    const { tf, info, rungs } = loaded.value;
    expect(info).toMatchObject({ name: 'wasm', device: 'CPU', threads: Math.min(4, availableParallelism()) });
    expect(rungs.map(({ name, ok }) => [name, ok])).toEqual([
      ['native', false],
      ['wasm', true],
    ]);
    expect(rungs[0]?.reason).toContain('tfjs_binding.node');
    expect(tf.getBackend()).toBe('wasm');
  });

  it('says so where TensorFlow is wanted and not set up', async () => {
    const loaded = await loadEngine({ choice: 'native' });

    expect(loaded).toMatchObject({ ok: false, problems: [{ code: 'engine-unavailable' }] });
  });

  it.skipIf(folder === undefined)(
    'loads TensorFlow from its folder, on a Node.js without the functions that tfjs-node calls too',
    async () => {
      Reflect.deleteProperty(util, 'isNullOrUndefined');
      const loaded = await loadEngine({ choice: 'auto', folder });

      if (!loaded.ok) throw new Error(loaded.problems[0]?.message);
      const { tf, info, rungs } = loaded.value;
      expect(info).toMatchObject({ name: 'native', mode: 'eager' });
      expect(info.version).toMatch(/^\d+\.\d+\.\d+$/);
      expect(rungs).toMatchObject([{ name: 'native', ok: true }]);
      expect(tf.getBackend()).toBe('tensorflow');
      const { values } = tf.topk(
        tf.matMul(
          [[1, 2]],
          [
            [3, 4],
            [5, 6],
          ],
        ),
        1,
      );
      expect([...values.dataSync()]).toEqual([16]);
    },
  );
});
