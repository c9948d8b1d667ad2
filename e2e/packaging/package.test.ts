import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

import { extractAll, listPackage, statFile } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { sizeBudget } from '../../scripts/package/budget.mjs';
import { preparePackage, runBuilder } from '../../scripts/package/builder.mjs';
import { makeStandInDistribution } from '../../scripts/package/standIn.mjs';
import { at } from '../../scripts/project.mjs';
import type { TrainEvent } from '../../shared/training/events.ts';

const output = at('.cache', 'package', 'release');
const program = join(output, 'linux-unpacked');
const archive = join(program, 'resources', 'app.asar');

let node = '';
/** Where the packed tree is tried: a folder with a space in its name, far from the repository. */
let place = '';
beforeAll(async () => {
  if (process.platform !== 'linux') return;
  node = await preparePackage();
  await rm(output, { recursive: true, force: true });
  const { code, output: said } = await runBuilder(
    node,
    [
      ...['--linux', 'dir', '--publish', 'never'],
      `-c.electronDist=${makeStandInDistribution()}`,
      `-c.directories.output=${output}`,
    ],
    'capture',
  );
  if (code !== 0) throw new Error(said);
  place = await mkdtemp(join(tmpdir(), 'convas package-'));
}, 900_000);
afterAll(async () => {
  await rm(output, { recursive: true, force: true });
  await rm(place, { recursive: true, force: true });
});

/** Every file below a folder, relative to it, with forward slashes. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}

async function mebibytes(folder: string): Promise<number> {
  const sizes = (await filesIn(folder)).map(async (file) => (await stat(join(folder, file))).size);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0) / 2 ** 20;
}

/** Runs a program of the packed tree as a user's machine would: without anything of this repository around it. */
function runPacked(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(
      node,
      [...args],
      { cwd: place, env: { PATH: process.env['PATH'], ...env }, maxBuffer: 2 ** 28 },
      (error, stdout, stderr) => {
        resolve({
          code: typeof error?.code === 'number' ? error.code : error === null ? 0 : 1,
          stdout,
          stderr,
        });
      },
    );
  });
}

