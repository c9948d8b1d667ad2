import { EventEmitter } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { beforeEach, describe, expect, it, vi } from 'vitest';

import { createSettings } from './settings.ts';

type Handler = (...args: unknown[]) => unknown;
const { app, ipc, made, openExternal, session } = await vi.hoisted(async () => {
  const { EventEmitter: Emitter } = await import('node:events');
  const made: { webPreferences: Record<string, unknown> }[] = [];
  /** What the program sets, by the name of the function that sets it. */
  const session: Record<string, Handler> = {};
  const openExternal = vi.fn(() => Promise.resolve());
  return {
    app: Object.assign(new Emitter(), { isPackaged: true }),
    ipc: new Emitter(),
    made,
    openExternal,
    session,
  };
});
vi.mock('electron', async () => {
  const { EventEmitter: Emitter } = await import('node:events');
  const setters = ['PermissionRequest', 'PermissionCheck', 'DevicePermission', 'DisplayMediaRequest'];
  const defaultSession = {
    ...Object.fromEntries(
      setters.map((name) => [`set${name}Handler`, (handler: Handler) => (session[name] = handler)]),
    ),
    webRequest: { onBeforeRequest: (handler: Handler) => (session['onBeforeRequest'] = handler) },
  };
  class BrowserWindow extends Emitter {
    constructor(options: { webPreferences: Record<string, unknown> }) {
      super();
      made.push(options);
    }
    loadURL = () => Promise.resolve();
  }
  return {
    app,
    BrowserWindow,
    ipcMain: ipc,
    protocol: {},
    screen: { getAllDisplays: () => [] },
    session: { defaultSession },
    shell: { openExternal },
  };
});
const { setupBridge } = await import('./bridge.ts');
const { setupSecurity } = await import('./security.ts');
const { createPageWindow } = await import('./windowFactory.ts');

describe('a window', () => {
  it('is made with every safe setting written out', () => {
    createPageWindow(createSettings({ folder: '/nowhere', report: vi.fn() }), 'preload.cjs');
    expect(made[0]?.webPreferences).toEqual({
      preload: 'preload.cjs',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      disableBlinkFeatures: 'Auxclick',
    });
  });
});

describe('the session', () => {
  const answers = (handler: string, ...args: unknown[]) => {
    const answer = vi.fn();
    session[handler]?.(...args.map((arg) => (arg === 'answer' ? answer : arg)));
    return answer.mock.calls[0]?.[0] as unknown;
  };
  beforeEach(() => setupSecurity());

  it('denies permissions, asked for and looked up, devices and screens', () => {
    const ours = { requestingUrl: 'app://bundle/index.html' };
    const theirs = { requestingUrl: 'https://example.com/' };
    expect(answers('PermissionRequest', null, 'media', 'answer', ours)).toBe(false);
    expect(answers('PermissionRequest', null, 'fullscreen', 'answer', theirs)).toBe(false);
    expect(answers('PermissionRequest', null, 'fullscreen', 'answer', ours)).toBe(true);
    expect(session['PermissionCheck']?.(null, 'geolocation', 'app://bundle/')).toBe(false);
    expect(session['PermissionCheck']?.(null, 'fullscreen', 'app://bundle/')).toBe(true);
    expect(session['DevicePermission']?.({})).toBe(false);
    expect(answers('DisplayMediaRequest', {}, 'answer')).toEqual({});
  });

  it('lets nothing be fetched but the page', () => {
    expect(answers('onBeforeRequest', { url: 'https://example.com/' }, 'answer')).toEqual({ cancel: true });
    expect(answers('onBeforeRequest', { url: 'app://bundle/index.html' }, 'answer')).toEqual({
      cancel: false,
    });
  });
});

