import { createRequire } from 'node:module';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { run } from '../run.mjs';

const require = createRequire(import.meta.url);

/** The addon, relative to an engine's folder. */
export const bindingPath = 'lib/napi-v8/tfjs_binding.node';

/** The C++ compilers to look for, by preference. */
const compilers = [process.env['CXX'], 'c++', 'g++', 'clang++'].filter((name) => name !== undefined);

/**
 * A C++ compiler that runs.
 *
 * @returns {Promise<{ ok: true, compiler: string } | { ok: false, reason: string }>}
 */
export async function findCompiler() {
  // Without the tools, macOS's own `c++` opens a window that offers them: ask first.
  if (process.platform === 'darwin' && (await run('xcode-select', ['-p'])).code !== 0) {
    return { ok: false, reason: 'there is no C++ compiler (xcode-select --install brings one)' };
  }
  for (const compiler of compilers) {
    if ((await run(compiler, ['--version'])).code === 0) return { ok: true, compiler };
  }
  return { ok: false, reason: 'there is no C++ compiler (on Debian and Ubuntu: apt install g++)' };
}

/**
 * Compiles the addon of `@tensorflow/tfjs-node-gpu` for an engine whose libraries are in place. Its package stays
 * untouched. One call of the compiler rather than node-gyp: that needs make, Python and Node's own headers, which it
 * may have to download, and its build file names libraries that current TensorFlow has no more.
 *
 * @param {object} options
 * @param {string} options.compiler
 * @param {string} options.engine the engine's folder
 * @param {string} options.headers the folder with TensorFlow's headers
 * @param {string[]} options.libraries their names in the engine's `deps/lib`
 * @throws {Error} with the compiler's first complaint
 */
export async function compileBinding({ compiler, engine, headers, libraries }) {
  const sources = join(dirname(require.resolve('@tensorflow/tfjs-node-gpu/package.json')), 'binding');
  const output = join(engine, ...bindingPath.split('/'));
  await mkdir(dirname(output), { recursive: true });
  const mac = process.platform === 'darwin';
  const origin = mac ? '@loader_path' : '$ORIGIN';
  const { code, output: text } = await run(
    compiler,
    [
      ...['-std=c++17', '-O2', '-fPIC', '-DNAPI_VERSION=8', '-w'],
      // Node's own symbols are found when the addon is loaded.
      ...(mac ? ['-bundle', '-undefined', 'dynamic_lookup'] : ['-shared']),
      ...['-I', dirname(require.resolve('node-api-headers/include/node_api.h')), '-I', headers],
      ...['tfjs_backend.cc', 'tfjs_binding.cc'].map((file) => join(sources, file)),
      ...libraries.map((name) => join(engine, 'deps', 'lib', name)),
      ...[`-Wl,-rpath,${origin}/../../deps/lib`, '-o', output],
    ],
    { seconds: 600 },
  );
  if (code === 0) return;
  const complaint = text.split('\n').find((line) => /error/i.test(line)) ?? `it ended with code ${code}`;
  throw new Error(`${compiler} could not compile the binding: ${complaint.trim()}`);
}
