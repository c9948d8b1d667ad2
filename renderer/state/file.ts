import type { Document } from '../../shared/document.ts';
import { derivedStore } from './derivedStore.ts';
import { activeSession, changeActive, useTabs, type DocumentSession, type FileState } from './sessions.ts';

export type { FileState };

/** Which file the project on the screen is in, and what of it. */
export const useFile = derivedStore(useTabs, (tabs) => activeSession(tabs).file);

/** Whether a document holds something that is in no file; an empty one does not, unless it was to take a file's place. */
export function isEdited(document: Document, { saved, fileToken }: FileState): boolean {
  if (document === saved) return false;
  return document.nodes.length > 0 || saved === null || fileToken !== null;
}

/** Whether a project holds something that is in no file. */
export function isSessionEdited({ state, file }: DocumentSession): boolean {
  return isEdited(state.document, file);
}

/** The file of a document that takes the place of `before`: what that had in no file can still come back by undo. */
export function replaced(before: Document, after: Document, file: FileState): FileState {
  return { fileToken: null, saved: isEdited(before, file) ? null : after };
}

/** The document now is what a file holds; what took its place may still be in none. */
export function openedFrom(fileToken: string | null, fileName: string | null = null): void {
  changeActive(({ file: { saved }, state }) => ({
    file: {
      fileToken,
      fileName,
      saved: fileToken === null || saved === null ? saved : state.document,
    },
  }));
}

/** The file after undo or redo went over the opening of a document: which file it was in is not in the history. */
export function leftFile(file: FileState): FileState {
  return file.fileToken === null ? file : { fileToken: null, saved: null };
}

export function savedAs(document: Document, fileToken: string | null): void {
  changeActive(() => ({ file: { fileToken, saved: document } }));
}

/** A document came back: it is in no file that is known. */
export function restored(document: Document): FileState {
  return { fileToken: null, saved: document.nodes.length === 0 ? document : null };
}
