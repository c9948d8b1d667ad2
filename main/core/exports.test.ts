import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { findTemplate } from '../../shared/templates/index.ts';
import { createExports } from './exports.ts';
import { createProcesses } from './processes.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'convas-exports-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A trainer that writes one file where it is told to. */
const supervisor = {
  ready: () =>
    Promise.resolve({
      client: {
        async exportModel({ folder: path }: { folder: string }) {
          await writeFile(join(path, 'model.json'), '{}');
          return { ok: true };
        },
      },
    }),
} as never;

it('keeps ten prepared exports, of its own and of ended processes, beside those of a living one', async () => {
  const [mine, other, dead] = [createProcesses(folder), createProcesses(folder), createProcesses(folder)];
  const parent = join(folder, 'exports');
  const put = async (owner: string | null, count: number) => {
    for (let at = 0; at < count; at += 1) {
      const path = join(parent, `${String(owner)}-${String(at)}`);
      await mkdir(path, { recursive: true });
      await utimes(path, at, at);
    }
  };
  const [otherId, deadId] = [await other.own(), await dead.own()];
  await put(otherId, 12);
  await put(deadId, 12);
  await dead.close();
  const exports = createExports(folder, supervisor, mine);
  const prepared = await exports.prepare({ document: findTemplate('lenet-5')?.document }, 'any');
  expect(prepared).toMatchObject({ ok: true, value: { files: [{ name: 'model.json' }] } });
  const left = await readdir(parent);
  const count = (owner: string | null) => left.filter((name) => name.startsWith(String(owner))).length;
  expect([count(otherId), count(deadId), count(await mine.own())]).toEqual([12, 9, 1]);
  await Promise.all([mine.close(), other.close()]);
});
