import { create } from 'zustand';

import { emptyDocument, type Document } from '../../shared/document.ts';
import { reveal, select, useApp, type ViewPlace } from './app.ts';
import { endGesture, openDocument } from './commands.ts';
import { useDocument, type DocumentState } from './document.ts';
import { isEdited, restored, useFile, type FileState } from './file.ts';

/** All of a document that is not on the screen: it comes back just as it was left. */
interface Parked {
  readonly state: DocumentState;
  readonly past: readonly Partial<DocumentState>[];
  readonly future: readonly Partial<DocumentState>[];
  readonly file: FileState;
  readonly selection: ReadonlySet<string>;
  readonly selectedBlock: string | null;
  readonly view: ViewPlace | null;
}

export interface Tab {
  readonly id: string;
  /** Null for the tab on the screen, whose document the stores hold. */
  readonly parked: Parked | null;
}

interface TabsState {
  readonly tabs: readonly Tab[];
  readonly active: string;
  /** Those that were closed last come first; their drafts are kept. */
  readonly closed: readonly Tab[];
}

/** The tab of a page that has no other. */
export const firstTab = 'first';
/** So many closed tabs can be had back in the order in which they were closed. */
const mostClosed = 20;

/** The documents that are open in this page. One of them is on the screen, the others are parked. */
export const useTabs = create<TabsState>()(() => ({
  tabs: [{ id: firstTab, parked: null }],
  active: firstTab,
  closed: [],
}));

function fresh(document: Document): Parked {
  return {
    state: { document, step: null },
    past: [],
    future: [],
    file: { fileToken: null, saved: document },
    selection: new Set(),
    selectedBlock: null,
    view: null,
  };
}

function park(): Parked {
  const { pastStates, futureStates } = useDocument.temporal.getState();
  const { selection, selectedBlock, view } = useApp.getState();
  return {
    state: useDocument.getState(),
    past: pastStates,
    future: futureStates,
    file: useFile.getState(),
    selection,
    selectedBlock,
    view,
  };
}

/** Puts a parked document on the screen, with its history; none of that is a step. */
function unpark({ state, past, future, file, selection, selectedBlock, view }: Parked): void {
  endGesture();
  const history = useDocument.temporal.getState();
  history.pause();
  useDocument.setState(state);
  history.resume();
  useDocument.temporal.setState({ pastStates: [...past], futureStates: [...future] });
  useFile.setState(file);
  select(selection);
  useApp.setState({ selectedBlock });
  reveal(view ?? 'start');
}

/** The document of a tab, on the screen or not, or closed. */
export function documentOf(id: string): Document {
  const { active, tabs, closed } = useTabs.getState();
  const parked = id === active ? null : [...tabs, ...closed].find((tab) => tab.id === id)?.parked;
  return parked?.state.document ?? useDocument.getState().document;
}

/** Whether a tab's document holds something that is in no file. */
export function isTabEdited({ parked }: Tab): boolean {
  return parked === null
    ? isEdited(useDocument.getState().document, useFile.getState())
    : isEdited(parked.state.document, parked.file);
}

/** Brings a tab's document onto the screen. */
export function switchTab(id: string): void {
  const { tabs, active } = useTabs.getState();
  const next = tabs.find((tab) => tab.id === id)?.parked;
  if (id === active || next == null) return;
  const left = park();
  useTabs.setState({
    active: id,
    tabs: tabs.map((tab) =>
      tab.id === active ? { id: active, parked: left } : tab.id === id ? { id, parked: null } : tab,
    ),
  });
  unpark(next);
}

/** Goes so many tabs to the right, round and round. */
export function nextTab(by: number): void {
  const { tabs, active } = useTabs.getState();
  const at = tabs.findIndex(({ id }) => id === active);
  const next = tabs[(at + by + tabs.length) % tabs.length];
  if (next !== undefined) switchTab(next.id);
}

