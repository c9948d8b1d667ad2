import { create } from 'zustand';

import type { Problem } from '../../shared/problem.ts';
import type { StepLabel } from './steps.ts';

/** Something to tell the user in passing; the screen finds the words. */
export type Saying =
  | { readonly type: 'refused'; readonly problem: Problem }
  | { readonly type: 'done' | 'undone' | 'redone'; readonly step: StepLabel }
  | { readonly type: 'selected'; readonly count: number }
  | { readonly type: 'needs'; readonly count: number }
  | { readonly type: 'needsPlace' | 'noNeighbour' };

interface TalkState {
  readonly saying: Saying | null;
  /** Tells one saying from the next that is the same. */
  readonly count: number;
}

/** What was said last: read out by screen readers, and refusals are shown too. */
export const useTalk = create<TalkState>()(() => ({ saying: null, count: 0 }));

export function say(saying: Saying): void {
  useTalk.setState(({ count }) => ({ saying, count: count + 1 }));
}
