import { useEffect, useMemo, useState } from 'react';

import type { Document } from '../../shared/document.ts';
import type { RunSummary } from '../../shared/rpc/contract.ts';
import type { ModelSource } from '../../shared/rpc/interpretation.ts';
import { useHost } from '../host/HostProvider.tsx';
import { useDocument } from '../state/document.ts';
import { networkKey } from '../training/network.ts';
import { ownRunIdOfTab, runIdsOf } from '../training/ownRun.ts';
import { isActive, refreshRuns, useRuns } from '../training/runs.ts';
import { useLookAt } from './lookAt.ts';

/** Whose weights are looked at. */
export interface LookedModel {
  /** Stays the same object while it means the same weights; a new one for each look at a training under way. */
  readonly source: ModelSource;
  /** The training whose weights these are; null for initial ones. */
  readonly run: RunSummary | null;
  readonly epoch: number | null;
  /** Whether the weights change while one looks. */
  readonly isLive: boolean;
  /** All trainings of the network on the canvas, newest first. */
  readonly runs: readonly RunSummary[];
}

/** A training under way is looked at so often, in milliseconds: each look takes time from it. */
const liveInterval = 1000;

/** The weights chosen for the network on the canvas: a training's of just this network, else its initial ones. */
export function useModel(): LookedModel {
  const host = useHost();
  const network = useNetwork();
  const list = useRuns((state) => state.list);
  const { weights, epoch: chosen } = useLookAt();
  useEffect(() => {
    if (useRuns.getState().list === null) void refreshRuns(host);
  }, [host]);

  const runs = useMemo(() => {
    const own = runIdsOf(network);
    const mine = ownRunIdOfTab();
    // A training from this very tab goes before those of other tabs with the same network.
    return (list ?? [])
      .filter(({ runId, status }) => own.has(runId) && status !== 'preparing' && status !== 'failed')
      .toSorted((a, b) => Number(b.runId === mine) - Number(a.runId === mine));
  }, [network, list]);
  const run =
    weights === 'initial'
      ? null
      : (runs.find(({ runId }) => typeof weights === 'object' && runId === weights.runId) ?? runs[0] ?? null);
  // An epoch that was chosen of one training is none of the next.
  const epoch = chosen !== null && chosen.runId === run?.runId ? chosen.epoch : null;
  const isLive = run !== null && epoch === null && isActive(run);
  const tick = useTick(isLive);

  const runId = run?.runId ?? null;
  const initial = runId === null ? network : null;
  // A look at a training under way is another one each time; the one after its end is the last.
  const look = useMemo(() => {
    const source: ModelSource = runId === null ? { document: initial, engine: 'auto' } : { runId, epoch };
    return { source, tick, isLive };
  }, [runId, initial, epoch, tick, isLive]);
  return { source: look.source, run, epoch: run === null ? null : epoch, isLive, runs };
}

/** The document on the canvas; the same object as long as only blocks are moved. */
function useNetwork(): Document {
  const document = useDocument((state) => state.document);
  const key = networkKey(document);
  const [kept, setKept] = useState({ key, document });
  if (kept.key === key) return kept.document;
  setKept({ key, document });
  return document;
}

function useTick(isOn: boolean): number {
  const [tick, setTick] = useState(0);
  useEffect(() => {
    if (!isOn) return;
    const timer = setInterval(() => setTick((count) => count + 1), liveInterval);
    return () => clearInterval(timer);
  }, [isOn]);
  return tick;
}
