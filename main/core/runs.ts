import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { recordError } from '../../shared/errorLog.ts';
import type { Document } from '../../shared/document.ts';
import type { EngineChoice } from '../../shared/engine.ts';
import { admitTraining } from '../../shared/graph/admission.ts';
import { failed, fine, problem, type Problem, type Result } from '../../shared/problem.ts';
import type { RunStatus, RunSummary } from '../../shared/rpc/contract.ts';
import type { Estimate } from '../../shared/training/estimate.ts';
import { coalesceBatches } from '../../shared/training/coalesce.ts';
import { isLast, type TrainEvent } from '../../shared/training/events.ts';
import { createEstimates } from './estimates.ts';
import { createProcesses, type Processes } from './processes.ts';
import {
  appendHistory,
  createRunFolder,
  isRunUnderWay,
  listRuns,
  newRecord,
  newRunId,
  readHistory,
  runsFolder,
  writeDocument,
  writeReceipt,
  writeRecord,
  type RunRecord,
} from './runFolder.ts';
import { problemOfCall } from './trainerProblem.ts';
import type { ReadyTrainer, TrainerSupervisor } from './trainerSupervisor.ts';

export interface RunRequest {
  /** As it came from outside. */
  readonly document: unknown;
  readonly engine: EngineChoice;
  /** Only so many training examples. */
  readonly limit?: number | null;
  /** Where the run is kept; among the user's runs where it is left out. */
  readonly folder?: string | undefined;
}

/** A training of this session. */
export interface Run {
  readonly runId: string;
  readonly folder: string;
  readonly status: () => RunStatus;
  /** The last event, when it has come. */
  readonly finished: Promise<TrainEvent>;
}

export interface WatchOptions {
  readonly signal?: AbortSignal | undefined;
  readonly forScreen?: boolean;
}

/** Groups of a run's events, as they come or all at once. */
export type EventSource = AsyncIterable<TrainEvent[]> | Iterable<TrainEvent[]>;

export interface Runs {
  start(request: RunRequest): Promise<Result<Run>>;
  /**
   * A run's events from a number on, in groups: what has been, then what comes, to its last. Of what comes a screen is
   * given no more batches than it can draw.
   */
  watch(runId: string, fromSeq: number, options?: WatchOptions): Promise<Result<EventSource>>;
  stop(runId: string): Result<null>;
  /**
   * How long an epoch would take, measured for some two seconds; refused while a training runs. Null where a training,
   * a newer estimate or the signal ended it.
   */
  estimate(
    request: Pick<RunRequest, 'document' | 'engine'>,
    signal?: AbortSignal,
  ): Promise<Result<Estimate | null>>;
  list(): Promise<RunSummary[]>;
  folderOf(runId: string): string;
}

interface LiveRun extends Run {
  readonly name: string;
  readonly startedAt: string;
  readonly events: TrainEvent[];
  state: RunStatus;
  stopWanted: boolean;
  trainer: ReadyTrainer | undefined;
  /** Wakes those who watch. */
  readonly watchers: Set<() => void>;
}

/** Events sent in one message when a screen asks for the past. */
const historyGroup = 2000;
const listedRuns = 200;
/** Milliseconds between two looks at another process's run. */
const followEvery = 500;
/** Batches of a group that a screen is given: there are thirty groups a second, and not so many pixels. */
const drawnAtOnce = 128;

