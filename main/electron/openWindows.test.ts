import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { createFileTokens, createOpenWindows } from './openWindows.ts';
import { createProjectFiles } from './projectFiles.ts';
import { createSettings } from './settings.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'convas-windows-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));
const start = () => createSettings({ folder, report: vi.fn() });
const bounds = { x: 10, y: 20, width: 900, height: 700, isMaximized: false };

it('windows come back at the next start with their places, but for those that were closed', async () => {
  const settings = start();
  const windows = createOpenWindows(settings);
  for (const windowId of ['one', 'two', 'three']) windows.saw(windowId, null);
  windows.saw('one', bounds);
  windows.forget('two');
  await settings.written();
  expect(createOpenWindows(start()).all()).toEqual([
    { windowId: 'one', bounds },
    { windowId: 'three', bounds: null },
  ]);
});

it('a list of windows that is no such list costs nothing else', async () => {
  await writeFile(
    join(folder, 'settings.json'),
    JSON.stringify({ windows: [{ windowId: '../x' }], recent: ['a'] }),
  );
  expect(start().get()).toMatchObject({ windows: [], recent: ['a'] });
});

it('a kept project is saved to its file after a restart, and a change by another program is noticed', async () => {
  const path = join(folder, 'a.convas');
  const settings = start();
  const saved = await createProjectFiles(createFileTokens(settings)).saveAs(path, '{}');
  const token = saved.ok ? saved.value.fileToken : '';
  await settings.written();
  const files = createProjectFiles(createFileTokens(start()));
  expect(files.pathOf(token)).toBe(path);
  expect(await files.isChanged(token)).toBe(false);
  expect(await files.save(token, '{"a":1}')).toMatchObject({ ok: true, value: { fileToken: token } });
  await writeFile(path, 'something else');
  expect(await files.isChanged(token)).toBe(true);
  await expect(files.save('another', '')).rejects.toThrow('does not have');
});
