import {
  chmod,
  lstat,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { TrainEvent } from '../../shared/training/events.ts';
import { createPipePort } from './pipePort.ts';
import { createProjectFiles } from './projectFiles.ts';
import { saveModelFiles } from './saveModel.ts';
import { createSettings } from './settings.ts';
import { systemLanguage } from './texts.ts';
import { createWishes } from './wishes.ts';

vi.mock('electron', () => ({ app: {}, BrowserWindow: {}, ipcMain: {}, screen: {} }));
const { isTrusted } = await import('./bridge.ts');
const { createProgress } = await import('./training.ts');
const { placeOf } = await import('./windowFactory.ts');

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'convas-desktop-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('a sender of messages', () => {
  it('is trusted when it is the page’s own main frame, and never otherwise', () => {
    expect(isTrusted({ parent: null, origin: 'app://bundle' })).toBe(true);
    const parent = { parent: null, origin: 'app://bundle' } as never;
    for (const frame of [
      null,
      { parent, origin: 'app://bundle' },
      { parent: null, origin: 'app://bundle.attacker' },
      { parent: null, origin: 'https://bundle' },
      { parent: null, origin: 'null' },
      { parent: null, origin: '' },
    ]) {
      expect(isTrusted(frame)).toBe(false);
    }
  });
});

describe('the files of a window', () => {
  it('are written where they were opened, by their token alone', async () => {
    const path = join(folder, 'a.convas');
    await writeFile(path, 'old');
    const files = createProjectFiles();
    const opened = await files.open(path);
    expect(opened).toMatchObject({ ok: true, value: { fileName: 'a.convas', text: 'old' } });
    const token = opened.ok ? opened.value.fileToken : '';
    expect(await files.save(token, 'new')).toMatchObject({ ok: true, value: { fileToken: token } });
    expect(await readFile(path, 'utf8')).toBe('new');
    await expect(files.save('forged', 'x')).rejects.toThrow();
    expect(files.pathOf('forged')).toBeUndefined();
  });

  it.skipIf(process.platform === 'win32')('keep their rights, and stay behind their links', async () => {
    const real = join(folder, 'real.convas');
    await writeFile(real, 'old');
    await chmod(real, 0o664);
    await symlink(real, join(folder, 'link.convas'));
    const files = createProjectFiles();
    const opened = await files.open(join(folder, 'link.convas'));
    await files.save(opened.ok ? opened.value.fileToken : '', 'new');
    expect(await readFile(real, 'utf8')).toBe('new');
    expect((await stat(real)).mode & 0o777).toBe(0o664);
    expect((await lstat(join(folder, 'link.convas'))).isSymbolicLink()).toBe(true);
  });

  it('tell whether another program changed them', async () => {
    const path = join(folder, 'a.convas');
    await writeFile(path, 'old');
    const files = createProjectFiles();
    const opened = await files.open(path);
    const token = opened.ok ? opened.value.fileToken : '';
    expect(await files.isChanged(token)).toBe(false);
    await utimes(path, new Date(), new Date(Date.now() + 5000));
    expect(await files.isChanged(token)).toBe(true);
    await files.save(token, 'mine');
    expect(await files.isChanged(token)).toBe(false);
    await rm(path);
    expect(await files.isChanged(token)).toBe(true);
  });

  it('are refused with a sentence where they are folders, missing, or cannot be written', async () => {
    const files = createProjectFiles();
    expect(await files.open(folder)).toMatchObject({ problems: [{ code: 'unreadable-file' }] });
    expect(await files.open(join(folder, 'none'))).toMatchObject({ problems: [{ code: 'unreadable-file' }] });
    await writeFile(join(folder, 'file'), '');
    expect(await files.saveAs(join(folder, 'file', 'x'), 'x')).toMatchObject({
      problems: [{ code: 'unwritable-folder' }],
    });
  });
});

describe('an exported model', () => {
  const exported = async () => {
    const path = join(folder, 'model.json');
    await writeFile(path, '{}');
    return [{ name: 'model.json', path, bytes: 2 }];
  };

  it('becomes a new folder, whole', async () => {
    const target = join(folder, 'target');
    expect(await saveModelFiles(await exported(), target)).toEqual({ ok: true, value: { folder: target } });
    expect(await readdir(target)).toEqual(['model.json']);
    expect((await readdir(folder)).sort()).toEqual(['model.json', 'target']);
  });

  it('touches no folder with something in it, and leaves nothing behind when it fails', async () => {
    const files = await exported();
    expect(await saveModelFiles(files, folder)).toMatchObject({ problems: [{ code: 'folder-not-empty' }] });
    const missing = [...files, { name: 'weights.bin', path: join(folder, 'none'), bytes: 1 }];
    expect(await saveModelFiles(missing, join(folder, 'target'))).toMatchObject({
      problems: [{ code: 'unwritable-folder' }],
    });
    expect(await readdir(folder)).toEqual(['model.json']);
  });
});

