import type { BrowserContext, Frame, Page, Route } from '@playwright/test';
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';

import { app } from './app.ts';
import { isPrevented } from './events.ts';

const standInOrigin = 'http://bundle.localhost';
const pageOrigin = 'app://bundle';

export const toStandIn = (address: string) => address.replace(pageOrigin, standInOrigin);
export const toReal = (address: string) => address.replace(standInOrigin, pageOrigin);

export const ipcMain = new EventEmitter();

type Handler = (request: Request) => Promise<Response>;
export const protocol = {
  handlers: new Map<string, Handler>(),
  registerSchemesAsPrivileged: () => undefined,
  handle(scheme: string, handler: Handler) {
    protocol.handlers.set(scheme, handler);
  },
};

type BeforeRequest = (details: { url: string }, answer: (answer: { cancel?: boolean }) => void) => void;
/** Keeps what it is given, so that a test can ask it as Chromium would. */
const defaultSession = {
  permissionRequestHandler: null as unknown,
  permissionCheckHandler: null as unknown,
  devicePermissionHandler: null as unknown,
  displayMediaHandler: null as unknown,
  beforeRequest: null as BeforeRequest | null,
  setPermissionRequestHandler(handler: unknown) {
    defaultSession.permissionRequestHandler = handler;
  },
  setPermissionCheckHandler(handler: unknown) {
    defaultSession.permissionCheckHandler = handler;
  },
  setDevicePermissionHandler(handler: unknown) {
    defaultSession.devicePermissionHandler = handler;
  },
  setDisplayMediaRequestHandler(handler: unknown) {
    defaultSession.displayMediaHandler = handler;
  },
  webRequest: {
    onBeforeRequest(listener: BeforeRequest) {
      defaultSession.beforeRequest = listener;
    },
  },
};
export const session = { defaultSession };

function isCancelled(url: string): boolean {
  let cancelled = false;
  defaultSession.beforeRequest?.({ url }, ({ cancel }) => {
    cancelled = cancel === true;
  });
  return cancelled;
}

async function answer(route: Route): Promise<void> {
  const request = route.request();
  const url = toReal(request.url());
  const handler = url.startsWith('app:') ? protocol.handlers.get('app') : undefined;
  if (isCancelled(url) || handler === undefined) {
    await route.abort('blockedbyclient');
    return;
  }
  const response = await handler(new Request(url, { method: request.method() }));
  await route.fulfill({
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: Buffer.from(await response.arrayBuffer()),
  });
}

let nextId = 1;

type OpenHandler = (details: { url: string }) => { action: string };

/** What a window shows: a page, with its way to the main process. */
export class WebContents extends EventEmitter {
  readonly id = nextId++;
  #page: Page | null = null;
  #isDestroyed = false;
  #isCrashed = false;
  #isLoading = false;
  #openHandler: OpenHandler = () => ({ action: 'allow' });
  #outbox = Promise.resolve();

  constructor(readonly preload: string) {
    super();
    app.emit('web-contents-created', {}, this);
  }

  /** Makes the page; again where the one before crashed. */
  async open(context: BrowserContext, address: string): Promise<void> {
    const page = await context.newPage();
    this.#page = page;
    await page.exposeBinding('standInSend', ({ frame }, channel: string, message: unknown) =>
      ipcMain.emit(channel, { sender: this, senderFrame: frameOf(frame) }, message),
    );
    await page.exposeBinding('standInOpen', (_source, url: string) => {
      this.#openHandler({ url: toReal(url) });
    });
    await page.addInitScript(preloadScript(this.preload));
    await page.route('**/*', async (route) => {
      const request = route.request();
      const leaves = request.isNavigationRequest() && !this.#isLoading;
      if (leaves && isPrevented(this, 'will-navigate', toReal(request.url()))) await route.abort('aborted');
      else await answer(route);
    });
    // A click with the middle button, a link with a target.
    page.on('popup', (popup) => {
      this.#openHandler({ url: toReal(popup.url()) });
      void popup.close();
    });
    this.#isCrashed = false;
    page.on('crash', () => {
      this.#isCrashed = true;
      this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 });
    });
    page.on('close', () => this.destroyed());
    await this.#load(address);
  }

  async #load(address: string): Promise<void> {
    this.#isLoading = true;
    try {
      await this.#page?.goto(toStandIn(address));
    } finally {
      this.#isLoading = false;
    }
    this.emit('did-finish-load');
  }

  /** Sends in order, as IPC does. */
  send(channel: string, message: unknown): void {
    const page = this.#page;
    this.#outbox = this.#outbox
      .then(() =>
        page?.evaluate(
          ([name, data]) => {
            (globalThis as { standInReceive?: (name: string, data: unknown) => void }).standInReceive?.(
              name,
              data,
            );
          },
          [channel, message] as const,
        ),
      )
      // The page may have gone meanwhile.
      .catch(() => undefined);
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler;
  }

  reload(): void {
    const old = this.#page;
    const context = old?.context();
    if (old === null || context === undefined) return;
    old.removeAllListeners('close');
    const address = toReal(old.url());
    void old.close().then(() => this.open(context, address));
  }

  isCrashed(): boolean {
    return this.#isCrashed;
  }

  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  /** The page is gone. */
  destroyed(): void {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    void this.#page?.close().catch(() => undefined);
    this.emit('destroyed');
  }

  emulateColours(colorScheme: 'light' | 'dark' | null): void {
    void this.#page?.emulateMedia({ colorScheme }).catch(() => undefined);
  }
}

function frameOf(frame: Frame) {
  const { protocol: scheme, host } = new URL(toReal(frame.url()));
  return { parent: frame.parentFrame(), origin: `${scheme}//${host}`, url: toReal(frame.url()) };
}

/** The preload script as it was built, with as much of `electron` as a sandboxed one may load. */
function preloadScript(path: string): string {
  return `(() => {
  const page = globalThis;
  const { standInSend, standInOpen } = page;
  delete page.standInSend;
  delete page.standInOpen;
  const listeners = [];
  Object.defineProperty(page, 'standInReceive', {
    value: (channel, data) => listeners.filter(([name]) => name === channel).forEach(([, hear]) => hear({}, data)),
  });
  page.open = (url = '') => { void standInOpen(new URL(url, location.href).href); return null; };
  const electron = {
    contextBridge: { exposeInMainWorld: (name, value) => Object.defineProperty(page, name, { value: Object.freeze(value) }) },
    ipcRenderer: {
      send: (channel, message) => void standInSend(channel, message),
      on: (channel, listener) => listeners.push([channel, listener]),
    },
  };
  const require = (name) => { if (name === 'electron') return electron; throw new Error('A sandboxed preload script cannot load ' + name); };
  const module = { exports: {} };
  ((require, module, exports) => {${readFileSync(path, 'utf8')}\n})(require, module, module.exports);
})();`;
}
