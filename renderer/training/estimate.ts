import { create } from 'zustand';

import type { Document } from '../../shared/document.ts';
import type { EngineInfo } from '../../shared/engine.ts';
import { hasErrors } from '../../shared/problem.ts';
import type { Estimate } from '../../shared/training/estimate.ts';
import type { Host } from '../host/host.ts';
import { NotConnectedError, problemsOf } from '../host/refusals.ts';
import { trainingProblemsOf } from '../state/analysis.ts';
import { useDocument } from '../state/document.ts';
import { useEngine } from './engine.ts';
import { networkKey } from './network.ts';
import { isTraining, useRuns } from './runs.ts';

interface EstimateState {
  readonly isMeasuring: boolean;
  /** Of the network as it is drawn now; null while it is not known. */
  readonly estimate: Estimate | null;
}

/** How long an epoch of the drawn network takes here; written by the functions of this file alone. */
export const useEstimate = create<EstimateState>(() => ({ isMeasuring: false, estimate: null }));

/** So long, in milliseconds, nothing must have changed before it is measured. */
const quietTime = 1000;
/** Whether a value that is typed changes it is looked so much later: that takes longer than a letter may. */
const typingTime = 100;
/** So long it waits where a training, or another window's estimate, went first. */
const patience = 15_000;
const remembered = 100;

/** What was measured, by network, settings and engine: undo shows it again. */
const known = new Map<string, Estimate>();
let look: () => void = () => undefined;
let key: string | null = null;

/** Forgets what is known of the drawn network, and measures it anew. */
export function measureAgain(): void {
  if (key !== null) known.delete(key);
  look();
}

/** Measures the drawn network whenever it has changed and can be trained; gives back how to stop. */
export function followNetwork({ client, connection }: Pick<Host, 'client' | 'connection'>): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let call: AbortController | null = null;
  /** What the core refused to measure. */
  let refused: string | null = null;

  function cancel(): void {
    clearTimeout(timer);
    timer = undefined;
    call?.abort();
    call = null;
  }

  function show(isMeasuring = false): void {
    const estimate = key === null ? null : (known.get(key) ?? null);
    const shown = useEstimate.getState();
    if (shown.isMeasuring !== isMeasuring || shown.estimate !== estimate)
      useEstimate.setState({ isMeasuring, estimate });
  }

  const mayMeasure = () =>
    document.visibilityState === 'visible' &&
    connection.getState() === 'open' &&
    !isTraining(useRuns.getState());

  function decide(): void {
    const next = keyOfDrawn();
    if (next !== key) {
      cancel();
      key = next;
      refused = null;
    }
    const isWanted = key !== null && key !== refused && !known.has(key) && mayMeasure();
    if (!isWanted) cancel();
    else if (call === null) timer ??= setTimeout(() => void measure(), quietTime);
    show(call !== null);
  }

  async function measure(): Promise<void> {
    timer = undefined;
    const mine = new AbortController();
    const measured = key;
    call = mine;
    show(true);
    const answer = await ask(mine.signal);
    if (mine.signal.aborted) return;
    call = null;
    if (measured !== null && answer !== 'later' && answer !== 'never') remember(measured, answer);
    if (answer === 'never') refused = measured;
    if (answer === 'later') timer = setTimeout(() => void measure(), patience);
    decide();
  }

  /** `later` where something goes first, `never` where this network is refused. */
  async function ask(signal: AbortSignal): Promise<Estimate | 'later' | 'never'> {
    try {
      const { document } = useDocument.getState();
      return (await client.runs.estimate({ document, engine: 'auto' }, { signal })) ?? 'later';
    } catch (error) {
      const isTaken = problemsOf(error).some(({ code }) => code === 'training-runs');
      return isTaken || error instanceof NotConnectedError ? 'later' : 'never';
    }
  }

  look = decide;
  let soon: ReturnType<typeof setTimeout> | undefined;
  const decideSoon = () => {
    clearTimeout(timer);
    timer = undefined;
    soon ??= setTimeout(() => {
      soon = undefined;
      decide();
    }, typingTime);
  };
  const stops = [
    useDocument.subscribe(({ step }) => (step?.key === 'changeParams' ? decideSoon : decide)()),
    useEngine.subscribe(decide),
    useRuns.subscribe(decide),
    connection.subscribe(decide),
  ];
  document.addEventListener('visibilitychange', decide);
  decide();
  return () => {
    clearTimeout(soon);
    for (const stop of stops) stop();
    document.removeEventListener('visibilitychange', decide);
    look = () => undefined;
    cancel();
    show();
  };
}

function remember(measured: string, estimate: Estimate): void {
  known.set(measured, estimate);
  const [oldest] = known.keys();
  if (known.size > remembered && oldest !== undefined) known.delete(oldest);
}

let last: { readonly document: Document; readonly engine: EngineInfo; readonly key: string | null } | null =
  null;

/** What the time of an epoch follows from; null where the drawn network cannot be trained or the engine is unknown. */
function keyOfDrawn(): string | null {
  const { document } = useDocument.getState();
  const engine = useEngine.getState().report?.engine;
  if (engine === undefined) return null;
  if (last?.document !== document || last.engine !== engine)
    last = { document, engine, key: keyOf(document, engine) };
  return last.key;
}

function keyOf(document: Document, { name, version, device, threads }: EngineInfo): string | null {
  if (document.nodes.length === 0 || hasErrors(trainingProblemsOf(document))) return null;
  const { batchSize, optimizer, loss } = document.training;
  return JSON.stringify([
    // How long it takes does not follow from the seed.
    networkKey({ ...document, training: { ...document.training, seed: 0 } }),
    batchSize,
    optimizer.kind,
    loss,
    name,
    version,
    device,
    threads,
  ]);
}
