import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, cp, mkdir, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { bindingPath } from './binding.mjs';
import { publishEngine } from './publish.mjs';
import { inWorkFolder, sizeOf } from './work-folder.mjs';

// As that package sees the others: npm may have put some into its own folder.
const require = createRequire(
  createRequire(import.meta.url).resolve('@tensorflow/tfjs-node-gpu/package.json'),
);

/** How long the package's script, which has no time-out of its own, may go on without receiving anything. */
const silenceSeconds = 45;

/**
 * The libraries that its binding asks for, by platform.
 *
 * @type {Record<string, string[]>}
 */
const libraries = {
  linux: ['libtensorflow.so.2', 'libtensorflow_framework.so.2'],
  darwin: ['libtensorflow.2.dylib', 'libtensorflow_framework.2.dylib'],
  win32: ['tensorflow.dll'],
};

/**
 * Makes an engine by the install script of `@tensorflow/tfjs-node-gpu`, run in a copy of the package: it downloads
 * TensorFlow of 2022 (2.9.1; 2.7 on Apple silicon) and a binding that is compiled already.
 *
 * @param {object} options
 * @param {boolean} options.gpu
 * @param {boolean} options.force
 * @param {import('./progress.mjs').Step} options.step
 * @returns {Promise<import('./setup.mjs').Outcome>}
 */
export async function setUpFromDownload({ gpu, force, step }) {
  const names = libraries[process.platform];
  if (!names) return { ok: false, reason: `tfjs-node-gpu has no TensorFlow for ${process.platform}` };
  return inWorkFolder(async (work) => {
    const copy = join(work, 'package');
    const original = dirname(require.resolve('./package.json'));
    for (const part of ['package.json', 'binding.gyp', 'binding', 'scripts']) {
      await cp(join(original, part), join(copy, part), { recursive: true });
    }
    await step("running tfjs-node-gpu's own download", () => runInstallScript(copy, gpu));

    const engine = join(work, 'engine');
    const binding = join(engine, ...bindingPath.split('/'));
    await mkdir(dirname(binding), { recursive: true });
    await mkdir(join(engine, 'deps', 'lib'), { recursive: true });
    await copyFile(join(copy, ...bindingPath.split('/')), binding);
    for (const name of names) {
      // Windows has no run path: it looks beside the binding.
      const to = process.platform === 'win32' ? dirname(binding) : join(engine, 'deps', 'lib');
      await copyFile(join(copy, 'deps', 'lib', name), join(to, name));
    }
    const source = 'the download of @tensorflow/tfjs-node-gpu';
    const { folder, tensorflow } = await step('verifying', () =>
      publishEngine(engine, { gpu, source, force }),
    );
    return { ok: true, folder, reason: `TensorFlow ${tensorflow} from ${source}` };
  });
}

/**
 * @param {string} copy
 * @param {boolean} gpu
 */
async function runInstallScript(copy, gpu) {
  // The copy finds the modules and the programs that its script needs where the package itself finds them.
  const modules = (require.resolve.paths('@mapbox/node-pre-gyp') ?? []).filter((folder) =>
    existsSync(folder),
  );
  const path = [...modules.map((folder) => join(folder, '.bin')), process.env['PATH']].join(delimiter);
  const child = spawn(process.execPath, ['scripts/install.js', gpu ? 'gpu' : 'cpu', 'download'], {
    cwd: copy,
    env: { ...process.env, PATH: path, NODE_PATH: modules.join(delimiter) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (/** @type {string} */ chunk) => (text += chunk));
  }
  let [size, silent] = [0, 0];
  const watch = setInterval(() => {
    void sizeOf(copy).then((now) => {
      silent = now === size ? silent + 1 : 0;
      size = now;
      if (silent >= silenceSeconds) child.kill('SIGKILL');
    });
  }, 1000);
  /** @type {number | null} */
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve)).finally(
    () => clearInterval(watch),
  );
  if (silent >= silenceSeconds) throw new Error(`nothing arrived for ${silenceSeconds} seconds`);
  const complaint =
    text.split('\n').find((line) => /error:/i.test(line)) ?? `its script ended with code ${code}`;
  const done = await stat(join(copy, ...bindingPath.split('/'))).catch(() => undefined);
  if (code !== 0 || !done) throw new Error(complaint.trim());
}
