import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';

// Where TensorFlow lies and whether it is whole. Plain JavaScript on Node's own modules: the set-up runs it before
// anything is built, and `main/core/engineFolder.ts` is the same code with types.

/**
 * @typedef {object} EngineFile
 * @property {string} path relative to the engine's folder, with forward slashes
 * @property {number} bytes
 * @property {string} sha256
 */

/**
 * What `engine.json` in an engine's folder holds.
 *
 * @typedef {object} EngineRecord
 * @property {1} format
 * @property {string} tensorflow TensorFlow's version, as its library reports it
 * @property {string} platform
 * @property {string} arch
 * @property {boolean} gpu whether it is TensorFlow's build for CUDA
 * @property {string} source where the library came from, in words
 * @property {string} binding the addon, relative to the engine's folder
 * @property {EngineFile[]} files
 */

/** @typedef {{ ok: true, folder: string, record: EngineRecord } | { ok: false, reason: string }} EngineCheck */

/**
 * One rung of the ladder: a way to get an engine, or an engine itself.
 *
 * @typedef {{ name: string, ok: boolean, reason: string }} Rung
 */

/**
 * What `setup.json`, beside the engines' folders, holds: how the last set-up went.
 *
 * @typedef {{ tensorflow: string, gpu: boolean, finishedAt: string, rungs: Rung[] }} SetupReport
 */

/** @typedef {{ env?: NodeJS.ProcessEnv, platform?: string, arch?: string, home?: string }} Machine */

/**
 * The folder for what can be made again: `CONVAS_CACHE_DIR`, else `convas` in the user's cache folder.
 *
 * @param {Machine} [machine] this one unless given
 */
export function cacheFolder({ env = process.env, platform = process.platform, home = homedir() } = {}) {
  if (env['CONVAS_CACHE_DIR']) return env['CONVAS_CACHE_DIR'];
  if (platform === 'win32')
    return join(env['LOCALAPPDATA'] || join(home, 'AppData', 'Local'), 'convas', 'Cache');
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'convas');
  return join(env['XDG_CACHE_HOME'] || join(home, '.cache'), 'convas');
}

/**
 * The folder that holds an engine's folder: `engine` in the cache folder, or where `CONVAS_ENGINE_DIR` lies.
 *
 * @param {Machine} [machine]
 */
export function enginesFolder(machine = {}) {
  const { env = process.env } = machine;
  return env['CONVAS_ENGINE_DIR'] ? dirname(env['CONVAS_ENGINE_DIR']) : join(cacheFolder(machine), 'engine');
}

/**
 * Where an engine belongs: `<TensorFlow version>-<platform>-<arch>`, with `-gpu` for the CUDA build.
 *
 * @param {string} tensorflow
 * @param {boolean} gpu
 * @param {Machine} [machine]
 */
export function engineFolder(tensorflow, gpu, machine = {}) {
  const { env = process.env, platform = process.platform, arch = process.arch } = machine;
  if (env['CONVAS_ENGINE_DIR']) return env['CONVAS_ENGINE_DIR'];
  return join(enginesFolder(machine), `${tensorflow}-${platform}-${arch}${gpu ? '-gpu' : ''}`);
}

/**
 * The best engine that is set up and whole: `CONVAS_ENGINE_DIR` alone where it is set; else a CUDA build before others
 * (someone asked for it), the newest TensorFlow first.
 *
 * @param {Machine} [machine]
 * @returns {Promise<EngineCheck>}
 */
export async function findEngine(machine = {}) {
  const { env = process.env, platform = process.platform, arch = process.arch } = machine;
  if (env['CONVAS_ENGINE_DIR']) return checkEngine(env['CONVAS_ENGINE_DIR'], machine);
  const parent = enginesFolder(machine);
  const pattern = new RegExp(`^\\d[\\w.]*-${platform}-${arch}(-gpu)?$`);
  const names = (await readdir(parent).catch(() => [])).filter((name) => pattern.test(name));
  const isGpu = (/** @type {string} */ name) => Number(name.endsWith('-gpu'));
  names.sort((a, b) => isGpu(b) - isGpu(a) || b.localeCompare(a, 'en', { numeric: true }));
  /** @type {EngineCheck} */
  let best = { ok: false, reason: `no engine is set up in ${parent}` };
  for (const name of names) {
    const check = await checkEngine(join(parent, name), machine);
    if (check.ok) return check;
    best = check;
  }
  return best;
}

/**
 * Whether a folder holds a whole engine for this machine. Each file's SHA-256 is compared the first time, and again
 * when a size or a modification time has changed.
 *
 * @param {string} folder
 * @param {Machine} [machine]
 * @returns {Promise<EngineCheck>}
 */
