import { readDocument, type Document } from '../../shared/document.ts';
import { fine, type Result } from '../../shared/problem.ts';
import type { SavedSession } from '../../shared/rpc/sessions.ts';
import { isSessionEdited, restored } from '../state/file.ts';
import { freshSession, type DocumentSession } from '../state/sessions.ts';
import { readSessionState, sessionStateText } from './sessionState.ts';

/** What the core keeps of a project. */
export function toSaved(session: DocumentSession): Omit<SavedSession, 'savedAt'> {
  const { id, state, file } = session;
  return {
    sessionId: id,
    name: state.document.name,
    edited: isSessionEdited(session),
    file:
      file.fileToken === null && (file.fileName ?? null) === null
        ? null
        : { name: file.fileName ?? '', token: file.fileToken },
    document: state.document,
    state: sessionStateText(session),
  };
}

/** A project as it was left: with its history where that can be read, without one where a newer Convas wrote it. */
export function fromSaved(saved: SavedSession): Result<DocumentSession> {
  const read = readDocument(saved.document);
  if (!read.ok) return read;
  const document = read.value;
  const file = { fileToken: saved.file?.token ?? null, fileName: saved.file?.name ?? null };
  const kept = isAsWritten(saved.document, document) ? readSessionState(document, saved.state) : null;
  if (kept === null) {
    const inFile = saved.edited ? restored(document).saved : document;
    return fine(freshSession(saved.sessionId, document, { ...file, saved: inFile }));
  }
  const { saved: inFile, ...rest } = kept;
  return fine({ id: saved.sessionId, file: { ...file, saved: inFile }, ...rest });
}

/** Whether reading left every layer, edge and block in its place: the history counts on them. */
function isAsWritten(written: unknown, read: Document): boolean {
  if (typeof written !== 'object' || written === null) return false;
  const lists: Readonly<Record<string, unknown>> = { ...written };
  return (['nodes', 'edges', 'blocks'] as const).every((name) => {
    const list = lists[name];
    return Array.isArray(list) && list.length === read[name].length;
  });
}
