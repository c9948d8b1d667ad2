import { cp, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { findEngine, sha256Of } from '../engine/folder.mjs';
import { at } from '../project.mjs';
import { run } from '../run.mjs';

/**
 * Puts the engine of this platform, stripped of its symbols, where electron-builder takes it from.
 *
 * @param {import('../steps.mjs').Say} say
 * @returns {Promise<string>} its TensorFlow
 */
export async function prepareEngine(say) {
  const found = await findEngine();
  if (!found.ok)
    throw new Error(`There is no engine to pack: ${found.reason}. \`npm run setup-engine\` makes one.`);
  const { folder, record } = found;
  const target = at('.cache', 'package', 'engine');
  const source = createHash('sha256')
    .update(await readFile(join(folder, 'engine.json')))
    .digest('hex');
  // Of the certificate in the keychain, where a release is made; `-` signs without one.
  const signer = process.env['CSC_NAME'] || '-';
  const wanted = `${source} ${signer}`;
  const stampFile = at('.cache', 'package', 'engine.stamp');
  const stamp = await readFile(stampFile, 'utf8').catch(() => '');
  if (stamp === wanted) return record.tensorflow;
  say(`copying TensorFlow ${record.tensorflow}`);
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  const files = [];
  for (const { path } of record.files) {
    const copy = join(target, path);
    await cp(join(folder, path), copy);
    await strip(copy, say);
    await sign(copy, signer);
    files.push({ path, bytes: (await stat(copy)).size, sha256: await sha256Of(copy) });
  }
  await writeFile(join(target, 'engine.json'), `${JSON.stringify({ ...record, files }, null, 2)}\n`);
  await writeFile(stampFile, wanted);
  return record.tensorflow;
}

const isLibrary = (/** @type {string} */ file) => /\.(so|dylib|node)(\.|$)/.test(file);

/**
 * macOS loads signed libraries alone. They are signed here, since their SHA-256 is taken next.
 *
 * @param {string} file
 * @param {string} signer
 */
async function sign(file, signer) {
  if (process.platform !== 'darwin' || !isLibrary(file)) return;
  const release = signer === '-' ? [] : ['--timestamp', '--options', 'runtime'];
  const { code, output } = await run('codesign', ['--force', ...release, '--sign', signer, file]);
  if (code !== 0) throw new Error(`${file} cannot be signed: ${output.trim()}`);
}

/**
 * Symbols are a quarter of the library, and nobody debugs it.
 *
 * @param {string} file
 * @param {import('../steps.mjs').Say} say
 */
async function strip(file, say) {
  /** @type {Partial<Record<NodeJS.Platform, string[]>>} */
  const commands = { linux: ['--strip-unneeded', file], darwin: ['-x', file] };
  const args = commands[process.platform];
  if (args === undefined || !isLibrary(file)) return;
  const { code, output } = await run('strip', args);
  if (code !== 0) say(`${file} keeps its symbols: ${output.trim()}`);
}
