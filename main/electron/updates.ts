import { app, dialog } from 'electron';

import { reasonOf } from '../core/runFolder.ts';
import type { Texts } from './texts.ts';

/** The part of electron-updater that is used. */
export interface Updater {
  autoDownload: boolean;
  autoInstallOnAppQuit: boolean;
  allowDowngrade: boolean;
  disableWebInstaller?: boolean;
  checkForUpdates(): Promise<{
    readonly isUpdateAvailable: boolean;
    readonly updateInfo: { readonly version: string };
  } | null>;
  downloadUpdate(): Promise<unknown>;
  quitAndInstall(): void;
}

export interface UpdateOptions {
  readonly texts: Texts;
  /** Whether a training is under way: an update would end it. */
  isTraining(): boolean;
  /** Whether a window holds what is in no file: the installer does not wait for its question. */
  hasUnsaved(): boolean;
  /** Null where this build cannot update itself: run from its sources. */
  loadUpdater(): Promise<Updater | null>;
}

async function ask(message: string, buttons: string[]): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'info',
    message,
    buttons,
    cancelId: 1,
    noLink: true,
  });
  return response === 0;
}

/**
 * Looks for a newer version because the user asked to, and takes each further step only when they agree: nothing is
 * asked of the network by itself, and nothing is installed while a training runs.
 */
export async function checkForUpdates({
  texts,
  isTraining,
  hasUnsaved,
  loadUpdater,
}: UpdateOptions): Promise<void> {
  const { t } = texts;
  const say = (message: string) => ask(message, [t('desktop.ok')]);
  const updater = await loadUpdater();
  if (updater === null) {
    await say(t('desktop.update.fromSources'));
    return;
  }
  updater.autoDownload = false;
  updater.autoInstallOnAppQuit = false;
  updater.allowDowngrade = false;
  updater.disableWebInstaller = true;
  try {
    const found = await updater.checkForUpdates();
    if (found?.isUpdateAvailable !== true) {
      await say(t('desktop.update.none', { version: app.getVersion() }));
      return;
    }
    const { version } = found.updateInfo;
    if (
      !(await ask(t('desktop.update.available', { version }), [
        t('desktop.update.download'),
        t('desktop.update.later'),
      ]))
    )
      return;
    await updater.downloadUpdate();
    if (isTraining()) {
      await say(t('desktop.update.training', { version }));
      return;
    }
    const agreed = await ask(t('desktop.update.ready', { version }), [
      t('desktop.update.install'),
      t('desktop.update.later'),
    ]);
    if (!agreed) return;
    // A training may have been started, or a network changed, while the question stood there.
    if (hasUnsaved()) await say(t('desktop.update.unsaved', { version }));
    else if (!isTraining()) updater.quitAndInstall();
  } catch (error) {
    await say(t('desktop.update.failed', { reason: reasonOf(error) }));
  }
}