/** Opens a tab beside the one on the screen, and shows it. */
export function newTab(): void {
  const { tabs, active } = useTabs.getState();
  const id = crypto.randomUUID();
  const at = tabs.findIndex((tab) => tab.id === active) + 1;
  useTabs.setState({
    tabs: [...tabs.slice(0, at), { id, parked: fresh(emptyDocument()) }, ...tabs.slice(at)],
  });
  switchTab(id);
}

/** Opens a document: in the tab on the screen where that is empty, else in one of its own. */
export function openInTab(document: Document): void {
  if (useDocument.getState().document.nodes.length > 0) newTab();
  openDocument(document);
}

/** Closes a tab; nothing is lost, it can be had back. The last one leaves an empty one. */
export function closeTab(id: string): void {
  const { tabs, active } = useTabs.getState();
  const at = tabs.findIndex((tab) => tab.id === id);
  if (at < 0) return;
  if (tabs.length === 1) newTab();
  else if (id === active) switchTab((tabs[at + 1] ?? tabs[at - 1])?.id ?? '');
  const now = useTabs.getState();
  const left = now.tabs.find((tab) => tab.id === id);
  if (left?.parked == null) return;
  // An empty one that never was anything else is not worth keeping.
  const isNothing = left.parked.state.document.nodes.length === 0 && left.parked.past.length === 0;
  useTabs.setState({
    tabs: now.tabs.filter((tab) => tab !== left),
    closed: isNothing ? now.closed : [left, ...now.closed].slice(0, mostClosed),
  });
}

/** Opens the tab again that was closed last. */
export function reopenTab(): void {
  const { tabs, closed } = useTabs.getState();
  const [last, ...others] = closed;
  if (last === undefined) return;
  useTabs.setState({ tabs: [...tabs, last], closed: others });
  switchTab(last.id);
}

/** Moves a tab to a place among the others. */
export function moveTab(id: string, place: number): void {
  const { tabs } = useTabs.getState();
  const moved = tabs.find((tab) => tab.id === id);
  if (moved === undefined) return;
  const others = tabs.filter((tab) => tab !== moved);
  const at = Math.min(Math.max(place, 0), others.length);
  useTabs.setState({ tabs: [...others.slice(0, at), moved, ...others.slice(at)] });
}

/** Takes over a tab's draft that was there before this page. */
export function restoreTab(id: string, document: Document, restoreHere: (document: Document) => void): void {
  const { active, tabs, closed } = useTabs.getState();
  if (id === active) {
    restoreHere(document);
    return;
  }
  const parked = { ...fresh(document), file: restored(document) };
  const replaced = (tab: Tab) => (tab.id === id ? { id, parked } : tab);
  useTabs.setState({ tabs: tabs.map(replaced), closed: closed.map(replaced) });
}

/** A tab's document was saved while another may have come onto the screen. */
export function tabSaved(id: string, before: FileState, saved: FileState): void {
  const { active, tabs } = useTabs.getState();
  if (id === active) {
    if (useFile.getState() === before) useFile.setState(saved);
    return;
  }
  useTabs.setState({
    tabs: tabs.map((tab) =>
      tab.id === id && tab.parked?.file === before ? { id, parked: { ...tab.parked, file: saved } } : tab,
    ),
  });
}

/** Brings the tab with a file onto the screen; whether there is one. */
export function showFile(fileToken: string): boolean {
  if (useFile.getState().fileToken === fileToken) return true;
  const tab = useTabs.getState().tabs.find(({ parked }) => parked?.file.fileToken === fileToken);
  if (tab !== undefined) switchTab(tab.id);
  return tab !== undefined;
}

/** Sets up the tabs that the page had before it was loaded anew; their drafts come one after the other. */
export function restoreTabs(ids: readonly string[], active: string, closed: readonly string[]): void {
  const tab = (id: string): Tab => ({ id, parked: id === active ? null : fresh(emptyDocument()) });
  if (!ids.includes(active)) return;
  useTabs.setState({ tabs: ids.map(tab), active, closed: closed.map(tab) });
}
