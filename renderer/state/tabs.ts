import type { Document } from '../../shared/document.ts';
import { reveal } from './app.ts';
import { endGesture, openDocument } from './commands.ts';
import { isSessionEdited } from './file.ts';
import {
  activeSession,
  changeSession,
  freshSession,
  isNothing,
  sessionOf,
  useTabs,
  type DocumentSession,
  type FileState,
} from './sessions.ts';

export { useTabs };

/** So many closed tabs can be had back in the order in which they were closed. */
const maxClosed = 20;

/** The document of a tab, open or closed; undefined where it is gone. */
export function documentOf(id: string): Document | undefined {
  return sessionOf(id)?.state.document;
}

/** Whether a tab's document holds something that is in no file. */
export function isTabEdited(id: string): boolean {
  const session = sessionOf(id);
  return session !== undefined && isSessionEdited(session);
}

/** Brings a tab's document onto the screen. */
export function switchTab(id: string): void {
  const { order, active } = useTabs.getState();
  if (id === active || !order.includes(id)) return;
  endGesture();
  useTabs.setState({ active: id });
  reveal(activeSession().view ?? 'start');
}

/** Goes so many tabs to the right, round and round. */
export function nextTab(by: number): void {
  const { order, active } = useTabs.getState();
  const next = order[(order.indexOf(active) + by + order.length) % order.length];
  if (next !== undefined) switchTab(next);
}

/** Opens a tab beside the one on the screen, and shows it. */
export function newTab(): void {
  const { active } = useTabs.getState();
  addTabs([freshSession(crypto.randomUUID())], active);
}

/** Adds projects as tabs behind another, or at the end, and shows the first of them. */
export function addTabs(added: readonly DocumentSession[], behind?: string): void {
  const [first] = added;
  if (first === undefined) return;
  useTabs.setState(({ sessions, order, closed }) => {
    const at = behind === undefined ? order.length : order.indexOf(behind) + 1;
    const ids = added.map(({ id }) => id);
    const others = order.filter((id) => !ids.includes(id));
    return {
      sessions: new Map([...sessions, ...added.map((session) => [session.id, session] as const)]),
      order: [...others.slice(0, at), ...ids, ...others.slice(at)],
      closed: closed.filter((id) => !ids.includes(id)),
    };
  });
  switchTab(first.id);
}

/** Opens a document: in the tab on the screen where that is empty, else in one of its own. */
export function openInTab(document: Document): void {
  if (activeSession().state.document.nodes.length > 0) newTab();
  openDocument(document);
}

/** Closes a tab; nothing is lost, it can be had back. The last one leaves an empty one. */
export function closeTab(id: string): void {
  const before = useTabs.getState();
  const at = before.order.indexOf(id);
  if (at < 0) return;
  if (before.order.length === 1) newTab();
  else if (id === before.active) switchTab(before.order[at + 1] ?? before.order[at - 1] ?? '');
  useTabs.setState(({ sessions, order, closed }) => {
    const left = sessions.get(id);
    const isKept = left !== undefined && !isNothing(left);
    const kept = isKept ? [id, ...closed].slice(0, maxClosed) : closed;
    const remaining = order.filter((one) => one !== id);
    return {
      order: remaining,
      closed: kept,
      // Those that are no longer in either list are left to the list of recovered projects.
      sessions: new Map([...sessions].filter(([one]) => remaining.includes(one) || kept.includes(one))),
    };
  });
}

/** Opens a closed tab again; without `id` the one that was closed last. */
export function reopenTab(id: string | undefined = useTabs.getState().closed[0]): void {
  const { order, closed } = useTabs.getState();
  if (id === undefined || !closed.includes(id)) return;
  useTabs.setState({ order: [...order, id], closed: closed.filter((one) => one !== id) });
  switchTab(id);
}

/** Moves a tab to a place among the others. */
export function moveTab(id: string, place: number): void {
  const { order } = useTabs.getState();
  if (!order.includes(id)) return;
  const others = order.filter((one) => one !== id);
  const at = Math.min(Math.max(place, 0), others.length);
  useTabs.setState({ order: [...others.slice(0, at), id, ...others.slice(at)] });
}

/** A tab's document was saved; where another was opened in its place meanwhile, the file is not that one's. */
export function tabSaved(id: string, before: FileState, saved: FileState): void {
  changeSession(id, ({ file }) => ({ file: file === before ? saved : file }));
}

/** Brings the tab with a file onto the screen; whether there is one. */
export function showFile(fileToken: string): boolean {
  const { order } = useTabs.getState();
  const id = order.find((one) => sessionOf(one)?.file.fileToken === fileToken);
  if (id !== undefined) switchTab(id);
  return id !== undefined;
}
