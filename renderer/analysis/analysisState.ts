import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';

import type { Metric } from '../../shared/graph/metrics.ts';
import { useDocument } from '../state/document.ts';
import type { ColumnId } from './rows.ts';

interface AnalysisState {
  /** What blocks are coloured by; null: by nothing. */
  readonly heat: Metric | null;
  readonly hidden: readonly ColumnId[];
  /** Examples computed at once, where that is not to be the training's number. */
  readonly batch: number | null;
  /** Whether shapes have N in front instead of a number. */
  readonly batchLetter: boolean;
}

/** How the analysis is looked at; remembered, never undone. */
export const useAnalysisState = create<AnalysisState>()(
  persist((): AnalysisState => ({ heat: null, hidden: ['memoryShare'], batch: null, batchLetter: false }), {
    name: 'convas-analysis',
    version: 1,
    storage: createJSONStorage(() => localStorage),
  }),
);

export function setHeat(heat: Metric | null): void {
  useAnalysisState.setState({ heat });
}

export function setHidden(column: ColumnId, isHidden: boolean): void {
  useAnalysisState.setState(({ hidden }) => {
    const others = hidden.filter((one) => one !== column);
    return { hidden: isHidden ? [...others, column] : others };
  });
}

export function setBatch(batch: number | null): void {
  useAnalysisState.setState({ batch });
}

export function setBatchLetter(batchLetter: boolean): void {
  useAnalysisState.setState({ batchLetter });
}

/** How many examples are computed at once. */
export function useBatchSize(): number {
  const own = useAnalysisState((state) => state.batch);
  const training = useDocument(({ document }) => document.training.batchSize);
  return own ?? training;
}

/** What stands in front of a shape: the batch's size, or N. */
export function useBatchText(): string {
  const size = useBatchSize();
  return useAnalysisState((state) => state.batchLetter) ? 'N' : String(size);
}
