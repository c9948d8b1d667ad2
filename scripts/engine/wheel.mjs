import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../run.mjs';
import { compileBinding, findCompiler } from './binding.mjs';
import { builds, oldestGlibc, tensorflowVersion, wheelPython } from './manifest.mjs';
import { publishEngine } from './publish.mjs';
import { unpack } from './unpack.mjs';
import { inWorkFolder, sizeOf } from './work-folder.mjs';

/** TensorFlow's headers that the binding includes, as they lie in the wheel. */
const headerFolder = 'tensorflow/include/';
const headers = ['tensorflow/c/', 'tensorflow/core/platform/ctstring', 'tsl/platform/ctstring', 'xla/tsl/c/'];
const notices = 'tensorflow/THIRD_PARTY_NOTICES.txt';

/**
 * Makes an engine of TensorFlow's Python wheel: pip fetches it, its libraries are unpacked, the binding is compiled.
 *
 * The build for CUDA has not been run on a machine with a GPU yet.
 *
 * @param {object} options
 * @param {boolean} options.gpu
 * @param {boolean} options.force
 * @param {import('./progress.mjs').Step} options.step
 * @returns {Promise<import('./setup.mjs').Outcome>}
 */
export async function setUpFromWheel({ gpu, force, step }) {
  const name = `${process.platform}-${process.arch}${gpu ? '-gpu' : ''}`;
  const build = builds[name];
  if (!build)
    return { ok: false, reason: `there is no TensorFlow ${tensorflowVersion} wheel to use on ${name}` };
  const glibc = glibcVersion();
  if (process.platform === 'linux' && isOlder(glibc, oldestGlibc)) {
    const have = glibc ? `has ${glibc}` : 'has none';
    return { ok: false, reason: `the wheel needs the GNU C library ${oldestGlibc}; this system ${have}` };
  }
  const compiler = await findCompiler();
  if (!compiler.ok) return compiler;
  const pip = await findPip();
  if (!pip) return { ok: false, reason: 'there is no pip (on Debian and Ubuntu: apt install python3-pip)' };

  return inWorkFolder(async (work) => {
    const engine = join(work, 'engine');
    const size = megabytes(build.wheels.reduce((sum, { bytes }) => sum + bytes, 0));
    await step(`downloading TensorFlow ${tensorflowVersion} (${size})`, (tell) =>
      fetchWheels(pip, build, work, tell),
    );
    const wheels = (await readdir(join(work, 'wheels'))).map((file) => join(work, 'wheels', file));
    await step('unpacking its libraries', async (tell) => {
      for (const [index, wheel] of wheels.entries()) {
        await unpack(wheel, placeIn(work, build.libraries), (now) => tell((index + now) / wheels.length));
        await rm(wheel);
      }
    });
    const { libraries } = build;
    await step('compiling the binding', () =>
      compileBinding({ compiler: compiler.compiler, engine, headers: join(work, 'include'), libraries }),
    );
    const source = `the Python wheel of ${build.wheels[0]?.requirement.split('==')[0] ?? ''}`;
    const { folder, tensorflow } = await step('verifying', () =>
      publishEngine(engine, { gpu, source, force }),
    );
    return { ok: true, folder, reason: `TensorFlow ${tensorflow} from ${source}` };
  });
}

/**
 * Where each file of a wheel goes: libraries to `deps/lib`, and the CUDA libraries to `deps/nvidia`, since TensorFlow's
 * own run path looks for them at `../nvidia/<part>/lib`.
 *
 * @param {string} work
 * @param {string[]} libraries
 * @returns {(name: string) => string | undefined}
 */
export function placeIn(work, libraries) {
  const engine = join(work, 'engine');
  return (name) => {
    const file = name.replace(/^tensorflow\//, '');
    if (libraries.includes(file)) return join(engine, 'deps', 'lib', file);
    if (name === notices) return join(engine, 'THIRD_PARTY_NOTICES.txt');
    if (name.startsWith(headerFolder)) {
      const header = name.slice(headerFolder.length);
      return headers.some((start) => header.startsWith(start)) ? join(work, 'include', header) : undefined;
    }
    return name.startsWith('nvidia/') && !name.includes('/include/') ? join(engine, 'deps', name) : undefined;
  };
}

/**
 * @param {string[]} pip
 * @param {import('./manifest.mjs').Build} build
 * @param {string} work
 * @param {import('./progress.mjs').Tell} tell
 */
async function fetchWheels([program = '', ...before], build, work, tell) {
  const [wheels, temporary] = [join(work, 'wheels'), join(work, 'pip')];
  await mkdir(wheels);
  await mkdir(temporary);
  const requirements = join(work, 'requirements.txt');
  const lines = build.wheels.map(({ requirement, sha256 }) => `${requirement} --hash=sha256:${sha256}\n`);
  await writeFile(requirements, lines.join(''));
  // pip's own progress needs a terminal or a recent pip; the size of what it has written tells as much.
  const total = build.wheels.reduce((sum, { bytes }) => sum + bytes, 0);
  const timer = setInterval(() => {
    void Promise.all([sizeOf(wheels), sizeOf(temporary)]).then(([a, b]) => tell((a + b) / total));
  }, 500);
  const { code, output, timedOut } = await run(
    program,
    [
      ...before,
      ...['download', '--no-deps', '--only-binary=:all:', '--no-cache-dir', '--no-input', '--require-hashes'],
      ...['--disable-pip-version-check', '--timeout', '30', '--retries', '2'],
      ...['--python-version', wheelPython, ...build.platforms.flatMap((tag) => ['--platform', tag])],
      ...['--dest', wheels, '--requirement', requirements],
    ],
    { seconds: 7200, env: { TMPDIR: temporary, TMP: temporary, TEMP: temporary } },
  ).finally(() => clearInterval(timer));
  if (code === 0) return;
  const complaint = output.split('\n').find((line) => line.startsWith('ERROR:'));
  throw new Error(
    `pip could not fetch it: ${timedOut ? 'it took more than two hours' : (complaint ?? `code ${code}`)}`,
  );
}

/** @returns {Promise<string[] | undefined>} how to call pip */
async function findPip() {
  const python = process.platform === 'win32' ? ['py', 'python'] : ['python3', 'python'];
  const ways = [...python.map((name) => [name, '-m', 'pip']), ['pip3'], ['pip']];
  for (const way of ways) {
    const [program = '', ...args] = way;
    if ((await run(program, [...args, '--version'])).code === 0) return way;
  }
  return undefined;
}

/** @returns {string | undefined} undefined where the C library is another one, as on Alpine */
function glibcVersion() {
  const report = /** @type {{ header: { glibcVersionRuntime?: string } }} */ (process.report.getReport());
  return report.header.glibcVersionRuntime;
}

/**
 * @param {string | undefined} version
 * @param {string} than
 */
const isOlder = (version, than) => !version || version.localeCompare(than, 'en', { numeric: true }) < 0;

/** @param {number} bytes */
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(0)} MB`;
