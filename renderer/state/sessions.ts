import { create } from 'zustand';

import { emptyDocument, type Document } from '../../shared/document.ts';
import type { DocumentHistory, DocumentState } from './steps.ts';

/** Where the view of the canvas stands, and how near. */
export interface ViewPlace {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

export interface FileState {
  /** Names the project's file to the host; null where it has none, or none that can be written to again. */
  readonly fileToken: string | null;
  /** What the file is called, where that is known. */
  readonly fileName?: string | null;
  /** The document as it was opened or saved last; null where something is in no file whatever is done. */
  readonly saved: Document | null;
}

/** All of one open project. */
export interface DocumentSession {
  readonly id: string;
  readonly state: DocumentState;
  readonly history: DocumentHistory;
  readonly file: FileState;
  /** Ids of the selected layers, in no order. */
  readonly selection: ReadonlySet<string>;
  /** The expanded block that the selection means, where it was chosen as a whole. */
  readonly selectedBlock: string | null;
  /** Where the view stands, or was left; null before the canvas was there. */
  readonly view: ViewPlace | null;
}

export interface SessionsState {
  /** Every project of this page, open or closed, by its id. */
  readonly sessions: ReadonlyMap<string, DocumentSession>;
  /** The open ones in the order of their tabs; never empty. */
  readonly order: readonly string[];
  /** The one on the screen. */
  readonly active: string;
  /** Those that were closed last come first; they can be had back. */
  readonly closed: readonly string[];
}

const nothing: ReadonlySet<string> = new Set();

/** A project that was never changed. */
export function freshSession(
  id: string,
  document: Document = emptyDocument(),
  file: FileState = { fileToken: null, saved: document },
): DocumentSession {
  return {
    id,
    state: { document, step: null },
    history: { pastStates: [], futureStates: [] },
    file,
    selection: nothing,
    selectedBlock: null,
    view: null,
  };
}

function onlySession(session: DocumentSession): SessionsState {
  return {
    sessions: new Map([[session.id, session]]),
    order: [session.id],
    active: session.id,
    closed: [],
  };
}

/** The projects of this page. One of them is on the screen: `useDocument`, `useFile` and `useApp` show that one. */
export const useTabs = create<SessionsState>()(() => onlySession(freshSession(crypto.randomUUID())));

/** Leaves one empty project and nothing else, as a page has at its start. */
export function resetSessions(id: string = crypto.randomUUID()): void {
  useTabs.setState(onlySession(freshSession(id)));
}

/** The project on the screen. */
export function activeSession(state: SessionsState = useTabs.getState()): DocumentSession {
  const session = state.sessions.get(state.active);
  if (session === undefined) throw new Error(`There is no open project “${state.active}”.`);
  return session;
}

/** A project, open or closed; undefined where it is gone. */
export function sessionOf(
  id: string,
  state: SessionsState = useTabs.getState(),
): DocumentSession | undefined {
  return state.sessions.get(id);
}

export type SessionChange = Partial<Omit<DocumentSession, 'id'>>;

/** Changes a project, on the screen or not. */
export function changeSession(id: string, change: (session: DocumentSession) => SessionChange): void {
  const { sessions } = useTabs.getState();
  const session = sessions.get(id);
  if (session === undefined) return;
  useTabs.setState({ sessions: new Map(sessions).set(id, { ...session, ...change(session) }) });
}

/** Changes the project on the screen. */
export function changeActive(change: (session: DocumentSession) => SessionChange): void {
  changeSession(useTabs.getState().active, change);
}

/** Whether a project holds nothing, and never did. */
export function isNothing({ state: { document }, history, file }: DocumentSession): boolean {
  const steps = history.pastStates.length + history.futureStates.length;
  return document.nodes.length === 0 && document.name === '' && steps === 0 && file.fileToken === null;
}
