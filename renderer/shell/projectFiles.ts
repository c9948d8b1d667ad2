import type { TFunction } from 'i18next';

import { notifications } from '@mantine/notifications';

import { parseDocument, type Document } from '../../shared/document.ts';
import { importModel, isModel } from '../../shared/compile/importModel.ts';
import { parseJson } from '../../shared/plainData.ts';
import { fine, unexpected, type Problem, type Result } from '../../shared/problem.ts';
import type { Host } from '../host/host.ts';
import { openDocument } from '../state/commands.ts';
import { useDocument } from '../state/document.ts';
import { problemText } from '../ui/problemTexts.ts';

/** A project read from a file, and what of the file was left behind. */
interface ReadProject {
  readonly document: Document;
  readonly notes: readonly Problem[];
}

/** Reads a project or a TensorFlow.js model.json, recognised by its content. */
export function readProject(text: string): Result<ReadProject> {
  const parsed = parseJson(text);
  if (!parsed.ok) return parsed;
  if (isModel(parsed.value)) return importModel(parsed.value);
  const document = parseDocument(text);
  return document.ok ? fine({ document: document.value, notes: [] }) : document;
}

/** Opens what was read, or says what is wrong with it; a bad file changes nothing. */
export function openRead(t: TFunction, fileName: string, read: Result<ReadProject>): void {
  if (!read.ok) {
    const shown = read.problems.slice(0, 3).map((problem) => problemText(t, problem));
    notifications.show({
      color: 'red',
      title: t('app.notOpened', { file: fileName }),
      message: [...shown, t('app.nothingLost')].join(' '),
      autoClose: 12_000,
      closeButtonProps: { 'aria-label': t('app.close') },
    });
    return;
  }
  const { document, notes } = read.value;
  const named = document.name === '' ? { ...document, name: fileName.replace(/\.[^.]*$/, '') } : document;
  openDocument(named);
  if (notes.length === 0) return;
  notifications.show({
    color: 'yellow',
    title: t('app.opened', { name: named.name }),
    message: notes.map((note) => problemText(t, note)).join(' '),
    closeButtonProps: { 'aria-label': t('app.close') },
  });
}

export async function openFile(t: TFunction, file: File): Promise<void> {
  openRead(t, file.name, readProject(await file.text()));
}

/** Lets the user choose a project and opens it. */
export async function chooseProject(t: TFunction, host: Host): Promise<void> {
  const opened = await host.openProject();
  if (opened === null) return;
  const { fileName, document } = opened;
  openRead(t, fileName, document.ok ? fine({ document: document.value, notes: [] }) : document);
}

/** Saves the project where the host lets it be saved. */
export async function saveProject(t: TFunction, host: Host): Promise<void> {
  try {
    await host.saveProject(useDocument.getState().document);
  } catch (error) {
    notifications.show({
      color: 'red',
      title: t('app.notSaved'),
      message: problemText(t, unexpected(error)),
      closeButtonProps: { 'aria-label': t('app.close') },
    });
  }
}