describe('the settings', () => {
  const report = vi.fn();
  const create = () => createSettings({ folder, report });

  it('are there again at the next start', async () => {
    const settings = create();
    settings.set({ recent: ['a.convas'] });
    settings.set({ language: 'zh-TW' });
    await settings.written();
    expect(create().get()).toEqual({
      bounds: null,
      recent: ['a.convas'],
      language: 'zh-TW',
      windows: [],
      files: [],
    });
  });

  it.each(['', '{', '[]', '{"bounds": {"x": "left"}}', '{"recent": [1]}'])(
    'are the usual ones where the file holds %j, which is set aside',
    async (text) => {
      await writeFile(join(folder, 'settings.json'), text);
      const settings = create();
      expect(settings.get()).toEqual({ bounds: null, recent: [], language: null, windows: [], files: [] });
      expect(await readFile(join(folder, 'settings.json.broken'), 'utf8')).toBe(text);
    },
  );

  it('hold for this session where they cannot be written, which is told of once', async () => {
    await rm(folder, { recursive: true });
    await writeFile(folder, '');
    report.mockClear();
    const settings = createSettings({ folder: join(folder, 'inside'), report });
    report.mockClear();
    settings.set({ language: 'en' });
    settings.set({ recent: ['x'] });
    await settings.written();
    expect(settings.get()).toMatchObject({ language: 'en', recent: ['x'] });
    expect(report).toHaveBeenCalledTimes(1);
    expect((await stat(folder)).isFile()).toBe(true);
  });
});

describe('a window’s place', () => {
  const screens = [{ x: 0, y: 0, width: 1920, height: 1080 }];
  const bounds = { x: 100, y: 50, width: 1000, height: 700, isMaximized: false };

  it('is the last one, where it can be taken hold of', () => {
    expect(placeOf(bounds, screens)).toEqual({ x: 100, y: 50, width: 1000, height: 700 });
  });

  it('keeps its size alone where its screen is gone', () => {
    expect(placeOf({ ...bounds, x: 3000 }, screens)).toEqual({ width: 1000, height: 700 });
    expect(placeOf({ ...bounds, y: -500 }, screens)).toEqual({ width: 1000, height: 700 });
  });

  it('is the system’s choice at the first start', () => {
    expect(placeOf(null, screens)).not.toHaveProperty('x');
  });
});

describe('wishes to a page', () => {
  it('wait for the page, and go to the one that listens last', async () => {
    const wishes = createWishes();
    wishes.add({ type: 'command', id: 'undo' });
    const first = wishes.listen(new AbortController().signal);
    expect((await first.next()).value).toEqual({ type: 'command', id: 'undo' });
    const waiting = first.next();
    const second = wishes.listen(new AbortController().signal);
    const got = second.next();
    expect((await waiting).done).toBe(true);
    wishes.add({ type: 'command', id: 'redo' });
    expect((await got).value).toEqual({ type: 'command', id: 'redo' });
  });

  it('are kept when the page is gone before it heard them', async () => {
    const wishes = createWishes();
    const gone = new AbortController();
    const first = wishes.listen(gone.signal).next();
    gone.abort();
    expect((await first).done).toBe(true);
    wishes.add({ type: 'command', id: 'save' });
    const next = await wishes.listen(new AbortController().signal).next();
    expect(next.value).toEqual({ type: 'command', id: 'save' });
  });
});

describe('the pipe’s port', () => {
  it('carries text and bytes both ways until it is closed, and nothing else', () => {
    const sent: unknown[] = [];
    const heard: unknown[] = [];
    const close = vi.fn();
    const port = createPipePort('page', (message) => sent.push(message));
    port.on('message', (event) => heard.push(event?.data));
    port.on('close', close);
    port.receive('question');
    port.postMessage('answer');
    // What is behind bytes is handed over as bytes.
    port.postMessage(Uint8Array.of(1, 2).buffer);
    expect(() => port.postMessage({ text: 'object' })).toThrow(TypeError);
    port.close();
    port.close();
    port.postMessage('late');
    expect(heard).toEqual(['question']);
    expect(sent).toEqual([
      { page: 'page', data: 'answer' },
      { page: 'page', data: Uint8Array.of(1, 2) },
    ]);
    expect(close).toHaveBeenCalledTimes(1);
  });
});

describe('the progress of a training', () => {
  it('is the part of its batches that is done', () => {
    const progress = createProgress();
    const event = (more: object) => ({ runId: 'r', seq: 0, ...more }) as TrainEvent;
    expect(progress(event({ type: 'started', epochs: 2, batchesPerEpoch: 4 }))).toBe(0);
    expect(progress(event({ type: 'batch', epoch: 1, batch: 1 }))).toBe(0.25);
    expect(progress(event({ type: 'epoch', epoch: 1 }))).toBe(0.25);
    expect(progress(event({ type: 'batch', epoch: 2, batch: 3 }))).toBe(1);
  });
});

describe('the language at the first start', () => {
  it('is the system’s where it is one of ours', () => {
    expect([['zh-TW'], ['zh-Hant-HK'], ['en-GB', 'zh-TW'], ['de'], []].map(systemLanguage)).toEqual([
      'zh-TW',
      'zh-TW',
      'en',
      'en',
      'en',
    ]);
  });
});
