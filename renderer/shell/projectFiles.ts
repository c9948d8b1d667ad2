import type { TFunction } from 'i18next';

import { notifications } from '@mantine/notifications';

import { readDocument, type Document } from '../../shared/document.ts';
import { importModel, isModel } from '../../shared/compile/importModel.ts';
import { parseJson } from '../../shared/plainData.ts';
import { fine, type Problem, type Result } from '../../shared/problem.ts';
import { readFile } from '../host/files.ts';
import type { ChosenFile, Host } from '../host/host.ts';
import { problemsOf } from '../host/refusals.ts';
import { useDocument } from '../state/document.ts';
import { openedFrom, useFile } from '../state/file.ts';
import { isTabEdited, openInTab, showFile, switchTab, tabSaved, useTabs } from '../state/tabs.ts';
import { problemText } from '../ui/problemTexts.ts';

/** A project read from a file, and what of the file was left behind. */
interface ReadProject {
  readonly document: Document;
  readonly notes: readonly Problem[];
  /** Whether the file is a project itself, which Save may write over. */
  readonly isProject: boolean;
}

/** Reads a project or a TensorFlow.js model.json, recognised by its content. */
export function readProject(text: string): Result<ReadProject> {
  const parsed = parseJson(text);
  if (!parsed.ok) return parsed;
  if (isModel(parsed.value)) {
    const imported = importModel(parsed.value);
    return imported.ok ? fine({ ...imported.value, isProject: false }) : imported;
  }
  const document = readDocument(parsed.value);
  return document.ok ? fine({ document: document.value, notes: [], isProject: true }) : document;
}

/** Opens a file's project, or says what is wrong with it; a bad file changes nothing. */
export function openChosen(t: TFunction, { fileName, text, fileToken }: ChosenFile): void {
  const read = readProject(text);
  if (!read.ok) {
    tellNotOpened(t, fileName, read.problems);
    return;
  }
  const { document, notes, isProject } = read.value;
  const named = document.name === '' ? { ...document, name: fileName.replace(/\.[^.]*$/, '') } : document;
  if (isProject && fileToken !== null && showFile(fileToken)) return;
  openInTab(named);
  // A model.json is imported, and never written over by a project.
  openedFrom(isProject ? fileToken : null);
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
  else tellNotOpened(t, t('app.theFile'), chosen.problems);
}

let saving: Promise<void> = Promise.resolve();

/**
 * Saves the project: to its file, or, where it has none or `isCopy` asks for another, where the user wants it. One save
 * after the other, so that an older text never comes after a newer one.
 */
export function saveProject(t: TFunction, host: Host, isCopy = false): Promise<void> {
  saving = saving.then(() => saveNow(t, host, isCopy));
  return saving;
}

/** Saves the projects of all tabs, each in turn on the screen; whether none is left that is in no file. */
export async function saveAll(t: TFunction, host: Host): Promise<boolean> {
  for (const tab of useTabs.getState().tabs) {
    if (!isTabEdited(tab)) continue;
    switchTab(tab.id);
    await saveProject(t, host);
    if (useTabs.getState().tabs.some((one) => one.id === tab.id && isTabEdited(one))) return false;
  }
  return true;
}

async function saveNow(t: TFunction, host: Host, isCopy: boolean): Promise<void> {
  const { document } = useDocument.getState();
  const before = useFile.getState();
  const { active } = useTabs.getState();
  try {
    const saved = await host.saveProject(document, isCopy ? null : before.fileToken);
    // Where another document was opened in its place meanwhile, the file is not its file.
    if (saved !== null) tabSaved(active, before, { fileToken: saved.fileToken, saved: document });
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
