import { create } from 'zustand';

import type { Document } from '../../shared/document.ts';
import { useDocument } from './document.ts';

export interface FileState {
  /** Names the project's file to the host; null where it has none, or none that can be written to again. */
  readonly fileToken: string | null;
  /** The document as it was opened or saved last; null where something is in no file whatever is done. */
  readonly saved: Document | null;
}

/** Which file the project is in, and what of it. */
export const useFile = create<FileState>()(() => ({
  fileToken: null,
  saved: useDocument.getState().document,
}));

/** Whether a document holds something that is in no file; an empty one does not, unless it was to take a file's place. */
export function isEdited(document: Document, { saved, fileToken }: FileState): boolean {
  if (document === saved) return false;
  return document.nodes.length > 0 || saved === null || fileToken !== null;
}

/** Whether the document on the screen holds something that is in no file. */
export function useEdited(): boolean {
  // Both have a part in it, and a change of either may change it.
  const byDocument = useDocument(({ document }) => isEdited(document, useFile.getState()));
  const byFile = useFile((state) => isEdited(useDocument.getState().document, state));
  return byDocument || byFile;
}

/** Another document takes the place of `before`: what that had in no file can still come back by undo. */
export function replaced(before: Document, after: Document): void {
  useFile.setState((state) => ({ fileToken: null, saved: isEdited(before, state) ? null : after }));
}

/** The document now is what a file holds; what took its place may still be in none. */
export function openedFrom(fileToken: string | null): void {
  useFile.setState(({ saved }) => ({
    fileToken,
    saved: fileToken === null || saved === null ? saved : useDocument.getState().document,
  }));
}

/** Undo or redo went over the opening of a document: which file it was in is not in the history. */
export function leftFile(): void {
  if (useFile.getState().fileToken !== null) useFile.setState({ fileToken: null, saved: null });
}

export function savedAs(document: Document, fileToken: string | null): void {
  useFile.setState({ fileToken, saved: document });
}

/** A draft came back: it is in no file that is known. */
export function restored(draft: Document): FileState {
  return { fileToken: null, saved: draft.nodes.length === 0 ? draft : null };
}
