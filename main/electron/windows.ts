import { app, dialog, type BrowserWindow } from 'electron';
import { basename } from 'node:path';

import { nanoid } from 'nanoid';

import type { WindowState } from '../../shared/rpc/contract.ts';
import type { Sessions } from '../core/sessions.ts';
import { createProjectFiles, type FileTokens, type ProjectFiles } from './projectFiles.ts';
import type { WindowBounds } from './settings.ts';
import type { Texts } from './texts.ts';
import { createWishes, type Wishes } from './wishes.ts';

/** A window with what it shows. */
export interface DesktopWindow {
  readonly browserWindow: BrowserWindow;
  readonly files: ProjectFiles;
  readonly wishes: Wishes;
  /** Names the set of projects that it shows; null until its page has been given the one that was used last. */
  windowId: string | null;
  /** What its page told last; null before it is loaded. */
  state: WindowState | null;
  /** The file of the project that it shows. */
  fileToken: string | null;
  /** How it closes as soon as its page has had its last words; null as long as it stays. */
  leaving: Leaving | null;
}

interface Leaving {
  /** Whether no other window stays: then it comes back at the next start. */
  readonly isLast: boolean;
  /** Ends the wait for a page that does not answer. */
  readonly timer: NodeJS.Timeout;
}

/** This long a window waits for its page to have kept what was done last, in milliseconds. */
const patience = 3_000;

export interface WindowsOptions {
  readonly texts: Texts;
  readonly sessions: Pick<Sessions, 'putAway'>;
  readonly tokens?: FileTokens;
  create(bounds: WindowBounds | null): BrowserWindow;
  /** The user closed a window while others stay open: it does not come back at the next start. */
  forget(windowId: string): void;
  /** Called when a window came, went, got the focus or has something new to tell. */
  changed(): void;
  /** A project could be read, or was saved. */
  used(path: string): void;
  /** Work that the program's end waits for. */
  track(work: Promise<unknown>): void;
}

export interface Windows {
  all(): readonly DesktopWindow[];
  /** The window that menus act on. */
  focused(): DesktopWindow | undefined;
  of(contentsId: number): DesktopWindow | undefined;
  /** Opens a window: without an id with nothing in it, with null with the projects that were used last. */
  open(windowId?: string | null, bounds?: WindowBounds | null): DesktopWindow;
  /** Opens files, each in a tab of the window that menus act on, or shows the tab that it is open in. */
  openFiles(paths: readonly string[]): Promise<void>;
  /** Shows the tab that a file is open in, whichever window has it; whether there is one. */
  showFile(path: string): boolean;
  tell(window: DesktopWindow, state: WindowState): void;
  /** The window's project is in this file now. */
  saved(window: DesktopWindow, fileToken: string): void;
  /** The page's answer to the wish to close, or to save and close. */
  mayClose(window: DesktopWindow, may: boolean): void;
  /** Whether the program is to end: true while Electron closes its windows for that, and no longer. */
  quitting: boolean;
}

