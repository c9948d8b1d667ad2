import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';

import { createThreadedBackend } from './threads.ts';

const require = createRequire(import.meta.url);
const file = require.resolve('@tensorflow/tfjs-backend-wasm');
const wasm = require(file) as typeof import('@tensorflow/tfjs-backend-wasm');

describe('threads of WebAssembly', () => {
  it.skipIf(availableParallelism() === 1)('are as many as there are processors, four at most', async () => {
    const threaded = await createThreadedBackend(wasm, dirname(dirname(file)));

    expect(threaded?.threads).toBe(Math.min(4, availableParallelism()));
    expect(wasm.getThreadsCount()).toBe(threaded?.threads);
    expect(globalThis).not.toHaveProperty('Worker');
    threaded?.backend.dispose();
  });

  it('are done without where their program is not there', async () => {
    expect(await createThreadedBackend(wasm, import.meta.dirname)).toBeUndefined();
  });
});
