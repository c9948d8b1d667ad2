import { ORPCError } from '@orpc/client';
import { create } from 'zustand';

import type { Document } from '../../shared/document.ts';
import type { Problem } from '../../shared/problem.ts';
import type { RunSummary } from '../../shared/rpc/contract.ts';
import type { TrainEvent } from '../../shared/training/events.ts';
import type { Host } from '../host/host.ts';
import { problemsOf } from '../host/refusals.ts';
import { useTabs } from '../state/tabs.ts';
import { ownRunId, rememberRun } from './ownRun.ts';
import { createRunRecord, foldEvents, type RunRecord } from './runRecord.ts';
import { rememberSeconds } from './usual.ts';

type RunHost = Pick<Host, 'client' | 'connection'>;

interface RunsState {
  /** The run on show. It grows in place; `version` says when it did. */
  readonly record: RunRecord | null;
  readonly version: number;
  /** Whether the run was under way when it was first shown, so that its end is news. */
  readonly isLive: boolean;
  /** Whether Train was pressed and not yet answered. */
  readonly isStarting: boolean;
  /** Whether the user has asked for its end. */
  readonly isStopping: boolean;
  /** Why Train, Stop or showing a run was refused. */
  readonly refusal: readonly Problem[];
  /** Runs of this machine, newest first; null before they are known. */
  readonly list: readonly RunSummary[] | null;
}

/** The run on show and the list of all; written by the functions of this file alone. */
export const useRuns = create<RunsState>(() => ({
  record: null,
  version: 0,
  isLive: false,
  isStarting: false,
  isStopping: false,
  refusal: [],
  list: null,
}));

/** Whether a training is under way. */
export function isActive({ status }: Pick<RunSummary, 'status'>): boolean {
  return status === 'preparing' || status === 'running' || status === 'stopping';
}

/** Whether the run on show is under way, or about to be. */
export function isTraining({ record, isLive, isStarting }: RunsState): boolean {
  return isStarting || (record !== null && isLive && record.end === null);
}

/** Charts are drawn at most so often, in milliseconds. */
const drawInterval = 250;
let lastDrawn = 0;
let drawTimer: ReturnType<typeof setTimeout> | undefined;

function draw(): void {
  clearTimeout(drawTimer);
  drawTimer = undefined;
  lastDrawn = Date.now();
  useRuns.setState(({ version }) => ({ version: version + 1 }));
}

function drawSoon(events: readonly TrainEvent[], isFirst: boolean): void {
  // Epochs of the smallest networks come as fast as batches do.
  const isNews =
    isFirst || events.some(({ type }) => type !== 'batch' && type !== 'epoch' && type !== 'checkpoint');
  const wait = lastDrawn + drawInterval - Date.now();
  if (isNews || wait <= 0) draw();
  else drawTimer ??= setTimeout(draw, wait);
}

let following: AbortController | null = null;

/** Shows a run: its history, and what is still to come. Done when it has ended, or another run is shown. */
export async function followRun(
  host: RunHost,
  run: Pick<RunSummary, 'runId' | 'name' | 'status'>,
): Promise<void> {
  following?.abort();
  const mine = new AbortController();
  following = mine;
  const record = createRunRecord(run.runId, run.name);
  useRuns.setState({ record, isLive: isActive(run), isStopping: run.status === 'stopping', refusal: [] });
  draw();
  const from = Date.now();
  try {
    for await (const events of watchThroughBreaks(host, record, mine.signal)) {
      const wasPreparing = record.lastBatch === null;
      foldEvents(record, events);
      const isFirst = wasPreparing && record.lastBatch !== null;
      if (isFirst && run.status === 'preparing') rememberSeconds('preparing', (Date.now() - from) / 1000);
      drawSoon(events, isFirst);
      // From its first batch on a training has weights to look at.
      if (isFirst) void refreshRuns(host);
    }
  } catch (error) {
    if (!mine.signal.aborted) useRuns.setState({ refusal: problemsOf(error), isLive: false });
    return;
  }
  if (mine.signal.aborted) return;
  useRuns.setState({ isStopping: false });
  await refreshRuns(host);
}

/** A run's events from where the record ends; when the connection breaks, goes on as soon as it is back. */
async function* watchThroughBreaks(
  host: RunHost,
  record: RunRecord,
  signal: AbortSignal,
): AsyncGenerator<readonly TrainEvent[], void> {
  for (;;) {
    try {
      const input = { runId: record.runId, fromSeq: record.nextSeq };
      for await (const events of await host.client.runs.watch(input, { signal })) yield events;
      return;
    } catch (error) {
      // What the core itself answered is an answer; anything else is a broken connection.
      if (signal.aborted || error instanceof ORPCError) throw error;
      await delay(breakPause);
      await untilConnected(host, signal);
    }
  }
}

/** So that a connection which breaks again and again is not asked for ever without a pause. */
const breakPause = 100;

function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function untilConnected({ connection }: RunHost, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const decide = () => {
      if (connection.getState() !== 'open' && !signal.aborted) return;
      stop();
      signal.removeEventListener('abort', decide);
      resolve();
    };
    const stop = connection.subscribe(decide);
    signal.addEventListener('abort', decide);
    decide();
  });
}

/** Trains a document. Where the core refuses, `refusal` says why. */
export async function startRun(host: RunHost, document: Document): Promise<void> {
  if (isTraining(useRuns.getState())) return;
  useRuns.setState({ isStarting: true, refusal: [] });
  // Another tab may be on the screen when the core answers.
  const { active } = useTabs.getState();
  try {
    const { runId } = await host.client.runs.start({ document, engine: 'auto' });
    rememberRun(runId, document, active);
    void followRun(host, { runId, name: document.name, status: 'preparing' });
    // From here on it can be stopped, however long the list takes.
    useRuns.setState({ isStarting: false });
    await refreshRuns(host);
  } catch (error) {
    useRuns.setState({ refusal: problemsOf(error) });
    await refreshRuns(host);
  } finally {
    useRuns.setState({ isStarting: false });
  }
}

/** Ends the training on show after the batch it is at. */
export async function stopRun({ client }: RunHost): Promise<void> {
  const { record } = useRuns.getState();
  if (record === null) return;
  useRuns.setState({ isStopping: true, refusal: [] });
  try {
    await client.runs.stop({ runId: record.runId });
  } catch (error) {
    useRuns.setState({ isStopping: false, refusal: problemsOf(error) });
  }
}

/** Asks for the list of runs. While there is no connection the last one stays. */
export async function refreshRuns({ client }: RunHost): Promise<void> {
  try {
    useRuns.setState({ list: await client.runs.list() });
  } catch {
    // The banner says that the connection is lost; the list is asked for again when it is back.
  }
}

/** Finds the training that is under way, else the one that this page last had: after a reload it is shown again. */
export async function findRun(host: RunHost): Promise<void> {
  await refreshRuns(host);
  const { list, record } = useRuns.getState();
  if (record !== null || list === null) return;
  const own = ownRunId();
  const found = list.find(isActive) ?? list.find(({ runId }) => runId === own);
  if (found !== undefined) await followRun(host, found);
}
