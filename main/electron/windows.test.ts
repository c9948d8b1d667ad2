import { EventEmitter } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { BrowserWindow } from 'electron';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { Wish } from '../../shared/rpc/contract.ts';
import { createTexts } from './texts.ts';
import type { DesktopWindow } from './windows.ts';

const answers: number[] = [];
vi.mock('electron', () => ({
  app: { quit: vi.fn() },
  dialog: { showMessageBox: () => Promise.resolve({ response: answers.shift() }) },
}));
const { createWindows } = await import('./windows.ts');

let folder = '';
let inFront: EventEmitter | null = null;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'convas-windows-'));
  inFront = null;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function fakeWindow(): BrowserWindow {
  const window = new EventEmitter();
  return Object.assign(window, {
    isFocused: () => inFront === window,
    isMinimized: () => false,
    focus() {
      inFront = window;
      window.emit('focus');
    },
    webContents: { isCrashed: () => false },
    destroy: () => window.emit('closed'),
    setTitle: vi.fn(),
    setDocumentEdited: vi.fn(),
    setRepresentedFilename: vi.fn(),
  }) as never;
}

function create() {
  const used = vi.fn();
  const forget = vi.fn();
  const putAway = vi.fn(() => Promise.resolve({ ok: true as const, value: null }));
  const windows = createWindows({
    texts: createTexts('en'),
    sessions: { putAway },
    forget,
    create: fakeWindow,
    changed: vi.fn(),
    used,
    track: vi.fn(),
  });
  return { windows, used, forget, putAway };
}

/** What a window's page is asked since it was asked last. */
async function asked({ wishes }: DesktopWindow, count: number): Promise<readonly Wish[]> {
  const stop = new AbortController();
  const all: Wish[] = [];
  for await (const wish of wishes.listen(stop.signal)) if (all.push(wish) === count) break;
  return all;
}

async function project(name: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, '{}');
  return path;
}

/** The page tells that these files are in its tabs. */
function showsFiles(
  { windows }: ReturnType<typeof create>,
  window: DesktopWindow,
  tokens: string[],
  edited = false,
): void {
  const [fileToken = null] = tokens;
  windows.tell(window, {
    ...{ name: '', fileToken, openFiles: tokens, edited, undo: null, redo: null },
    ...{ language: 'en', theme: 'auto', train: 'train', keys: {} },
  });
}

describe('files that the system hands over', () => {
  it('are opened in a window of their own where there is none, and all in the same', async () => {
    const { windows, used } = create();
    const paths = [await project('a.convas'), await project('b.convas')];
    await windows.openFiles(paths);
    const [window, ...others] = windows.all();
    expect(others).toEqual([]);
    expect(await asked(window!, 2)).toMatchObject([
      { type: 'open', file: { fileName: 'a.convas' } },
      { type: 'open', file: { fileName: 'b.convas' } },
    ]);
    expect(used.mock.calls).toEqual(paths.map((path) => [path]));
  });

  it('are opened in the window that was in front last', async () => {
    const { windows } = create();
    const [first] = [windows.open(), windows.open()];
    first.browserWindow.focus();
    inFront = null;
    await windows.openFiles([await project('a.convas')]);
    expect(await asked(first, 1)).toMatchObject([{ type: 'open' }]);
    expect(inFront).toBe(first.browserWindow);
    expect(windows.all()).toHaveLength(2);
  });

  it('are shown where they are open, whichever window and tab that is, and not read again', async () => {
    const made = create();
    const { windows, used } = made;
    const path = await project('a.convas');
    await windows.openFiles([path]);
    const [first] = windows.all();
    const [opened] = await asked(first!, 1);
    const fileToken = opened?.type === 'open' ? opened.file.fileToken : '';
    showsFiles(made, first!, ['another', fileToken]);
    const second = windows.open();
    second.browserWindow.focus();
    await rm(path);
    await windows.openFiles([path]);
    expect(await asked(first!, 1)).toEqual([{ type: 'show', fileToken }]);
    expect(inFront).toBe(first!.browserWindow);
    expect(used).toHaveBeenCalledTimes(1);
    // Its tab was closed: it is opened anew.
    showsFiles(made, first!, ['another']);
    expect(windows.showFile(path)).toBe(false);
  });

  it('and cannot be read are told of in that window', async () => {
    const { windows, used } = create();
    await windows.openFiles([join(folder, 'missing.convas')]);
    expect(await asked(windows.all()[0]!, 1)).toMatchObject([
      { type: 'problems', problems: [{ code: 'unreadable-file' }] },
    ]);
    expect(used).not.toHaveBeenCalled();
  });
});

describe('a window that is closed', () => {
  const tick = () => new Promise((resolve) => setTimeout(resolve));
  const press = async (window: DesktopWindow) => {
    window.browserWindow.emit('close', { preventDefault: () => undefined });
    // The question is answered at once.
    await tick();
  };
  /** Closes a window whose page, where it has one, answers. */
  const close = async ({ windows }: ReturnType<typeof create>, window: DesktopWindow) => {
    await press(window);
    if (window.leaving !== null && windows.all().includes(window)) windows.mayClose(window, true);
    await tick();
  };

  it('does not come back while others stay, and all its projects are recoverable', async () => {
    const made = create();
    const [first] = [made.windows.open(), made.windows.open()];
    await close(made, first);
    expect(made.forget.mock.calls).toEqual([[first.windowId]]);
    expect(made.putAway.mock.calls).toEqual([[first.windowId, 'all']]);
  });

  it('comes back where it was the last one: without what the user did not save, which is recoverable', async () => {
    const made = create();
    const window = made.windows.open();
    showsFiles(made, window, [], true);
    answers.push(2);
    await close(made, window);
    expect(made.putAway).not.toHaveBeenCalled();
    answers.push(1);
    await close(made, window);
    expect(made.putAway.mock.calls).toEqual([[window.windowId, 'edited']]);
    expect(made.forget).not.toHaveBeenCalled();
    expect(made.windows.all()).toEqual([]);
  });

  it('comes back, as all do, where the program is told to end', async () => {
    const made = create();
    const windows = [made.windows.open(), made.windows.open()];
    made.windows.quitting = true;
    for (const window of windows) await close(made, window);
    expect(made.putAway).not.toHaveBeenCalled();
    expect(made.forget).not.toHaveBeenCalled();
  });

  it('stays until its page has kept what was done in the last moment', async () => {
    const made = create();
    const window = made.windows.open();
    showsFiles(made, window, [], true);
    answers.push(1);
    await press(window);
    expect(made.putAway).not.toHaveBeenCalled();
    expect(made.windows.all()).toEqual([window]);
    expect(await asked(window, 1)).toEqual([{ type: 'close' }]);
    made.windows.mayClose(window, true);
    expect(made.putAway.mock.calls).toEqual([[window.windowId, 'edited']]);
    expect(made.windows.all()).toEqual([]);
  });

  it('does not wait for ever for a page that says nothing', async () => {
    vi.useFakeTimers();
    const made = create();
    const window = made.windows.open();
    showsFiles(made, window, []);
    window.browserWindow.emit('close', { preventDefault: () => undefined });
    expect(made.windows.all()).toEqual([window]);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(made.windows.all()).toEqual([]);
    vi.useRealTimers();
  });

  it('comes back where the one that stayed closes while it does', async () => {
    const made = create();
    const windows = [made.windows.open(), made.windows.open()];
    for (const window of windows) showsFiles(made, window, []);
    for (const window of windows) await press(window);
    for (const window of windows) made.windows.mayClose(window, true);
    expect(made.forget.mock.calls).toEqual([[windows[0]?.windowId]]);
  });
});
