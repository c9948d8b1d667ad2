import type { Document } from '../../shared/document.ts';
import type { RunSummary } from '../../shared/rpc/contract.ts';
import { ownRunIdOfTab, runIdsOf } from '../training/ownRun.ts';

/** The training whose weights an export of the drawn network would have. */
export interface TrainedSource {
  readonly run: RunSummary;
  /** Whether the network was changed since, so that what is exported is not what is drawn. */
  readonly isChanged: boolean;
}

/**
 * The last finished training of just this network; else the last one of this tab, of the network as it was then.
 *
 * @param runs newest first
 */
export function trainedSource(document: Document, runs: readonly RunSummary[]): TrainedSource | null {
  const finished = runs.filter(({ status }) => status === 'done' || status === 'stopped');
  const same = runIdsOf(document);
  const run = finished.find(({ runId }) => same.has(runId));
  if (run !== undefined) return { run, isChanged: false };
  const own = ownRunIdOfTab();
  const earlier = finished.find(({ runId }) => runId === own);
  return earlier === undefined ? null : { run: earlier, isChanged: true };
}
