import { derivedStore } from './derivedStore.ts';
import { activeSession, useTabs } from './sessions.ts';
import type { DocumentHistory, DocumentState } from './steps.ts';

/** So many steps can be undone. */
const maxSteps = 200;

/**
 * The drawn network on the screen, and as `temporal` its history. Written by commands.ts alone. Each state carries the
 * label of the step that made it, so that the history's own states say what undoing and redoing would do.
 */
export const useDocument = Object.assign(
  derivedStore(useTabs, (tabs) => activeSession(tabs).state),
  { temporal: derivedStore(useTabs, (tabs) => activeSession(tabs).history) },
);

/** The history after one step more, that led away from `left`; what could be redone is forgotten. */
export function withStep({ pastStates }: DocumentHistory, left: DocumentState): DocumentHistory {
  return { pastStates: [...pastStates, left].slice(-maxSteps), futureStates: [] };
}

/** Where one comes by going back (below 0) or forward by so many steps; no further than the history reaches. */
export function travelled(
  state: DocumentState,
  { pastStates, futureStates }: DocumentHistory,
  by: number,
): { readonly state: DocumentState; readonly history: DocumentHistory } {
  const all = [...pastStates, state, ...[...futureStates].reverse()];
  const at = Math.min(Math.max(pastStates.length + by, 0), all.length - 1);
  return {
    state: all[at] ?? state,
    history: { pastStates: all.slice(0, at), futureStates: all.slice(at + 1).reverse() },
  };
}
