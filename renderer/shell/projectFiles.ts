import type { TFunction } from 'i18next';

import { notifications } from '@mantine/notifications';

import { readNetworkText } from '../../shared/files/readNetwork.ts';
import type { Problem } from '../../shared/problem.ts';
import { arrangeDocument } from '../canvas/arrangeDocument.ts';
import { readFile } from '../host/files.ts';
import type { ChosenFile, Host, SavedFile } from '../host/host.ts';
import { problemsOf } from '../host/refusals.ts';
import { openedFrom } from '../state/file.ts';
import { sessionOf } from '../state/sessions.ts';
import { isTabEdited, openInTab, showFile, switchTab, tabSaved, useTabs } from '../state/tabs.ts';
import { tell } from '../ui/notices.ts';
import { problemText } from '../ui/problemTexts.ts';

/** Opens a file's project, or says what is wrong with it; a bad file changes nothing. */
export function openChosen(t: TFunction, { fileName, text, fileToken }: ChosenFile): void {
  const read = readNetworkText(text);
  if (!read.ok) {
    tellNotOpened(t, fileName, read.problems);
    return;
  }
  const { document, notes, isProject } = read.value;
  const named = document.name === '' ? { ...document, name: fileName.replace(/\.[^.]*$/, '') } : document;
  if (isProject && fileToken !== null && showFile(fileToken)) return;
  openInTab(named);
  // A model.json is imported, and never written over by a project.
  openedFrom(isProject ? fileToken : null, isProject ? fileName : null);
  // What others wrote has no places of its own.
  if (!isProject) void arrangeDocument();
  if (notes.length === 0) return;
  notifications.show({
    color: 'yellow',
    title: t('app.opened', { name: named.name }),
    message: notes.map((note) => problemText(t, note)).join(' '),
    closeButtonProps: { 'aria-label': t('app.close') },
  });
}

export function tellNotOpened(t: TFunction, fileName: string, problems: readonly Problem[]): void {
  const shown = problems.slice(0, 3).map((problem) => problemText(t, problem));
  notifications.show({
    color: 'red',
    title: t('app.notOpened', { file: fileName }),
    message: [...shown, t('app.nothingLost')].join(' '),
    autoClose: 12_000,
    closeButtonProps: { 'aria-label': t('app.close') },
  });
}

/** Opens a file that was dropped. */
export async function openFile(t: TFunction, file: File): Promise<void> {
  const read = await readFile(file);
  if (read.ok) openChosen(t, read.value);
  else tellNotOpened(t, file.name, read.problems);
}

/** Lets the user choose a file and opens it. */
export async function chooseProject(t: TFunction, host: Host): Promise<void> {
  const chosen = await host.chooseFile();
  if (chosen === null) return;
  if (chosen.ok) openChosen(t, chosen.value);
  else tellNotOpened(t, chosen.fileName ?? t('app.theFile'), chosen.problems);
}

let saving: Promise<void> = Promise.resolve();

/**
 * Saves the project: to its file, or, where it has none or `isCopy` asks for another, where the user wants it. One save
 * after the other, so that an older text never comes after a newer one.
 */
export function saveProject(t: TFunction, host: Host, isCopy = false): Promise<void> {
  const { active } = useTabs.getState();
  saving = saving.then(() => saveNow(t, host, active, isCopy));
  return saving;
}

/**
 * Saves every open project that holds something that is in no file, each in turn on the screen, so that one sees which
 * one a question is about; whether none is left.
 */
export async function saveAll(t: TFunction, host: Host): Promise<boolean> {
  for (;;) {
    const next = useTabs.getState().order.find(isTabEdited);
    if (next === undefined) return true;
    switchTab(next);
    await saveProject(t, host);
    if (isTabEdited(next)) return false;
  }
}

async function saveNow(t: TFunction, host: Host, id: string, isCopy: boolean): Promise<void> {
  const session = sessionOf(id);
  if (session === undefined) return;
  const { document } = session.state;
  try {
    const saved = await host.saveProject(document, isCopy ? null : session.file.fileToken);
    if (saved === null) return;
    const { fileToken, fileName } = saved;
    tabSaved(id, session.file, { fileToken, fileName, saved: document });
    tell(t, savedText(t, document.name, saved));
  } catch (error) {
    notifications.show({
      color: 'red',
      title: t('app.notSaved'),
      message: problemsOf(error)
        .map((problem) => problemText(t, problem))
        .join(' '),
      autoClose: false,
      closeButtonProps: { 'aria-label': t('app.close') },
    });
  }
}

/** What was saved, and where; a download is a new file each time, which people have to know. */
function savedText(t: TFunction, name: string, { fileName, fileToken }: SavedFile): string {
  const values = { name: name === '' ? t('toolbar.untitled') : name, file: fileName };
  return t(fileToken === null ? 'app.savedDownload' : 'app.savedIn', values);
}
