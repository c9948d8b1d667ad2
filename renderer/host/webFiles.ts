import { serializeDocument, type Document } from '../../shared/document.ts';
import { fileNameOf } from '../../shared/fileName.ts';
import { fine } from '../../shared/problem.ts';
import {
  chooseOpenFile,
  chooseSaveFile,
  keepHandle,
  writableHandle,
  writeTo,
  type FilePickers,
} from './fileHandles.ts';
import { downloadProject, pickFile, readFile } from './files.ts';
import type { Chosen, SavedFile } from './host.ts';

const pickers = (): FilePickers => window as FilePickers;

/**
 * Saves a project from a browser: into its file where the browser can write to it again, else as a download, which
 * is a new file each time. Null where the user chooses no file.
 */
export async function saveInBrowser(document: Document, fileToken: string | null): Promise<SavedFile | null> {
  const { showSaveFilePicker } = pickers();
  const suggestedName = `${fileNameOf(document.name)}.convas`;
  if (showSaveFilePicker === undefined) {
    downloadProject(document);
    return { fileToken: null, fileName: suggestedName };
  }
  const known = fileToken === null ? null : await writableHandle(fileToken);
  const handle =
    known ??
    (await chooseSaveFile(
      { showSaveFilePicker: (options) => showSaveFilePicker.call(window, options) },
      suggestedName,
    ));
  if (handle === null) return null;
  await writeTo(handle, serializeDocument(document));
  return { fileToken: await keepHandle(handle), fileName: handle.name };
}

/** Lets the user choose a file; one that the browser can write to again is the project's file from then on. */
export async function openInBrowser(): Promise<Chosen | null> {
  const { showOpenFilePicker } = pickers();
  if (showOpenFilePicker === undefined) return pickFile();
  const handle = await chooseOpenFile({
    showOpenFilePicker: (options) => showOpenFilePicker.call(window, options),
  });
  if (handle === null) return null;
  const read = await readFile(await handle.getFile());
  return read.ok ? fine({ ...read.value, fileToken: await keepHandle(handle) }) : read;
}