/** The trainings of this machine: one at a time runs, all are kept in folders. */
export function createRuns(
  dataFolder: string,
  supervisor: TrainerSupervisor,
  processes: Processes = createProcesses(dataFolder),
): Runs {
  const live = new Map<string, LiveRun>();
  const estimates = createEstimates(supervisor);
  const isBusy = () => [...live.values()].some(({ state }) => isRunning(state));
  const folderOf = (runId: string) => live.get(runId)?.folder ?? join(runsFolder(dataFolder), runId);

  return {
    folderOf,
    async start({ document: data, engine, limit = null, folder }) {
      let admitted = admitTraining(data, process.availableMemory());
      // An estimate may hold the memory that is missing.
      if (!admitted.ok && (await estimates.end())) admitted = admitTraining(data, process.availableMemory());
      if (!admitted.ok) return admitted;
      if (isBusy()) return failed(problem('training-runs'));
      const { document } = admitted.value;
      const runId = newRunId(document.name);
      // Reserved before anything is awaited, so that two at once cannot both start.
      let finish: (last: TrainEvent) => void = () => undefined;
      const run: LiveRun = {
        runId,
        folder: folder ?? join(runsFolder(dataFolder), runId),
        name: document.name,
        startedAt: new Date().toISOString(),
        events: [],
        state: 'preparing',
        stopWanted: false,
        trainer: undefined,
        watchers: new Set(),
        status: () => run.state,
        finished: new Promise((resolve) => {
          finish = resolve;
        }),
      };
      live.set(runId, run);
      const made = await createRunFolder(run.folder);
      if (!made.ok) {
        live.delete(runId);
        return made;
      }
      void carryOut({ supervisor, processes }, run, document, engine, limit).then(finish);
      return fine(run);
    },

    async watch(runId, fromSeq, options = {}) {
      const run = live.get(runId);
      if (run !== undefined) return fine(watchLive(run, fromSeq, options));
      if (await isRunUnderWay(folderOf(runId), processes.isAlive))
        return fine(followHistory(folderOf(runId), fromSeq, processes.isAlive, options.signal));
      const events = await readHistory(folderOf(runId));
      if (events.length === 0) return failed(problem('no-such-run', { run: runId }));
      return fine(inGroups(events.filter(({ seq }) => seq >= fromSeq)));
    },

    stop(runId) {
      const run = live.get(runId);
      if (run === undefined) return failed(problem('no-such-run', { run: runId }));
      if (!isRunning(run.state)) return fine(null);
      run.stopWanted = true;
      run.state = 'stopping';
      // A trainer that dies meanwhile is told of by the run itself.
      run.trainer?.client.stop().catch(() => undefined);
      return fine(null);
    },

    async estimate({ document: data, engine }, signal) {
      if (isBusy()) return failed(problem('training-runs'));
      const admitted = admitTraining(data, process.availableMemory());
      if (!admitted.ok) return admitted;
      return estimates.measure(admitted.value.document, engine, { signal, mayNot: isBusy });
    },

    async list() {
      const running = [...live.values()].map(({ runId, name, state, startedAt, events }) => {
        const last = events.at(-1);
        const valAccuracy = last !== undefined && 'valAccuracy' in last ? last.valAccuracy : null;
        return { runId, name, status: state, startedAt, valAccuracy };
      });
      const saved = (await listRuns(dataFolder, listedRuns, processes.isAlive)).filter(
        ({ runId }) => !live.has(runId),
      );
      return [...running, ...saved].sort((a, b) => b.startedAt.localeCompare(a.startedAt));
    },
  };
}

function isRunning(state: RunStatus): boolean {
  return state === 'preparing' || state === 'running' || state === 'stopping';
}

/** Trains, and gives the last event; whatever happens there is one. */
async function carryOut(
  { supervisor, processes }: { readonly supervisor: TrainerSupervisor; readonly processes: Processes },
  run: LiveRun,
  document: Document,
  engine: EngineChoice,
  limit: number | null,
): Promise<TrainEvent> {
  let record: RunRecord | undefined;
  try {
    await writeDocument(run.folder, document);
    await tellOfEngine(run);
    const trainer = await supervisor.ready(engine);
    run.trainer = trainer;
    const owner = await processes.own();
    record = { ...newRecord(run.runId, document, limit, trainer.report.engine), owner };
    await writeRecord(run.folder, record);
    const firstSeq = nextSeq(run.events);
    const job = { runId: run.runId, folder: run.folder, document, limit, firstSeq };
    for await (const group of await trainer.client.train(job)) {
      receive(run, group);
      // A stop that was asked for before the trainer listened.
      if (run.stopWanted && group[0]?.seq === firstSeq) await trainer.client.stop();
    }
  } catch (error) {
    await fail(run, await problemOfCall(error, run.trainer));
  }
  const last = run.events.at(-1);
  if (last === undefined || !isLast(last))
    await fail(run, problem('trainer-crashed', { reason: 'no last word' }));
  const end = run.events.at(-1);
  if (end === undefined) throw new Error('A run that failed has an event that says so.');
  await writeEnd(run, record, end).catch((error: unknown) => {
    recordError(error);
  });
  run.state = end.type === 'done' || end.type === 'stopped' ? end.type : 'failed';
  return end;
}

