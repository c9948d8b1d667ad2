import { useStore } from 'zustand';

import { useDocument } from './document.ts';
import type { StepLabel } from './steps.ts';

/** What undoing and redoing would do now; null where there is nothing. */
export function useHistory(): { readonly undo: StepLabel | null; readonly redo: StepLabel | null } {
  const current = useDocument((state) => state.step);
  const canUndo = useStore(useDocument.temporal, ({ pastStates }) => pastStates.length > 0);
  const redo = useStore(useDocument.temporal, ({ futureStates }) => futureStates.at(-1)?.step ?? null);
  return { undo: canUndo ? current : null, redo };
}

/** A step of the history, as a list shows it. */
export interface HistoryEntry {
  /** Null for the document as it was before all steps that are remembered. */
  readonly step: StepLabel | null;
  /** How many steps away it is: below 0 in the past. */
  readonly by: number;
}

/** All that can be gone back or forward to, oldest first; the present one is 0 steps away. */
export function useHistoryEntries(): readonly HistoryEntry[] {
  const past = useStore(useDocument.temporal, ({ pastStates }) => pastStates);
  const future = useStore(useDocument.temporal, ({ futureStates }) => futureStates);
  const current = useDocument((state) => state.step);
  return [
    ...past.map(({ step }, index) => ({ step: index === 0 ? null : step, by: index - past.length })),
    { step: past.length === 0 ? null : current, by: 0 },
    ...future.map(({ step }, index) => ({ step, by: future.length - index })).reverse(),
  ];
}

/** The layers whose places were last given by hand, as far as the history reaches back. */
export function movedByHand(): ReadonlySet<string> {
  const states = [...useDocument.temporal.getState().pastStates, useDocument.getState()];
  const moved = new Set<string>();
  for (const [index, { document, step }] of states.entries()) {
    const before = states[index - 1]?.document;
    if (step?.key === 'open') moved.clear();
    if (before === undefined || step?.key === 'open') continue;
    const places = new Map(before.nodes.map(({ id, position }) => [id, position]));
    for (const { id, position } of document.nodes) {
      const old = places.get(id);
      if (old === undefined || old === position || (old.x === position.x && old.y === position.y)) continue;
      if (step?.key === 'arrange') moved.delete(id);
      else if (step?.key === 'move') moved.add(id);
    }
  }
  return moved;
}