describe('every page that there will be', () => {
  function createContents() {
    let onOpen: Handler = () => undefined;
    const contents = Object.assign(new EventEmitter(), {
      setWindowOpenHandler: (handler: Handler) => (onOpen = handler),
      open: (url: string) => onOpen({ url }),
    });
    app.removeAllListeners();
    setupSecurity();
    app.emit('web-contents-created', {}, contents);
    return contents;
  }

  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'])(
    'is denied %s',
    (name) => {
      const preventDefault = vi.fn();
      createContents().emit(name, { preventDefault, url: 'app://bundle/index.html' });
      expect(preventDefault).toHaveBeenCalledTimes(1);
    },
  );

  it('opens no window, and hands the system’s browser only what Convas links to', () => {
    const contents = createContents();
    expect(contents.open('https://example.com/')).toEqual({ action: 'deny' });
    expect(contents.open('file:///etc/passwd')).toEqual({ action: 'deny' });
    expect(openExternal).not.toHaveBeenCalled();
    expect(contents.open('https://github.com/tensorflow/tfjs')).toEqual({ action: 'deny' });
    expect(openExternal).toHaveBeenCalledWith('https://github.com/tensorflow/tfjs');
  });
});

describe('the bridge', () => {
  const page = { parent: null, origin: 'app://bundle' };
  const report = vi.fn();
  const received: string[] = [];
  const contents = () =>
    Object.assign(new EventEmitter(), { id: 1, isDestroyed: () => false, send: vi.fn() });
  const send = (senderFrame: unknown, message: unknown) =>
    ipc.emit('convas', { sender: contents(), senderFrame }, message);
  beforeEach(() => {
    ipc.removeAllListeners();
    report.mockClear();
    received.length = 0;
    setupBridge(
      (_contents, port) => port.on('message', (event) => received.push(String(event?.data))),
      report,
    );
  });

  it('takes messages of the page', () => {
    send(page, { page: 'aaaaaaaa', data: 'text' });
    expect(received).toEqual(['text']);
    expect(report).not.toHaveBeenCalled();
  });

  it.each([
    ['of a frame in the page', { parent: page, origin: 'app://bundle' }],
    ['of another origin', { parent: null, origin: 'https://example.com' }],
    ['of a frame that is gone', null],
  ])('takes none %s', (_what, frame) => {
    send(frame, { page: 'aaaaaaaa', data: 'text' });
    expect(received).toEqual([]);
    expect(report).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['no object', 'text'],
    ['another member', { page: 'aaaaaaaa', data: 'text', path: '/etc/passwd' }],
    ['no text', { page: 'aaaaaaaa', data: { text: 'text' } }],
    ['more than 40 MiB', { page: 'aaaaaaaa', data: 'x'.repeat(40 * 2 ** 20 + 1) }],
  ])('takes none with %s', (_what, message) => {
    send(page, message);
    expect(received).toEqual([]);
    expect(report).toHaveBeenCalledTimes(1);
  });
});

describe('the sources', () => {
  const root = join(import.meta.dirname, '..', '..');
  const sources = ['main', 'preload', 'renderer', 'shared'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
      .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name)),
  );
  const filesWith = (text: RegExp) =>
    sources.filter((name) => text.test(readFileSync(join(root, name), 'utf8')));

  it.each([
    [/new (BrowserWindow|WebContentsView|BrowserView)\b/, ['main/electron/windowFactory.ts']],
    [/\bipcMain\b/, ['main/electron/bridge.ts']],
    [/\bipcRenderer\b|\bcontextBridge\b/, ['preload/index.ts']],
    [/\bopenExternal\(/, ['main/electron/security.ts']],
    [/\bprotocol\.(handle|register)/, ['main/electron/scheme.ts']],
    [/<webview|enableBlinkFeatures|executeJavaScript|dangerouslySetInnerHTML/, []],
    // PyTorch's `model.eval()` stands in the code that is shown and written.
    [/(?<!model\.)\beval\(|new Function\(|\.innerHTML\b/, []],
    [/ignore-certificate-errors|no-sandbox|certificate-error|setCertificateVerifyProc/, []],
  ])('have %s in its place alone', (text, places) => {
    expect(filesWith(text)).toEqual(places);
  });
});
