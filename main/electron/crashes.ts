import { app, dialog, type BrowserWindow } from 'electron';

import type { Texts } from './texts.ts';

/** What was drawn is in the draft; a window whose page crashed shows it again. */
export function surviveCrashes(window: BrowserWindow, texts: Texts): void {
  const { t } = texts;
  let isAsking = false;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || isAsking || window.isDestroyed()) return;
    isAsking = true;
    void dialog
      .showMessageBox(window, {
        type: 'error',
        message: t('desktop.crash.question'),
        detail: t('desktop.crash.detail', { reason }),
        buttons: [t('desktop.crash.reload'), t('desktop.crash.close')],
        cancelId: 1,
        noLink: true,
      })
      .then(({ response }) => {
        isAsking = false;
        if (window.isDestroyed()) return;
        if (response === 0) window.webContents.reload();
        // Its draft stays, and is offered at the next start.
        else window.destroy();
      });
  });
  window.on('unresponsive', () => {
    if (isAsking) return;
    isAsking = true;
    void dialog
      .showMessageBox(window, {
        type: 'warning',
        message: t('desktop.crash.unresponsive'),
        buttons: [t('desktop.crash.wait'), t('desktop.crash.reload')],
        cancelId: 0,
        noLink: true,
      })
      .then(({ response }) => {
        isAsking = false;
        if (response === 1 && !window.isDestroyed()) window.webContents.forcefullyCrashRenderer();
      });
  });
}

/** A bug in the main process is told of once, and does not end the program while something may be unsaved. */
export function reportBugsTo(log: (error: unknown) => void): void {
  process.on('uncaughtException', log);
  process.on('unhandledRejection', log);
  app.on('child-process-gone', (_event, { type, reason, serviceName }) => {
    if (reason !== 'clean-exit' && reason !== 'killed') log(new Error(`${serviceName ?? type}: ${reason}`));
  });
}