export function createWindows(options: WindowsOptions): Windows {
  const { texts, sessions } = options;
  const list: DesktopWindow[] = [];
  let last: DesktopWindow | undefined;
  let opening = Promise.resolve();
  /** Whether the program ends when its windows are closed, since they are asked for that. */
  let isEnding = false;

  /** Closes a window without asking, after its page has kept what was done in the last moment. */
  function leave(window: DesktopWindow): void {
    if (window.leaving !== null) return;
    const others = list.filter((other) => other !== window && other.leaving === null);
    const isLast = others.length === 0 || isEnding || windows.quitting;
    const hasPage = window.state !== null;
    window.leaving = { isLast, timer: setTimeout(() => finish(window, isLast), hasPage ? patience : 0) };
    if (hasPage) window.wishes.add({ type: 'close' });
  }

  /** What is in no file stays recoverable, and all of it where the window goes for good. */
  function finish(window: DesktopWindow, isLast: boolean): void {
    const { windowId } = window;
    if (windowId !== null) {
      if (!isLast) options.forget(windowId);
      if (!isLast || window.state?.edited === true)
        options.track(sessions.putAway(windowId, isLast ? 'edited' : 'all'));
    }
    window.browserWindow.destroy();
    // Its close was prevented, and with it the end of the program; Electron takes a new one after this event alone.
    setImmediate(() => {
      if (isEnding) app.quit();
    });
  }

  async function askBeforeClose(window: DesktopWindow): Promise<void> {
    const { t } = texts;
    const name = nameOf(window) || t('toolbar.untitled');
    const { response } = await dialog.showMessageBox(window.browserWindow, {
      type: 'warning',
      message: t('desktop.close.question', { name }),
      detail: t('desktop.close.detail'),
      buttons: [t('desktop.close.save'), t('desktop.close.discard'), t('desktop.close.cancel')],
      defaultId: 0,
      cancelId: 2,
      noLink: true,
    });
    if (response === 0) {
      window.wishes.add({ type: 'saveAndClose' });
    } else if (response === 1) {
      leave(window);
    } else {
      // One window that stays open is enough for the program to go on.
      isEnding = false;
    }
  }

  async function openIn(window: DesktopWindow, path: string): Promise<void> {
    const read = await window.files.open(path);
    if (!read.ok) {
      window.wishes.add({ type: 'problems', problems: [...read.problems] });
      return;
    }
    window.wishes.add({ type: 'open', file: read.value });
    options.used(path);
  }

  async function openAll(paths: readonly string[]): Promise<void> {
    for (const path of paths) {
      if (windows.showFile(path)) continue;
      const window = windows.focused() ?? windows.open();
      await openIn(window, path);
      show(window.browserWindow);
    }
  }

  const windows: Windows = {
    quitting: false,
    all: () => list,
    focused: () => list.find(({ browserWindow }) => browserWindow.isFocused()) ?? last ?? list[0],
    of: (contentsId) => list.find(({ browserWindow }) => browserWindow.webContents.id === contentsId),
    open(windowId = nanoid(), bounds = null) {
      const window: DesktopWindow = {
        browserWindow: options.create(bounds),
        files: createProjectFiles(options.tokens),
        wishes: createWishes(),
        windowId,
        state: null,
        fileToken: null,
        leaving: null,
      };
      list.push(window);
      last = window;
      const { browserWindow } = window;
      let isAsking = false;
      browserWindow.on('close', (event) => {
        event.preventDefault();
        isEnding ||= windows.quitting;
        // A page that is gone can save nothing; its draft is offered at the next start.
        if (browserWindow.webContents.isCrashed()) browserWindow.destroy();
        else if (window.state?.edited !== true) leave(window);
        else if (!isAsking) {
          isAsking = true;
          void askBeforeClose(window).finally(() => {
            isAsking = false;
          });
        }
      });
      browserWindow.on('closed', () => {
        clearTimeout(window.leaving?.timer);
        list.splice(list.indexOf(window), 1);
        if (last === window) last = undefined;
        options.changed();
      });
      browserWindow.on('focus', () => {
        last = window;
        options.changed();
      });
      options.changed();
      return window;
    },
    openFiles(paths) {
      // One after the other, so that tabs come in the order in which the files were asked for.
      const opened = opening.then(() => openAll(paths));
      // What fails is told to who asked, and does not stand in the way of the next.
      opening = opened.catch(() => undefined);
      return opened;
    },
    showFile(path) {
      for (const { files, wishes, state, browserWindow } of list) {
        const fileToken = state?.openFiles.find((token) => files.pathOf(token) === path);
        if (fileToken === undefined) continue;
        wishes.add({ type: 'show', fileToken });
        show(browserWindow);
        return true;
      }
      return false;
    },
    tell(window, state) {
      window.state = state;
      window.fileToken = state.fileToken;
      const { browserWindow } = window;
      const path = window.fileToken === null ? undefined : window.files.pathOf(window.fileToken);
      const name = nameOf(window) || texts.t('toolbar.untitled');
      browserWindow.setTitle(`${state.edited ? '• ' : ''}${name} – Convas`);
      browserWindow.setDocumentEdited(state.edited);
      browserWindow.setRepresentedFilename(path ?? '');
      options.changed();
    },
    saved(window, fileToken) {
      window.fileToken = fileToken;
      const path = window.files.pathOf(fileToken);
      if (path !== undefined) options.used(path);
    },
    mayClose(window, may) {
      if (!may) {
        isEnding = false;
        return;
      }
      leave(window);
      if (window.leaving !== null) finish(window, window.leaving.isLast);
    },
  };
  return windows;
}

function nameOf({ files, fileToken, state }: DesktopWindow): string {
  const path = fileToken === null ? undefined : files.pathOf(fileToken);
  return path === undefined ? (state?.name ?? '') : basename(path);
}

/** Brings a window to the front. */
export function show(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.focus();
}
