import { RPCHandler } from '@orpc/server/message-port';
import { app, dialog, nativeTheme, shell } from 'electron';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { recordError } from '../../shared/errorLog.ts';
import { reportBugs } from '../../shared/rpc/bugs.ts';
import { createCore } from '../core/core.ts';
import { createLog, startLog, type Log } from '../core/log.ts';
import { dataFolder } from '../core/userFolders.ts';
import { showAbout } from './about.ts';
import { setupBridge } from './bridge.ts';
import { reportBugsTo, surviveCrashes } from './crashes.ts';
import { createDesktopRouter } from './desktopRouter.ts';
import { setupMenu, type MenuActions } from './menu.ts';
import { createFileTokens, createOpenWindows } from './openWindows.ts';
import { registerPageScheme, setupPageScheme } from './scheme.ts';
import { setupSecurity } from './security.ts';
import { createSettings } from './settings.ts';
import { createTexts, systemLanguage } from './texts.ts';
import { followTraining } from './training.ts';
import { forkUtilityTrainer } from './trainerProcess.ts';
import { checkForUpdates, type Updater } from './updates.ts';
import { boundsOf, createPageWindow } from './windowFactory.ts';
import { createWindows, show, type DesktopWindow } from './windows.ts';

const programFolder = import.meta.dirname;
const recentProjects = 10;

/** Projects among a command line's arguments. */
export function projectsIn(args: readonly string[], folder: string): string[] {
  return args
    .filter((arg) => !arg.startsWith('-') && /\.(convas|json)$/i.test(arg))
    .map((arg) => resolve(folder, arg));
}

/** Into the log, and to who started the program from a terminal. */
function logError(error: unknown): string {
  console.error(error instanceof Error ? error.message : error);
  return recordError(error);
}

/** Starts the desktop program: everything that must be there before Electron is ready, then the rest in order. */
function boot(): void {
  app.enableSandbox();
  // Windows shows notifications of programs alone that have told who they are.
  app.setAppUserModelId('org.convas.app');
  registerPageScheme();
  if (!app.requestSingleInstanceLock()) {
    // The program that runs already opens what this one was given.
    app.quit();
    return;
  }
  const log = startLog(dataFolder(), 'desktop', app.getVersion());
  reportBugsTo(logError);
  // Listened for from the first moment on: what is to be opened before there is a window waits.
  const asked: Asked = { early: projectsIn(process.argv.slice(1), process.cwd()), open: null };
  const open = (paths: readonly string[]) => {
    if (asked.open === null) asked.early.push(...paths);
    else asked.open(paths);
  };
  app.on('second-instance', (_event, args, folder) => open(projectsIn(args.slice(1), folder)));
  app.on('open-file', (event, path) => {
    event.preventDefault();
    open([path]);
  });
  app
    .whenReady()
    .then(() => start(asked, log))
    .catch((error: unknown) => {
      logError(error);
      dialog.showErrorBox('Convas', error instanceof Error ? error.message : String(error));
      app.exit(1);
    });
}

/** What the system asks to be opened: kept until there is somebody to open it. */
interface Asked {
  readonly early: string[];
  open: ((paths: readonly string[]) => void) | null;
}

