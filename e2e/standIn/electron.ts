/**
 * A stand-in for the `electron` module, for machines that have no Electron binary: as much of its API as Convas uses,
 * over a Chromium that Playwright drives and Node.js. A window is a page of that Chromium with the real preload
 * script's bridge in it; a utility process is a child process. What it cannot show: the sandbox, the isolation of
 * worlds, the `app:` scheme itself (pages are at `http://bundle.localhost`, and everything that is told of an address
 * says `app://bundle`), native menus and dialogs on a screen.
 */
export { app } from './app.ts';
export { BrowserWindow } from './browserWindow.ts';
export { ipcMain, protocol, session } from './contents.ts';
export {
  dialog,
  Menu,
  nativeTheme,
  Notification,
  powerSaveBlocker,
  screen,
  shell,
  utilityProcess,
} from './system.ts';