// The stand-in is one of Electron for Linux.
describe.skipIf(process.platform !== 'linux')('the packed program', () => {
  it('has its fuses as they are to be', async () => {
    const wire = await getCurrentFuseWire(join(program, 'convas'));
    const fuse = (option: FuseV1Options) => String.fromCharCode(wire[option] ?? 0);
    expect({
      runAsNode: fuse(FuseV1Options.RunAsNode),
      cookieEncryption: fuse(FuseV1Options.EnableCookieEncryption),
      nodeOptions: fuse(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
      nodeCliInspect: fuse(FuseV1Options.EnableNodeCliInspectArguments),
      asarIntegrity: fuse(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
      onlyLoadAppFromAsar: fuse(FuseV1Options.OnlyLoadAppFromAsar),
      browserSnapshot: fuse(FuseV1Options.LoadBrowserProcessSpecificV8Snapshot),
      fileProtocol: fuse(FuseV1Options.GrantFileProtocolExtraPrivileges),
    }).toEqual({
      runAsNode: '0',
      cookieEncryption: '1',
      nodeOptions: '0',
      nodeCliInspect: '0',
      asarIntegrity: '1',
      onlyLoadAppFromAsar: '1',
      browserSnapshot: '0',
      fileProtocol: '0',
    });
  });

  it('keeps everything but the engine inside its archive', async () => {
    const outside = (await filesIn(join(program, 'resources'))).filter((file) => file !== 'app.asar');
    const engine = JSON.parse(await readFile(at('.cache', 'package', 'engine', 'engine.json'), 'utf8')) as {
      files: { path: string }[];
    };
    // What reads images is native code too, and lies in the folder beside the archive that Electron looks in.
    const images = /^app\.asar\.unpacked\/node_modules\/(sharp|@img)\//;
    expect(outside.some((file) => images.test(file) && file.endsWith('.node'))).toBe(true);
    expect(outside.filter((file) => !images.test(file))).toEqual([
      // Where new versions are looked for.
      'app-update.yml',
      ...['engine.json', ...engine.files.map(({ path }) => path)].map((path) => `engine/${path}`).sort(),
    ]);
    const native = listPackage(archive, { isPack: false }).filter(
      (path) => /\.(node|so|dylib|dll)(\.\d+)*$/.test(path) && !statFile(archive, path.slice(1)).unpacked,
    );
    expect(native).toEqual([]);
  });

  it('ships no sources, maps, tests, headers or set-up', () => {
    const files = listPackage(archive, { isPack: false }).map((path) => path.replaceAll('\\', '/'));
    const unwanted =
      /\.(map|tsx?|mts|cts|h|cc|gyp|tsbuildinfo)$|(^|\/)(test|tests|__tests__|e2e|bench|scripts|docs|\.cache|\.git)(\/|$)|\.test\.|node_modules\/(@mapbox|yauzl|node-api-headers|electron|vite|typescript)\//;
    expect(files.filter((file) => unwanted.test(file))).toEqual([]);
    for (const wanted of [
      'out/main/electron.js',
      'out/main/trainer.js',
      'out/preload/index.cjs',
      'out/renderer/index.html',
      'LICENSE',
    ]) {
      expect(files).toContain(`/${wanted}`);
    }
  });

  it('is within its budget of size', async () => {
    const sizes = {
      archive: (await stat(archive)).size / 2 ** 20,
      engine: await mebibytes(join(program, 'resources', 'engine')),
    };
    console.log(`archive ${sizes.archive.toFixed(0)} MiB, engine ${sizes.engine.toFixed(0)} MiB`);
    expect(sizes.archive).toBeLessThan(sizeBudget.archive * 1.1);
    expect(sizes.engine).toBeLessThan(sizeBudget.engine * 1.1);
  });

  it('works, extracted, on Electron’s Node.js: checks, trains on its own TensorFlow, exports', async () => {
    const app = join(place, 'app');
    extractAll(archive, app);
    await symlink(join(program, 'resources', 'engine'), join(place, 'engine'));
    const cli = join(app, 'out', 'main', 'cli.js');
    const env = {
      CONVAS_ENGINE_DIR: join(place, 'engine'),
      CONVAS_DATA_DIR: join(place, 'data'),
      HOME: place,
    };
    const doctor = await runPacked([cli, 'doctor', '--json'], env);
    expect(doctor.stderr).toBe('');
    expect(JSON.parse(doctor.stdout)).toMatchObject({ engine: { name: 'native' }, dataset: { ok: true } });

    const run = join(place, 'run');
    const trained = await runPacked(
      [
        cli,
        'train',
        'lenet-5',
        '--limit',
        '512',
        '--epochs',
        '1',
        '--engine',
        'native',
        '--json',
        '--out',
        run,
      ],
      env,
    );
    expect(trained.stderr).toBe('');
    const events = trained.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as TrainEvent);
    const started = events.find(({ type }) => type === 'started');
    expect(started).toMatchObject({ engine: { name: 'native' } });
    expect(events.at(-1)).toMatchObject({ type: 'done', receipt: { ok: true, trained: true } });

    const exported = join(place, 'model');
    const written = await runPacked(
      [cli, 'export', run, '--format', 'tfjs', '--out', exported, '--json'],
      env,
    );
    expect(JSON.parse(written.stdout)).toMatchObject({ ok: true, trained: true });
    expect((await readdir(exported)).sort()).toEqual(['model.json', 'receipt.json', 'weights.bin']);
  }, 300_000);

  it('trains on WebAssembly where its engine is gone', async () => {
    const app = join(place, 'app');
    const env = {
      CONVAS_ENGINE_DIR: join(place, 'nothing'),
      CONVAS_DATA_DIR: join(place, 'data'),
      HOME: place,
    };
    const cli = join(app, 'out', 'main', 'cli.js');
    const args = [
      'train',
      'lenet-5',
      '--limit',
      '64',
      '--epochs',
      '1',
      '--json',
      '--out',
      join(place, 'wasm'),
    ];
    const trained = await runPacked([cli, ...args], env);
    const events = trained.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as TrainEvent);
    expect(events[0]).toMatchObject({ engine: { name: 'wasm' } });
    expect(events.at(-1)).toMatchObject({ type: 'done' });
  }, 300_000);
});
