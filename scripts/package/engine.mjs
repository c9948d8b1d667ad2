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
  const stampFile = at('.cache', 'package', 'engine.stamp');
  const stamp = await readFile(stampFile, 'utf8').catch(() => '');
  if (stamp === source) return record.tensorflow;
  say(`copying TensorFlow ${record.tensorflow}`);
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  const files = [];
  for (const { path } of record.files) {
    const copy = join(target, path);
    await cp(join(folder, path), copy);
    await strip(copy, say);
    files.push({ path, bytes: (await stat(copy)).size, sha256: await sha256Of(copy) });
  }
  await writeFile(join(target, 'engine.json'), `${JSON.stringify({ ...record, files }, null, 2)}\n`);
  await writeFile(stampFile, source);
  return record.tensorflow;
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
  if (args === undefined || !/\.(so|dylib|node)(\.|$)/.test(file)) return;
  const { code, output } = await run('strip', args);
  if (code !== 0) say(`${file} keeps its symbols: ${output.trim()}`);
}
