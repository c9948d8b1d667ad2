import { useStore } from 'zustand';

import { useDocument, type StepLabel } from './document.ts';

/** What undoing and redoing would do now; null where there is nothing. */
export function useHistory(): { readonly undo: StepLabel | null; readonly redo: StepLabel | null } {
  const current = useDocument((state) => state.step);
  const canUndo = useStore(useDocument.temporal, ({ pastStates }) => pastStates.length > 0);
  const redo = useStore(useDocument.temporal, ({ futureStates }) => futureStates.at(-1)?.step ?? null);
  return { undo: canUndo ? current : null, redo };
}
