import { create } from 'zustand';

import { findLayers } from '../../shared/graph/find.ts';
import { analysisOf } from '../state/analysis.ts';
import { useApp } from '../state/app.ts';
import { showInside } from '../state/blockCommands.ts';
import { toggleDialog } from '../state/dialogs.ts';
import { useDocument } from '../state/document.ts';

/** What is looked for; kept when the search is closed, so that “next” goes on. */
export const useFinding = create<{ readonly query: string }>()(() => ({ query: '' }));

/** The layers that are found now. */
export function foundNow(): readonly string[] {
  const { document } = useDocument.getState();
  return findLayers(document, analysisOf(document), useFinding.getState().query);
}

/** Looks for something, and shows the first layer that has it. */
export function findText(query: string): void {
  useFinding.setState({ query });
  const found = foundNow();
  const { selection } = useApp.getState();
  const [only = ''] = selection;
  const first = selection.size === 1 && found.includes(only) ? only : found[0];
  if (first !== undefined) showInside(first);
}

/** Goes to the next (1) or previous (−1) layer that is found, round and round; without a search, opens it. */
export function findStep(by: 1 | -1): void {
  const found = foundNow();
  if (useFinding.getState().query.trim() === '') {
    toggleDialog('find', true);
    return;
  }
  if (found.length === 0) return;
  const at = found.findIndex((id) => useApp.getState().selection.has(id));
  const next = at < 0 ? (by === 1 ? 0 : found.length - 1) : (at + by + found.length) % found.length;
  showInside(found[next] ?? '');
}
