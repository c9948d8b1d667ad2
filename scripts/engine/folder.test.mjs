import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cacheFolder, checkEngine, engineFolder, findEngine, readSetupReport, sha256Of } from './folder.mjs';

const [platform, arch] = ['linux', 'x64'];
const library = 'deps/lib/libtensorflow_cc.so.2';
/** @type {string} */
let cache;
/** @type {import('./folder.mjs').Machine} */
let machine;

beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), 'convas-cache-'));
  machine = { env: { CONVAS_CACHE_DIR: cache }, platform, arch };
});
afterEach(() => rm(cache, { recursive: true }));

/** @param {{ tensorflow?: string, gpu?: boolean, change?: object, folder?: string }} [options] */
async function makeEngine({ tensorflow = '2.21.0', gpu = false, change = {}, folder } = {}) {
  const place = folder ?? engineFolder(tensorflow, gpu, machine);
  const binding = 'lib/napi-v8/tfjs_binding.node';
  const files = [];
  for (const path of [binding, library]) {
    const file = join(place, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, `the content of ${path}`);
    files.push({ path, bytes: `the content of ${path}`.length, sha256: await sha256Of(file) });
  }
  const record = { format: 1, tensorflow, platform, arch, gpu, source: 'a test', binding, files };
  await writeFile(join(place, 'engine.json'), JSON.stringify({ ...record, ...change }));
  return place;
}

describe('the cache folder', () => {
  it.each([
    ['linux', {}, '/home/a/.cache/convas'],
    ['linux', { XDG_CACHE_HOME: '/caches' }, '/caches/convas'],
    ['darwin', {}, '/home/a/Library/Caches/convas'],
    ['win32', { LOCALAPPDATA: '/local' }, '/local/convas/Cache'],
    ['linux', { CONVAS_CACHE_DIR: '/elsewhere', XDG_CACHE_HOME: '/caches' }, '/elsewhere'],
  ])('lies on %s with %j at %s', (system, env, expected) => {
    const folder = cacheFolder({ platform: system, env, home: '/home/a' });
    expect(folder.replaceAll('\\', '/')).toBe(expected);
  });
});

describe('checking an engine', () => {
  it('accepts a whole one and does not read its files a second time', async () => {
    const folder = await makeEngine();
    const file = join(folder, library);
    const time = new Date(2026, 0, 1);
    await utimes(file, time, time);
    expect(await checkEngine(folder, machine)).toMatchObject({ ok: true, record: { tensorflow: '2.21.0' } });

    // The same size and time: only its content could tell.
    await writeFile(file, (await readFile(file, 'utf8')).toUpperCase());
    await utimes(file, time, time);
    expect(await checkEngine(folder, machine)).toMatchObject({ ok: true });
  });

  it('reads a file again whose time has changed, and refuses it where its content has', async () => {
    const folder = await makeEngine();
    await checkEngine(folder, machine);
    const file = join(folder, library);
    const later = new Date(Date.now() + 60_000);
    await utimes(file, later, later);
    expect(await checkEngine(folder, machine)).toMatchObject({ ok: true });

    await writeFile(file, (await readFile(file, 'utf8')).toUpperCase());
    const check = await checkEngine(folder, machine);
    expect(check).toMatchObject({ ok: false });
    expect(!check.ok && check.reason).toContain('is not the file that was set up');
  });

  it('writes nothing into one outside the cache, which may be part of a signed package', async () => {
    const outside = await mkdtemp(join(tmpdir(), 'convas-packed-'));
    try {
      const folder = await makeEngine({ folder: outside });
      const before = await readdir(folder);
      expect(await checkEngine(folder, machine)).toMatchObject({ ok: true });
      expect(await readdir(folder)).toEqual(before);
      expect(await readdir(join(cache, 'verified'))).toHaveLength(1);
      const file = join(folder, library);
      const later = new Date(Date.now() + 60_000);
      await writeFile(file, (await readFile(file, 'utf8')).toUpperCase());
      await utimes(file, later, later);
      expect(await checkEngine(folder, machine)).toMatchObject({ ok: false });
    } finally {
      await rm(outside, { recursive: true });
    }
  });

  it('refuses one with a file missing or cut off', async () => {
    const folder = await makeEngine();
    await writeFile(join(folder, library), 'half');
    expect(await checkEngine(folder, machine)).toMatchObject({ ok: false });
    await rm(join(folder, library));
    expect(await checkEngine(folder, machine)).toMatchObject({ ok: false });
  });

  it('refuses one for another machine', async () => {
    const folder = await makeEngine();
    const check = await checkEngine(folder, { ...machine, arch: 'arm64' });
    expect(!check.ok && check.reason).toContain('is for linux-x64, this is linux-arm64');
  });

  it.each([
    { format: 2 },
    { files: 'none' },
    { files: [] },
    { files: [{ path: '../../etc/passwd', bytes: 1, sha256: '' }] },
    { files: [{ path: '/etc/passwd', bytes: 1, sha256: '' }] },
    { binding: 'lib/another.node' },
  ])('refuses a record with %j', async (change) => {
    const check = await checkEngine(await makeEngine({ change }), machine);
    expect(!check.ok && check.reason).toContain('not an engine');
  });
});

describe('finding an engine', () => {
  it('says where it looked when there is none', async () => {
    const found = await findEngine(machine);
    expect(!found.ok && found.reason).toContain(cache);
  });

  it('takes the newest that is whole, and one for CUDA before all others', async () => {
    await makeEngine({ tensorflow: '2.9.1' });
    expect(await findEngine(machine)).toMatchObject({ record: { tensorflow: '2.9.1' } });
    const newest = await makeEngine({ tensorflow: '2.21.0' });
    expect(await findEngine(machine)).toMatchObject({ folder: newest });
    await makeEngine({ tensorflow: '2.9.1', gpu: true });
    expect(await findEngine(machine)).toMatchObject({ record: { tensorflow: '2.9.1', gpu: true } });
  });

  it('passes by one that is damaged', async () => {
    await rm(join(await makeEngine({ tensorflow: '2.22.0' }), library));
    await makeEngine({ tensorflow: '2.21.0' });
    expect(await findEngine(machine)).toMatchObject({ record: { tensorflow: '2.21.0' } });
  });

  it('looks at CONVAS_ENGINE_DIR alone where it is set', async () => {
    await makeEngine();
    const folder = join(cache, 'mine');
    const env = { ...machine.env, CONVAS_ENGINE_DIR: folder };
    expect(await findEngine({ ...machine, env })).toMatchObject({ ok: false });
    await makeEngine({ folder });
    expect(await findEngine({ ...machine, env })).toMatchObject({ ok: true, folder });
  });
});

it('reads how the last set-up went, and nothing where that is not what it holds', async () => {
  const file = join(cache, 'engine', 'setup.json');
  const rungs = [{ name: 'wheel', ok: false, reason: 'there is no C++ compiler' }];
  const report = { tensorflow: '2.21.0', gpu: false, finishedAt: '2026-01-01T00:00:00.000Z', rungs };
  expect(await readSetupReport(machine)).toBeUndefined();
  await mkdir(dirname(file));
  await writeFile(file, JSON.stringify(report));
  expect(await readSetupReport(machine)).toEqual(report);
  await writeFile(file, JSON.stringify({ ...report, rungs: 'none' }));
  expect(await readSetupReport(machine)).toBeUndefined();
});