export async function checkEngine(folder, machine = {}) {
  const { platform = process.platform, arch = process.arch } = machine;
  const record = await readJson(join(folder, 'engine.json'));
  if (record === undefined) return { ok: false, reason: `there is no engine in ${folder}` };
  if (!isRecord(record))
    return { ok: false, reason: `${join(folder, 'engine.json')} is not an engine's record` };
  if (record.platform !== platform || record.arch !== arch) {
    const made = `${record.platform}-${record.arch}`;
    return { ok: false, reason: `the engine in ${folder} is for ${made}, this is ${platform}-${arch}` };
  }
  const stamp = await stampOf(folder, record);
  if (stamp === undefined) return { ok: false, reason: `the engine in ${folder} is not whole` };
  const stampFile = stampFileOf(folder, machine);
  if (JSON.stringify(await readJson(stampFile)) === JSON.stringify(stamp))
    return { ok: true, folder, record };
  for (const file of record.files) {
    if ((await sha256Of(join(folder, file.path))) !== file.sha256) {
      return { ok: false, reason: `${join(folder, file.path)} is not the file that was set up` };
    }
  }
  // A folder that cannot be written to is verified at each start instead.
  await mkdir(dirname(stampFile), { recursive: true })
    .then(() => writeJson(stampFile, stamp))
    .catch(() => undefined);
  return { ok: true, folder, record };
}

/**
 * Where it is kept that a folder's files were verified. Nothing is written into a folder outside the cache: it may be
 * part of a package, whose signature does not allow another file.
 *
 * @param {string} folder
 * @param {Machine} machine
 */
function stampFileOf(folder, machine) {
  const cache = cacheFolder(machine);
  const name = relative(cache, folder);
  if (!name.startsWith('..') && !isAbsolute(name)) return join(folder, 'verified.json');
  return join(cache, 'verified', `${createHash('sha256').update(folder).digest('hex')}.json`);
}

/**
 * How the last set-up went, or undefined before the first.
 *
 * @param {Machine} [machine]
 * @returns {Promise<SetupReport | undefined>}
 */
export async function readSetupReport(machine) {
  const report = await readJson(join(enginesFolder(machine), 'setup.json'));
  return isReport(report) ? report : undefined;
}

/** @param {string} file */
export async function sha256Of(file) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}

/**
 * Writes a small JSON file whole or not at all.
 *
 * @param {string} file
 * @param {unknown} value
 */
export async function writeJson(file, value) {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    await writeFile(temporary, `${JSON.stringify(value, null, 2)}\n`);
    await rename(temporary, file);
  } finally {
    await rm(temporary, { force: true });
  }
}

/**
 * @param {string} file
 * @returns {Promise<unknown>} undefined where it is missing or not JSON
 */
async function readJson(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * Modification time and expected content of each file; undefined where one is missing or of another size than recorded.
 *
 * @param {string} folder
 * @param {EngineRecord} record
 */
async function stampOf(folder, record) {
  /** @type {Record<string, string>} */
  const stamp = {};
  for (const { path, bytes, sha256 } of record.files) {
    const found = await stat(join(folder, path)).catch(() => undefined);
    if (found?.size !== bytes) return undefined;
    stamp[path] = `${found.mtimeMs} ${sha256}`;
  }
  return stamp;
}

/**
 * @param {unknown} value
 * @returns {value is EngineRecord}
 */
function isRecord(value) {
  const record = /** @type {Partial<EngineRecord> | null} */ (value);
  const isFile = (/** @type {Partial<EngineFile> | null} */ file) =>
    isInside(file?.path) && typeof file?.bytes === 'number' && typeof file.sha256 === 'string';
  return (
    record?.format === 1 &&
    [record.tensorflow, record.platform, record.arch, record.source].every(
      (text) => typeof text === 'string',
    ) &&
    typeof record.gpu === 'boolean' &&
    Array.isArray(record.files) &&
    record.files.every(isFile) &&
    record.files.some((file) => file.path === record.binding)
  );
}

/** @param {string | undefined} path */
const isInside = (path) =>
  typeof path === 'string' && /^[\w.-]+(\/[\w.-]+)*$/.test(path) && !path.split('/').includes('..');

/**
 * @param {unknown} value
 * @returns {value is SetupReport}
 */
function isReport(value) {
  const report = /** @type {Partial<SetupReport> | null} */ (value);
  const isRung = (/** @type {Partial<Rung> | null} */ rung) =>
    typeof rung?.name === 'string' && typeof rung.ok === 'boolean' && typeof rung.reason === 'string';
  return (
    typeof report?.tensorflow === 'string' &&
    typeof report.gpu === 'boolean' &&
    typeof report.finishedAt === 'string' &&
    Array.isArray(report.rungs) &&
    report.rungs.every(isRung)
  );
}