/** What comes before the trainer can say anything. */
async function tellOfEngine(run: LiveRun): Promise<void> {
  const event = { type: 'preparing', runId: run.runId, seq: nextSeq(run.events), stage: 'engine' } as const;
  receive(run, [event]);
  await appendHistory(run.folder, [event]);
}

function receive(run: LiveRun, group: readonly TrainEvent[]): void {
  for (const event of group) {
    run.events.push(event);
    if (event.type === 'started' && run.state === 'preparing') run.state = 'running';
    if (isLast(event)) run.state = event.type === 'done' || event.type === 'stopped' ? event.type : 'failed';
  }
  for (const wake of run.watchers) wake();
}

/**
 * Ends a run that could not say its own last word, in its history as well. The trainer may have written events that it
 * did not come to tell, or told some that did not come to the disk: each is made good, so that numbers go on.
 */
async function fail(run: LiveRun, reason: Problem): Promise<void> {
  if (run.events.some(isLast)) return;
  const saved = await readHistory(run.folder);
  const unsaved = run.events.slice(nextSeq(saved));
  receive(
    run,
    saved.filter(({ seq }) => seq >= run.events.length),
  );
  const ended = run.events.some(isLast);
  const last: TrainEvent = {
    type: 'failed',
    runId: run.runId,
    seq: nextSeq(run.events),
    problem: reason,
  };
  await appendHistory(run.folder, ended ? unsaved : [...unsaved, last]).catch(() => undefined);
  if (!ended) receive(run, [last]);
}

function nextSeq(events: readonly TrainEvent[]): number {
  return (events.at(-1)?.seq ?? -1) + 1;
}

async function writeEnd(run: LiveRun, record: RunRecord | undefined, end: TrainEvent): Promise<void> {
  if ('receipt' in end) await writeReceipt(run.folder, end.receipt);
  if (record === undefined) return;
  const lastEpoch = run.events.findLast((event) => event.type === 'epoch');
  const started = run.events.find((event) => event.type === 'started');
  await writeRecord(run.folder, {
    ...record,
    // Before it started it was not known whether it can train as one graph.
    engine: started?.engine ?? record.engine,
    status: end.type === 'done' || end.type === 'stopped' ? end.type : 'failed',
    finishedAt: new Date().toISOString(),
    valAccuracy: ('valAccuracy' in end ? end.valAccuracy : lastEpoch?.valAccuracy) ?? null,
  });
}

async function* watchLive(
  run: LiveRun,
  fromSeq: number,
  { signal, forScreen = false }: WatchOptions,
): AsyncGenerator<TrainEvent[], void> {
  let isLive = false;
  let wake: () => void = () => undefined;
  const wakeUp = () => {
    wake();
  };
  run.watchers.add(wakeUp);
  signal?.addEventListener('abort', wakeUp);
  try {
    // Numbers count from 0 without a gap, so that a number is a place in the list.
    for (let next = fromSeq; signal?.aborted !== true;) {
      if (next < run.events.length) {
        const group = run.events.slice(next, next + historyGroup);
        next += group.length;
        yield forScreen && isLive ? coalesceBatches(group, drawnAtOnce) : group;
        const last = group.at(-1);
        if (last !== undefined && isLast(last)) return;
      } else {
        const last = run.events.at(-1);
        if (last !== undefined && isLast(last)) return;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        isLive = true;
      }
    }
  } finally {
    run.watchers.delete(wakeUp);
    signal?.removeEventListener('abort', wakeUp);
  }
}

/** The events of a run that another process carries out, as they come to the disk, for as long as that one lives. */
async function* followHistory(
  folder: string,
  fromSeq: number,
  isAlive: Processes['isAlive'],
  signal: AbortSignal | undefined,
): AsyncGenerator<TrainEvent[], void> {
  for (let next = fromSeq; signal?.aborted !== true;) {
    // Asked before reading: what is written just before the end is read.
    const goesOn = await isRunUnderWay(folder, isAlive);
    const news = (await readHistory(folder)).filter(({ seq }) => seq >= next);
    for (const group of inGroups(news)) yield group;
    next = (news.at(-1)?.seq ?? next - 1) + 1;
    if (!goesOn || news.some(isLast)) return;
    await delay(followEvery);
  }
}

function inGroups(events: readonly TrainEvent[]): readonly TrainEvent[][] {
  const count = Math.ceil(events.length / historyGroup);
  return Array.from({ length: count }, (_, at) => events.slice(at * historyGroup, (at + 1) * historyGroup));
}
