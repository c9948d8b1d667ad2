import { open, readdir, rename, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../run.mjs';
import { bindingPath } from './binding.mjs';
import { checkEngine, engineFolder, sha256Of, writeJson } from './folder.mjs';

/**
 * Tries an engine that was made in a work folder, records what is in it and moves it to its place, whole. Where
 * another set-up was faster, its engine stays.
 *
 * @param {string} made
 * @param {{ gpu: boolean, source: string, force: boolean }} about `force` replaces a whole engine too
 * @returns {Promise<{ folder: string, tensorflow: string }>}
 * @throws {Error} where the engine does not run on this machine
 */
export async function publishEngine(made, { gpu, source, force }) {
  const tensorflow = await tryEngine(made);
  const paths = await filesIn(made);
  const files = [];
  for (const path of paths) {
    const file = join(made, path);
    files.push({
      path: path.split(sep).join('/'),
      bytes: (await stat(file)).size,
      sha256: await sha256Of(file),
    });
    await sync(file);
  }
  const { platform, arch } = process;
  const record = { format: 1, tensorflow, platform, arch, gpu, source, binding: bindingPath, files };
  await writeJson(join(made, 'engine.json'), record);
  // It was hashed a moment ago: the first start need not do it again.
  await checkEngine(made);
  await sync(join(made, 'engine.json'));

  const folder = engineFolder(tensorflow, gpu);
  if (force || !(await checkEngine(folder)).ok) await replaceFolder(made, folder);
  return { folder, tensorflow };
}

/**
 * @param {string} engine
 * @returns {Promise<string>} TensorFlow's version
 */
async function tryEngine(engine) {
  const script = fileURLToPath(new URL('./try.mjs', import.meta.url));
  const binding = join(engine, ...bindingPath.split('/'));
  const { code, output } = await run(process.execPath, [script, binding], { seconds: 120 });
  const answer = output.split('\n').find((line) => line.startsWith('{"tensorflow"'));
  if (code === 0 && answer) return /** @type {{ tensorflow: string }} */ (JSON.parse(answer)).tensorflow;
  const complaint = output.split('\n').find((line) => /error/i.test(line));
  // 132 is SIGILL: the library uses instructions that this processor lacks.
  const why = code === 132 ? 'this processor lacks instructions that it needs (AVX)' : complaint;
  throw new Error(
    `TensorFlow was made but does not run here: ${why ?? `its process ended with code ${code}`}`,
  );
}

/**
 * @param {string} from
 * @param {string} to
 */
async function replaceFolder(from, to) {
  // What was there goes with the work folder.
  await rename(to, `${from}-old`).catch((/** @type {NodeJS.ErrnoException} */ error) => {
    if (error.code !== 'ENOENT')
      throw new Error(`${to} is in use: close Convas and try again`, { cause: error });
  });
  try {
    await rename(from, to);
  } catch (error) {
    // Another set-up put its engine here in this very moment.
    if (!(await checkEngine(to)).ok) throw error;
  }
}

/** @param {string} folder */
async function filesIn(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

/** @param {string} file */
async function sync(file) {
  const handle = await open(file, 'r+');
  await handle.sync().finally(() => handle.close());
}
