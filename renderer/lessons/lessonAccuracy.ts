import type { Document } from '../../shared/document.ts';
import { runIdsOf } from '../training/ownRun.ts';
import { useRuns } from '../training/runs.ts';

/** The best accuracy on the test set that a training of just this network has come to; null before there is one. */
export function useLessonAccuracy(document: Document | undefined): number | null {
  const list = useRuns((state) => state.list);
  const record = useRuns((state) => state.record);
  // The record grows in place.
  useRuns((state) => state.version);
  if (document === undefined) return null;
  const own = runIdsOf(document);
  const finished = (list ?? []).filter(({ runId }) => own.has(runId)).map(({ valAccuracy }) => valAccuracy);
  const shown =
    record !== null && own.has(record.runId) ? record.epochs.map(({ valAccuracy }) => valAccuracy) : [];
  const known = [...finished, ...shown].filter((value) => value !== null);
  return known.length === 0 ? null : Math.max(...known);
}
