import { EventEmitter } from 'node:events';

import { app } from './app.ts';
import { browserContext } from './browser.ts';
import { WebContents } from './contents.ts';
import { isPrevented } from './events.ts';
import { nativeTheme } from './system.ts';

interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface WindowOptions extends Partial<Bounds> {
  readonly webPreferences: { readonly preload: string } & Readonly<Record<string, unknown>>;
}

const windows: BrowserWindow[] = [];
let focused: BrowserWindow | null = null;

/** A window is a page; what a window manager would keep is kept in fields, for tests to read. */
export class BrowserWindow extends EventEmitter {
  readonly webContents: WebContents;
  title = '';
  isEdited = false;
  representedFilename = '';
  progress = -1;
  #bounds: Bounds;
  #isMinimized = false;
  #isMaximized = false;
  #isDestroyed = false;

  constructor(readonly options: WindowOptions) {
    super();
    const { x = 0, y = 0, width = 800, height = 600 } = options;
    this.#bounds = { x, y, width, height };
    this.webContents = new WebContents(options.webPreferences.preload);
    this.webContents.on('destroyed', () => this.#closed());
    windows.push(this);
  }

  static getAllWindows(): readonly BrowserWindow[] {
    return windows;
  }

  static getFocusedWindow(): BrowserWindow | null {
    return focused;
  }

  async loadURL(address: string): Promise<void> {
    await this.webContents.open(await browserContext(), address);
    this.webContents.emulateColours(nativeTheme.colours());
    this.emit('ready-to-show');
  }

  show(): void {
    this.focus();
  }

  focus(): void {
    focused = windows.find((window) => window === this) ?? null;
    this.emit('focus');
    app.emit('browser-window-focus', {}, this);
  }

  blur(): void {
    if (focused === this) focused = null;
    this.emit('blur');
  }

  isFocused(): boolean {
    return focused === this;
  }

  minimize(): void {
    this.#isMinimized = true;
  }

  restore(): void {
    this.#isMinimized = false;
  }

  isMinimized(): boolean {
    return this.#isMinimized;
  }

  maximize(): void {
    this.#isMaximized = true;
  }

  isMaximized(): boolean {
    return this.#isMaximized;
  }

  setBounds(bounds: Partial<Bounds>): void {
    this.#bounds = { ...this.#bounds, ...bounds };
  }

  getNormalBounds(): Bounds {
    return this.#bounds;
  }

  setTitle(title: string): void {
    this.title = title;
  }

  getTitle(): string {
    return this.title;
  }

  isDocumentEdited(): boolean {
    return this.isEdited;
  }

  getRepresentedFilename(): string {
    return this.representedFilename;
  }

  setDocumentEdited(isEdited: boolean): void {
    this.isEdited = isEdited;
  }

  setRepresentedFilename(path: string): void {
    this.representedFilename = path;
  }

  setProgressBar(part: number): void {
    this.progress = part;
  }

  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  /** As a click on the window's cross. */
  close(): void {
    if (!this.#isDestroyed && !isPrevented(this, 'close')) this.destroy();
  }

  destroy(): void {
    this.webContents.destroyed();
  }

  #closed(): void {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    windows.splice(windows.indexOf(this), 1);
    if (focused === this) focused = null;
    this.emit('closed');
    if (windows.length === 0) app.emit('window-all-closed');
  }
}

app.closeWindows = () => {
  for (const window of [...windows]) window.close();
  return windows.length === 0;
};
nativeTheme.on('updated', () => {
  for (const { webContents } of windows) webContents.emulateColours(nativeTheme.colours());
});
