import { dialog } from 'electron';
import { basename, extname, join } from 'node:path';

import { implement, ORPCError } from '@orpc/server';

import { desktopContract, type OpenedFile } from '../../shared/rpc/contract.ts';
import type { Core } from '../core/core.ts';
import type { Sessions } from '../core/sessions.ts';
import { fileNameOf } from '../../shared/fileName.ts';
import { valueOf, type ScreenContext } from '../core/answers.ts';
import { createRouter } from '../core/router.ts';
import { saveData } from './saveData.ts';
import { saveModelFiles } from './saveModel.ts';
import type { Texts } from './texts.ts';
import type { DesktopWindow, Windows } from './windows.ts';

export interface DesktopRouterOptions {
  readonly core: Core;
  readonly windows: Windows;
  readonly texts: Texts;
  /** Where dialogs begin. */
  readonly documentsFolder: string;
  /** Work that the program's end waits for. */
  track(work: Promise<unknown>): void;
  /** A window's page was given its projects. */
  restored(window: DesktopWindow): void;
  /** A project was opened. */
  used(path: string): void;
  /** The page's language was changed. */
  languageChanged(language: Texts['language']): void;
  themeChanged(theme: 'light' | 'dark' | 'auto'): void;
}

const os = implement(desktopContract).$context<ScreenContext>();

/** What one window's page can call: all that any page can, and what the system around it does for it. */
export function createDesktopRouter(options: DesktopRouterOptions, window: DesktopWindow) {
  const { core, windows, texts, documentsFolder } = options;
  const { t } = texts;
  const { browserWindow, files } = window;
  const shared = createRouter({
    ...core,
    sessions: ownSessions(options, window),
  });

  /** Where to write: the known file, unless somebody else changed it; else where the user wants. Null: nowhere. */
  async function whereToSave(
    fileToken: string | null,
    suggestedName: string,
  ): Promise<{ readonly token: string } | { readonly path: string } | null> {
    if (fileToken !== null && files.pathOf(fileToken) !== undefined) {
      if (!(await files.isChanged(fileToken))) return { token: fileToken };
      const { response } = await dialog.showMessageBox(browserWindow, {
        type: 'warning',
        message: t('desktop.changed.question', { path: files.pathOf(fileToken) }),
        buttons: [t('desktop.changed.overwrite'), t('desktop.changed.saveAs'), t('desktop.close.cancel')],
        defaultId: 2,
        cancelId: 2,
        noLink: true,
      });
      if (response === 0) return { token: fileToken };
      if (response !== 1) return null;
    }
    const { canceled, filePath } = await dialog.showSaveDialog(browserWindow, {
      defaultPath: join(documentsFolder, `${fileNameOf(suggestedName)}.convas`),
      filters: [{ name: t('desktop.project'), extensions: ['convas'] }],
    });
    return canceled || filePath === '' ? null : { path: filePath };
  }

  return os.router({
    ...shared,
    desktop: {
      tell: os.desktop.tell.handler(({ input }) => {
        // Two windows may speak two languages; what counts is what this one changed to.
        if (input.language !== (window.state?.language ?? texts.language))
          options.languageChanged(input.language);
        options.themeChanged(input.theme);
        windows.tell(window, input);
        return null;
      }),
      mayClose: os.desktop.mayClose.handler(({ input }) => {
        windows.mayClose(window, input.may);
        return null;
      }),
      wishes: os.desktop.wishes.handler(async function* ({ context, signal }) {
        yield* window.wishes.listen(signal ?? context.signal);
      }),
      openFile: os.desktop.openFile.handler(async (): Promise<OpenedFile | null> => {
        const { canceled, filePaths } = await dialog.showOpenDialog(browserWindow, {
          defaultPath: documentsFolder,
          properties: ['openFile'],
          filters: [
            { name: t('desktop.project'), extensions: ['convas', 'json', 'keras'] },
            { name: t('desktop.allFiles'), extensions: ['*'] },
          ],
        });
        const [path] = filePaths;
        if (canceled || path === undefined || windows.showFile(path)) return null;
        const opened = valueOf(await files.open(path));
        options.used(path);
        return opened;
      }),
      saveFile: os.desktop.saveFile.handler(async ({ input }) => {
        const place = await whereToSave(input.fileToken, input.suggestedName);
        if (place === null) return null;
        const writing =
          'token' in place ? files.save(place.token, input.text) : files.saveAs(place.path, input.text);
        options.track(writing);
        const { fileToken, fileName } = valueOf(await writing);
        windows.saved(window, fileToken);
        return { fileToken, fileName };
      }),
      saveData: os.desktop.saveData.handler(async ({ input }) => {
        const extension = extname(input.suggestedName).slice(1).toLowerCase();
        const { canceled, filePath } = await dialog.showSaveDialog(browserWindow, {
          defaultPath: join(
            documentsFolder,
            `${fileNameOf(basename(input.suggestedName, `.${extension}`))}.${extension}`,
          ),
          filters: [{ name: extension.toUpperCase(), extensions: [extension] }],
        });
        if (canceled || filePath === '') return null;
        const writing = saveData(filePath, Buffer.from(input.base64, 'base64'));
        options.track(writing);
        return valueOf(await writing);
      }),
      saveModel: os.desktop.saveModel.handler(async ({ input }) => {
        const { canceled, filePath } = await dialog.showSaveDialog(browserWindow, {
          title: t('desktop.modelFolder'),
          defaultPath: join(documentsFolder, `${fileNameOf(input.suggestedName)}-model`),
        });
        if (canceled || filePath === '') return null;
        const exported = (await core.exports.filesOf(input.exportId)) ?? [];
        if (exported.length === 0) throw new ORPCError('NOT_FOUND');
        const writing = saveModelFiles(exported, filePath);
        options.track(writing);
        return valueOf(await writing);
      }),
    },
  });
}

/** A window's page does not choose its projects: the program knows which are its own, also after a reload or a restart. */
function ownSessions(
  { core: { sessions }, restored }: DesktopRouterOptions,
  window: DesktopWindow,
): Sessions {
  return {
    ...sessions,
    async open(_windowId, signal) {
      const opened = await sessions.open(window.windowId, signal);
      window.windowId = opened.windowId;
      restored(window);
      return opened;
    },
  };
}