async function start(asked: Asked, log: Log): Promise<void> {
  const pending = new Set<Promise<unknown>>();
  const track = (work: Promise<unknown>) => {
    const ended = work.catch(() => undefined).finally(() => pending.delete(ended));
    pending.add(ended);
  };
  const settings = createSettings({ folder: app.getPath('userData'), report: logError });
  const texts = createTexts(settings.get().language ?? systemLanguage(app.getPreferredSystemLanguages()));
  // A package brings its engine along as a resource.
  const packed = join(process.resourcesPath, 'engine');
  if (app.isPackaged && existsSync(packed)) process.env['CONVAS_ENGINE_DIR'] ??= packed;

  const core = createCore({
    dataFolder: dataFolder(),
    startTrainer: forkUtilityTrainer(join(programFolder, 'trainer.js'), createLog(dataFolder(), 'trainer')),
    log,
  });
  const training = followTraining({ runs: core.runs, texts, windows: () => windows, report: logError });
  const desktopCore = { ...core, runs: training.runs };

  const openWindows = createOpenWindows(settings);
  const windows = createWindows({
    texts,
    sessions: core.sessions,
    tokens: createFileTokens(settings),
    forget: openWindows.forget,
    track,
    create(bounds) {
      const preload = join(programFolder, '..', 'preload', 'index.cjs');
      const window = createPageWindow(settings, preload, bounds ?? undefined);
      surviveCrashes(window, texts);
      return window;
    },
    changed() {
      windows.all().forEach(remember);
      renewMenu();
    },
    used,
  });

  const actions: MenuActions = {
    command: (id, byKey) => windows.focused()?.wishes.add({ type: 'command', id, byKey }),
    newWindow: () => void windows.open(),
    open() {
      const window = windows.focused() ?? windows.open();
      window.wishes.add({ type: 'command', id: 'open' });
    },
    openRecent: (path) => void windows.openFiles([path]),
    clearRecent() {
      settings.set({ recent: [] });
      app.clearRecentDocuments();
      renewMenu();
    },
    about: () => void showAbout(core, texts),
    checkForUpdates: () =>
      void checkForUpdates({
        texts,
        isTraining: training.isRunning,
        hasUnsaved: () => windows.all().some(({ state }) => state?.edited === true),
        loadUpdater,
      }).catch(logError),
    showDataFolder() {
      const folder = dataFolder();
      void mkdir(folder, { recursive: true })
        .then(() => shell.openPath(folder))
        .catch(logError);
    },
  };

  function remember({ windowId, browserWindow }: DesktopWindow): void {
    if (windowId !== null && !browserWindow.isDestroyed()) openWindows.saw(windowId, boundsOf(browserWindow));
  }

  /** Opens the windows of the last time; at the first start of all, one with what was used last. */
  function reopen(): void {
    const before = openWindows.all();
    for (const { windowId, bounds } of before) windows.open(windowId, bounds);
    if (before.length === 0) windows.open(null);
  }

  function used(path: string): void {
    const others = settings.get().recent.filter((other) => other !== path);
    settings.set({ recent: [path, ...others].slice(0, recentProjects) });
    app.addRecentDocument(path);
    renewMenu();
  }

  let menuTimer: NodeJS.Timeout | undefined;
  /** Once for all changes of a moment: a menu is built anew as a whole. */
  function renewMenu(): void {
    menuTimer ??= setTimeout(() => {
      menuTimer = undefined;
      const state = {
        window: windows.focused()?.state ?? null,
        recent: settings.get().recent,
        isMac: process.platform === 'darwin',
        isDevelopment: !app.isPackaged,
      };
      setupMenu(state, actions, texts);
    }, 50);
  }

  setupSecurity();
  await setupPageScheme(join(programFolder, '..', 'renderer'));
  const documentsFolder = app.getPath('documents');
  setupBridge((contents, port, signal) => {
    const window = windows.of(contents.id);
    if (window === undefined) return;
    const router = createDesktopRouter(
      {
        core: desktopCore,
        windows,
        texts,
        documentsFolder,
        track,
        used,
        restored: remember,
        languageChanged(language) {
          texts.setLanguage(language);
          settings.set({ language });
        },
        themeChanged(theme) {
          // Dialogs and window frames follow the page's choice.
          nativeTheme.themeSource = theme === 'auto' ? 'system' : theme;
        },
      },
      window,
    );
    new RPCHandler(router, { clientInterceptors: [reportBugs(logError)] }).upgrade(port, {
      context: { connectionId: String(contents.id), signal },
    });
  }, logError);

  setupLife();
  reopen();
  renewMenu();
  asked.open = (paths) => {
    const window = windows.focused() ?? windows.open();
    if (paths.length === 0) show(window.browserWindow);
    else windows.openFiles(paths).catch(logError);
  };
  await windows.openFiles(asked.early);

  function setupLife(): void {
    app.on('activate', () => {
      if (windows.all().length === 0) reopen();
    });
    app.on('window-all-closed', () => {
      if (process.platform !== 'darwin') app.quit();
    });
    let isStopped = false;
    app.on('before-quit', () => {
      windows.quitting = true;
      setImmediate(() => {
        windows.quitting = false;
      });
    });
    app.on('will-quit', (event) => {
      if (isStopped) return;
      // What a training has learned is kept, and the settings are on the disk, before the program ends.
      event.preventDefault();
      void Promise.allSettled([training.stop(), settings.written(), ...pending]).then(() => {
        // Electron forgets a quit that comes while it still tells of the last one.
        setImmediate(() => {
          // Somebody opened a window meanwhile: the program goes on.
          if (windows.all().length > 0) return;
          isStopped = true;
          void core.close().finally(() => app.quit());
        });
      });
    });
  }
}

/** electron-updater knows Electron from its first line on, so it is loaded when it is needed. */
async function loadUpdater(): Promise<Updater | null> {
  if (!app.isPackaged) return null;
  const { default: updater } = await import('electron-updater');
  return updater.autoUpdater;
}

boot();
