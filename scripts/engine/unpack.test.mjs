import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { unpack } from './unpack.mjs';
import { placeIn } from './wheel.mjs';

const libraries = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'];
const bytes = (/** @type {string} */ text) => new TextEncoder().encode(text);
/** @type {string} */
let work;

beforeEach(async () => (work = await mkdtemp(join(tmpdir(), 'convas-wheel-'))));
afterEach(() => rm(work, { recursive: true }));

it("unpacks a wheel's libraries and the headers of the C API, and leaves the rest", async () => {
  const wheel = join(work, 'tensorflow.whl');
  await writeFile(
    wheel,
    zipSync({
      'tensorflow/libtensorflow_cc.so.2': bytes('a library '.repeat(100_000)),
      'tensorflow/include/tensorflow/c/c_api.h': bytes('a header'),
      'tensorflow/include/tensorflow/core/kernels/big.h': bytes('another'),
      'tensorflow/python/keras.py': bytes('code'),
      'tensorflow/THIRD_PARTY_NOTICES.txt': bytes('notices'),
      'tensorflow/python/libtensorflow_cc.so.2': bytes('not this one'),
    }),
  );
  /** @type {number[]} */
  const progress = [];
  const count = await unpack(wheel, placeIn(work, libraries), (now) => progress.push(now));

  expect(count).toBe(3);
  expect((await stat(join(work, 'engine/deps/lib/libtensorflow_cc.so.2'))).size).toBe(1_000_000);
  expect(await readFile(join(work, 'include/tensorflow/c/c_api.h'), 'utf8')).toBe('a header');
  expect(await readFile(join(work, 'engine/THIRD_PARTY_NOTICES.txt'), 'utf8')).toBe('notices');
  expect(progress.at(-1)).toBe(1);
});

it("puts CUDA's libraries where TensorFlow's run path looks for them, programs still executable", async () => {
  const wheel = join(work, 'nvidia.whl');
  const program = /** @type {const} */ ({ os: 3, attrs: 0o755 << 16 });
  await writeFile(
    wheel,
    zipSync({
      'nvidia/cublas/lib/libcublas.so.12': bytes('a library'),
      'nvidia/cublas/include/cublas.h': bytes('a header'),
      'nvidia/cuda_nvcc/bin/ptxas': [bytes('a program'), program],
    }),
  );
  await unpack(wheel, placeIn(work, libraries));

  // The library stands in deps/lib and looks in $ORIGIN/../nvidia/cublas/lib.
  expect(await readFile(join(work, 'engine/deps/nvidia/cublas/lib/libcublas.so.12'), 'utf8')).toBe(
    'a library',
  );
  await expect(stat(join(work, 'engine/deps/nvidia/cublas/include'))).rejects.toThrow('ENOENT');
  if (process.platform !== 'win32') {
    expect((await stat(join(work, 'engine/deps/nvidia/cuda_nvcc/bin/ptxas'))).mode & 0o111).toBe(0o111);
  }
});

it('fails on an archive that is cut off', async () => {
  const wheel = join(work, 'tensorflow.whl');
  const whole = zipSync({ 'tensorflow/libtensorflow_cc.so.2': bytes('a library') });
  await writeFile(wheel, whole.subarray(0, whole.length / 2));
  await expect(unpack(wheel, placeIn(work, libraries))).rejects.toThrow();
});

it('refuses names that lead out of the folder', async () => {
  const wheel = join(work, 'tensorflow.whl');
  await writeFile(wheel, zipSync({ 'nvidia/../../outside': bytes('a file') }));
  await expect(unpack(wheel, placeIn(work, libraries))).rejects.toThrow('invalid relative path');
});
